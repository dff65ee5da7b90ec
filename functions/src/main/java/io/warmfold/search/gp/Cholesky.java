package io.warmfold.search.gp;

/**
 * The factorisation A = Uᵀ·U of a symmetric positive definite matrix.
 *
 * <p>U is kept by rows and every loop runs along a row, which the JIT turns into vector
 * instructions (Golub and Van Loan, Matrix Computations, §4.2, outer product form). Four rows are
 * taken off at a time, so that the row that they are taken off is read and written a quarter as
 * often. Not thread-safe while factoring; read-only afterwards.
 */
final class Cholesky {

  private final double[][] u;

  private Cholesky(double[][] u) {
    this.u = u;
  }

  /**
   * Factors a matrix in place.
   *
   * @param upper row i holds A[i][i..n-1] at the indices i..n-1; it is overwritten
   * @return null when the matrix is not positive definite to working precision
   */
  static Cholesky factor(double[][] upper) {
    return factor(upper, 0);
  }

  /**
   * Factors in place a matrix that begins with this one, to the same digits as if it were factored
   * from the beginning.
   *
   * @param upper as {@link #factor(double[][])} takes it; what it holds where this matrix stands
   *     does not matter
   * @return null when the matrix is not positive definite to working precision
   */
  Cholesky extended(double[][] upper) {
    for (int i = 0; i < size(); i++) {
      System.arraycopy(u[i], i, upper[i], i, size() - i);
    }
    return factor(upper, size());
  }

  /** The first so many rows and columns are factored already. */
  private static Cholesky factor(double[][] upper, int known) {
    int n = upper.length;
    for (int first = 0; first < n; first += 4) {
      int last = Math.min(first + 4, n);
      for (int k = first; k < last; k++) {
        double[] row = upper[k];
        if (k >= known) {
          double pivot = row[k];
          if (!(pivot > 1e-14) || Double.isInfinite(pivot)) {
            return null;
          }
          row[k] = Math.sqrt(pivot);
        }
        double scale = 1 / row[k];
        for (int j = Math.max(known, k + 1); j < n; j++) {
          row[j] *= scale;
        }
        for (int i = k + 1; i < last; i++) {
          subtract(upper[i], row[i], row, Math.max(known, i), n);
        }
      }
      for (int i = last; i < n; i++) {
        subtract(upper[i], upper, first, i, Math.max(known, i), n);
      }
    }
    return new Cholesky(upper);
  }

  int size() {
    return u.length;
  }

  /** Half the logarithm of the determinant. */
  double halfLogDeterminant() {
    double sum = 0;
    for (int i = 0; i < u.length; i++) {
      sum += StrictMath.log(u[i][i]);
    }
    return sum;
  }

  /** Solves Uᵀ·v = b in place. */
  void forward(double[] b) {
    int n = u.length;
    for (int first = 0; first < n; first += 4) {
      int last = Math.min(first + 4, n);
      for (int j = first; j < last; j++) {
        b[j] /= u[j][j];
        subtract(b, b[j], u[j], j + 1, last);
      }
      if (last < n) {
        subtract(
            b,
            b[first],
            u[first],
            b[first + 1],
            u[first + 1],
            b[first + 2],
            u[first + 2],
            b[first + 3],
            u[first + 3],
            last,
            n);
      }
    }
  }

  /** Solves U·x = v in place. */
  void backward(double[] v) {
    int n = u.length;
    int last = n;
    for (; last % 4 != 0; last--) {
      v[last - 1] = (v[last - 1] - dot(u[last - 1], v, last, n)) / u[last - 1][last - 1];
    }
    for (; last > 0; last -= 4) {
      subtractProducts(v, last - 4, last, n);
      for (int i = last - 1; i >= last - 4; i--) {
        v[i] = (v[i] - dot(u[i], v, i + 1, last)) / u[i][i];
      }
    }
  }

  /** Takes four rows' inner products with a range of v off their elements of v. */
  private void subtractProducts(double[] v, int row, int from, int to) {
    double[] p = u[row];
    double[] q = u[row + 1];
    double[] r = u[row + 2];
    double[] s = u[row + 3];
    double a0 = 0;
    double b0 = 0;
    double c0 = 0;
    double d0 = 0;
    double a1 = 0;
    double b1 = 0;
    double c1 = 0;
    double d1 = 0;
    int j = from;
    for (; j + 1 < to; j += 2) {
      double x = v[j];
      double y = v[j + 1];
      a0 += p[j] * x;
      b0 += q[j] * x;
      c0 += r[j] * x;
      d0 += s[j] * x;
      a1 += p[j + 1] * y;
      b1 += q[j + 1] * y;
      c1 += r[j + 1] * y;
      d1 += s[j + 1] * y;
    }
    if (j < to) {
      double x = v[j];
      a0 += p[j] * x;
      b0 += q[j] * x;
      c0 += r[j] * x;
      d0 += s[j] * x;
    }
    v[row] -= a0 + a1;
    v[row + 1] -= b0 + b1;
    v[row + 2] -= c0 + c1;
    v[row + 3] -= d0 + d1;
  }

