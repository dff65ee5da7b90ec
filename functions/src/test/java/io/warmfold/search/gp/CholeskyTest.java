package io.warmfold.search.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 40, 41, 42, 43})
  void theFactorSolvesAndInverts(int n) {
    var random = new SplittableRandom(4);
    double[][] root = new double[n][];
    Arrays.setAll(root, i -> random.doubles(n).toArray());
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix[i][j] = Cholesky.dot(root[i], root[j], 0, n) + (i == j ? 0.1 : 0);
      }
    }
    double[][] copy = new double[n][];
    Arrays.setAll(copy, i -> matrix[i].clone());
    Cholesky factor = Cholesky.factor(copy);
    double[] x = random.doubles(n).toArray();
    double[] b = new double[n];
    Arrays.setAll(b, i -> Cholesky.dot(matrix[i], x, 0, n));
    factor.forward(b);
    factor.backward(b);
    assertThat(b).containsExactly(x, within(1e-8));
    double[] one = random.doubles(n).toArray();
    double[] other = random.doubles(n).toArray();
    double[][] both = new double[n][];
    Arrays.setAll(both, i -> new double[] {one[i], other[i]});
    factor.forward(both);
    factor.forward(one);
    factor.forward(other);
    for (int i = 0; i < n; i++) {
      assertThat(both[i]).containsExactly(new double[] {one[i], other[i]}, within(1e-8));
    }
    double[][] inverse = factor.inverse();
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += matrix[i][k] * (k <= j ? inverse[k][j] : inverse[j][k]);
        }
        assertThat(sum).isCloseTo(i == j ? 1 : 0, within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 1", "3, 9", "4, 1", "8, 5", "39, 20", "41, 7", "42, 2"})
  void aMatrixThatGrowsHasTheSameFactorAsOneFactoredWhole(int n, int more) {
    var random = new SplittableRandom(6);
    double[][] x = new double[n + more][];
    Arrays.setAll(x, i -> random.doubles(4).toArray());
    double[][] whole = new double[n + more][n + more];
    double[][] part = new double[n][n];
    double[][] grown = new double[n + more][n + more];
    for (int i = 0; i < n + more; i++) {
      for (int j = i; j < n + more; j++) {
        double distance = 0;
        for (int k = 0; k < 4; k++) {
          distance += (x[i][k] - x[j][k]) * (x[i][k] - x[j][k]);
        }
        whole[i][j] = StrictMath.exp(-distance) + (i == j ? 0.01 : 0);
        if (j < n) {
          part[i][j] = whole[i][j];
        }
        // What is not to matter would spoil the factor.
        grown[i][j] = i < n && j < n ? Double.NaN : whole[i][j];
      }
    }
    double[] at = new SplittableRandom(8).doubles(n + more).toArray();
    double[] other = at.clone();
    Cholesky.factor(whole).forward(at);
    Cholesky.factor(part).extended(grown).forward(other);
    assertThat(other).containsExactly(at);
    assertThat(grown).isDeepEqualTo(whole);
  }
}
