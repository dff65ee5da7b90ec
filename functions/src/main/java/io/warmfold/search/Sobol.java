package io.warmfold.search;

/**
 * Sobol's sequence with the direction numbers of Joe and Kuo (Constructing Sobol sequences with
 * better two-dimensional projections, 2008; their table "new-joe-kuo-6"), scrambled by a nested
 * uniform permutation after Owen, in the hashed form of Burley (Practical Hash-based Owen
 * Scrambling, 2020).
 *
 * <p>Immutable; point i depends on seed and i alone.
 */
public final class Sobol {

  /** The dimensions that there are direction numbers for. */
  public static final int MAX_DIMENSION = 31;

  private static final int BITS = 32;

  /** For every dimension after the first: the polynomial's coefficients, then the numbers m. */
  private static final int[][] JOE_KUO = {
    {0, 1},
    {1, 1, 3},
    {1, 1, 3, 1},
    {2, 1, 1, 1},
    {1, 1, 1, 3, 3},
    {4, 1, 3, 5, 13},
    {2, 1, 1, 5, 5, 17},
    {4, 1, 1, 5, 5, 5},
    {7, 1, 1, 7, 11, 19},
    {11, 1, 1, 5, 1, 1},
    {13, 1, 1, 1, 3, 11},
    {14, 1, 3, 5, 5, 31},
    {1, 1, 3, 3, 9, 7, 49},
    {13, 1, 1, 1, 15, 21, 21},
    {16, 1, 3, 1, 13, 27, 49},
    {19, 1, 1, 1, 15, 7, 5},
    {22, 1, 3, 1, 15, 13, 25},
    {25, 1, 1, 5, 5, 19, 61},
    {1, 1, 3, 7, 11, 23, 15, 103},
    {4, 1, 3, 7, 13, 13, 15, 69},
    {7, 1, 1, 3, 13, 7, 35, 63},
    {8, 1, 3, 5, 9, 1, 25, 53},
    {14, 1, 3, 1, 13, 9, 35, 107},
    {19, 1, 3, 1, 5, 27, 61, 31},
    {21, 1, 1, 5, 11, 19, 41, 61},
    {28, 1, 3, 5, 3, 3, 13, 69},
    {31, 1, 1, 7, 13, 1, 19, 1},
    {32, 1, 3, 7, 5, 13, 19, 59},
    {37, 1, 1, 3, 9, 25, 29, 41},
    {41, 1, 3, 5, 13, 23, 1, 55},
  };

  private final int[][] directions;
  private final int[] seeds;

  /**
   * A sequence.
   *
   * @param dimension 1 to {@link #MAX_DIMENSION}
   */
  public Sobol(int dimension, long seed) {
    directions = new int[dimension][];
    seeds = new int[dimension];
    for (int d = 0; d < dimension; d++) {
      directions[d] = directions(d);
      seeds[d] = (int) (mix(seed + (d + 1) * 0x9E3779B97F4A7C15L) >>> 32);
    }
  }

  private static int[] directions(int dimension) {
    int[] v = new int[BITS];
    if (dimension == 0) {
      for (int i = 0; i < BITS; i++) {
        v[i] = 1 << (BITS - 1 - i);
      }
      return v;
    }
    int[] row = JOE_KUO[dimension - 1];
    int degree = row.length - 1;
    for (int i = 0; i < BITS; i++) {
      if (i < degree) {
        v[i] = row[i + 1] << (BITS - 1 - i);
        continue;
      }
      v[i] = v[i - degree] ^ (v[i - degree] >>> degree);
      for (int k = 1; k < degree; k++) {
        if ((row[0] >> (degree - 1 - k) & 1) != 0) {
          v[i] ^= v[i - k];
        }
      }
    }
    return v;
  }

  /** The sequence's point of a number, from 0; every coordinate within (0, 1). */
  public double[] point(int index) {
    double[] point = new double[directions.length];
    for (int d = 0; d < point.length; d++) {
      point[d] = ((scramble(bits(index, d), seeds[d]) & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
    }
    return point;
  }

  /** The digits of a coordinate before they are scrambled. */
  int bits(int index, int dimension) {
    int x = 0;
    int[] v = directions[dimension];
    for (int i = 0, rest = index; rest != 0; i++, rest >>>= 1) {
      if ((rest & 1) != 0) {
        x ^= v[i];
      }
    }
    return x;
  }

  /** Permutes every subtree of the binary digits by a hash of the digits above it. */
  private static int scramble(int bits, int seed) {
    int x = Integer.reverse(bits);
    x += seed;
    x ^= x * 0x6c50b47c;
    x ^= x * 0xb82f1e52;
    x ^= x * 0xc7afe638;
    x ^= x * 0x8d22f6e6;
    return Integer.reverse(x);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