  /** Solves Uᵀ·V = B in place for many right-hand sides; row i of B belongs to unknown i. */
  void forward(double[][] b) {
    int n = u.length;
    int m = n == 0 ? 0 : b[0].length;
    for (int first = 0; first < n; first += 4) {
      int last = Math.min(first + 4, n);
      for (int j = first; j < last; j++) {
        double[] row = b[j];
        double scale = 1 / u[j][j];
        for (int c = 0; c < m; c++) {
          row[c] *= scale;
        }
        for (int i = j + 1; i < last; i++) {
          subtract(b[i], u[j][i], row, 0, m);
        }
      }
      for (int i = last; i < n; i++) {
        subtract(
            b[i],
            u[first][i],
            b[first],
            u[first + 1][i],
            b[first + 1],
            u[first + 2][i],
            b[first + 2],
            u[first + 3][i],
            b[first + 3],
            0,
            m);
      }
    }
  }

  /**
   * Adds to some elements of Uᵀ·w what a part of w gives them.
   *
   * @param v the part of w
   * @param from where in w it begins
   * @param sums elements of Uᵀ·w
   * @param first the number of the first of them
   */
  void addProduct(double[] v, int from, double[] sums, int first) {
    for (int j = 0; j < v.length; j++) {
      double[] row = u[from + j];
      for (int i = Math.max(0, from + j - first); i < sums.length; i++) {
        sums[i] += row[first + i] * v[j];
      }
    }
  }

  /** The upper triangle of the inverse of A, in the layout of {@link #factor}. */
  double[][] inverse() {
    int n = u.length;
    // Row i of the inverse of Uᵀ, which is lower triangular.
    double[][] lower = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] row = new double[i + 1];
      int k = 0;
      for (; k + 3 < i; k += 4) {
        subtract(row, lower, k, i);
      }
      for (; k < i; k++) {
        subtract(row, u[k][i], lower[k], 0, k + 1);
      }
      double scale = 1 / u[i][i];
      for (int j = 0; j < i; j++) {
        row[j] *= scale;
      }
      row[i] = scale;
      lower[i] = row;
    }
    double[][] inverse = new double[n][n];
    for (int first = 0; first < n; first += 4) {
      int last = Math.min(first + 4, n);
      int common = last - first == 4 ? first + 1 : 0;
      for (int i = 0; i < common; i++) {
        double[] a = lower[first];
        double[] b = lower[first + 1];
        double[] c = lower[first + 2];
        double[] d = lower[first + 3];
        subtract(inverse[i], -a[i], a, -b[i], b, -c[i], c, -d[i], d, i, common);
      }
      for (int k = first; k < last; k++) {
        double[] row = lower[k];
        for (int i = 0; i <= k; i++) {
          subtract(inverse[i], -row[i], row, Math.max(i, common), k + 1);
        }
      }
    }
    return inverse;
  }

  /** Takes rows k to k + 3 of a lower triangle, times column i of U, off a row. */
  private void subtract(double[] row, double[][] lower, int k, int i) {
    subtract(
        row,
        u[k][i],
        lower[k],
        u[k + 1][i],
        lower[k + 1],
        u[k + 2][i],
        lower[k + 2],
        u[k + 3][i],
        lower[k + 3],
        0,
        k + 1);
    for (int m = k + 1; m < k + 4; m++) {
      subtract(row, u[m][i], lower[m], k + 1, m + 1);
    }
  }

  /** Takes four rows of U from k on, each times its element i, off a row. */
  private static void subtract(double[] y, double[][] u, int k, int i, int from, int to) {
    double[] a = u[k];
    double[] b = u[k + 1];
    double[] c = u[k + 2];
    double[] d = u[k + 3];
    subtract(y, a[i], a, b[i], b, c[i], c, d[i], d, from, to);
  }

  private static void subtract(
      double[] y,
      double a,
      double[] p,
      double b,
      double[] q,
      double c,
      double[] r,
      double d,
      double[] s,
      int from,
      int to) {
    for (int j = from; j < to; j++) {
      y[j] -= (a * p[j] + b * q[j]) + (c * r[j] + d * s[j]);
    }
  }

  private static void subtract(double[] y, double a, double[] x, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] -= a * x[j];
    }
  }

  /** The inner product over a range, in four sums so that they need not wait for each other. */
  static double dot(double[] x, double[] y, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = from;
    for (; j + 3 < to; j += 4) {
      a += x[j] * y[j];
      b += x[j + 1] * y[j + 1];
      c += x[j + 2] * y[j + 2];
      d += x[j + 3] * y[j + 3];
    }
    for (; j < to; j++) {
      a += x[j] * y[j];
    }
    return (a + b) + (c + d);
  }
}
