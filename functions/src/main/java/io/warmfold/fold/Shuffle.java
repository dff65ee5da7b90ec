package io.warmfold.fold;

import java.nio.charset.StandardCharsets;

/**
 * The randomness of a split: every block of rows has its own permutation, a pure function of the
 * seed and of the block's coordinates, so that it does not matter who deals it, or when.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014, with the constants of Stafford's thirteenth variant), kept here because
 * shards must stay the same when the JDK's generators change. A coordinate is taken in by {@code h
 * = mix(h ^ (coordinate + golden))}. Safe for use by several threads.
 */
final class Shuffle {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long seed;

  Shuffle(long seed) {
    this.seed = mix(seed + GOLDEN);
  }

  /** Fills {@code order} with a permutation of its own indices (Fisher and Yates, inside out). */
  void permute(long part, long stratum, long block, int[] order, int count) {
    long state = start(part, stratum, block);
    for (int i = 0; i < count; i++) {
      state += GOLDEN;
      int j = below(mix(state), i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  /** A number from 0 to {@code bound - 1}. */
  int choose(long part, long stratum, long block, int bound) {
    return below(mix(start(part, stratum, block) + GOLDEN), bound);
  }

  /** The coordinate of a class: the 64-bit FNV-1a hash of its name, whatever its place. */
  static long stratum(String name) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
    }
    return hash;
  }

  private long start(long part, long stratum, long block) {
    long h = mix(seed ^ (part + GOLDEN));
    h = mix(h ^ (stratum + GOLDEN));
    return mix(h ^ (block + GOLDEN));
  }

  /** The high half of the product: biased by less than bound / 2^64, which no data can show. */
  private static int below(long random, int bound) {
    return (int) Math.unsignedMultiplyHigh(random, bound);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
