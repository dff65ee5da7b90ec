package io.warmfold.search.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class LbfgsTest {

  private static final double[] LOW = {-5, -5};
  private static final double[] HIGH = {5, 5};

  /** A function with a gradient by differences, that remembers what was asked of it. */
  private static final class Remembering implements Lbfgs.Objective {

    private final ToDoubleFunction<double[]> function;
    private final List<Double> values = new ArrayList<>();
    private final List<Double> ofGradients = new ArrayList<>();

    private Remembering(ToDoubleFunction<double[]> function) {
      this.function = function;
    }

    @Override
    public Lbfgs.Value at(double[] point) {
      double[] x = point.clone();
      double value = function.applyAsDouble(x);
      values.add(value);
      return new Lbfgs.Value() {
        @Override
        public double value() {
          return value;
        }

        @Override
        public double[] gradient() {
          ofGradients.add(value);
          double[] gradient = new double[x.length];
          for (int i = 0; i < x.length; i++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += 1e-6;
            down[i] -= 1e-6;
            gradient[i] = (function.applyAsDouble(up) - function.applyAsDouble(down)) / 2e-6;
          }
          return gradient;
        }
      };
    }
  }

  private static double rosenbrock(double[] x) {
    return Math.pow(1 - x[0], 2) + 100 * Math.pow(x[1] - x[0] * x[0], 2);
  }

  private static Lbfgs.Minimum minimise(Remembering f, int evaluations, double leastGain) {
    return Lbfgs.minimise(f, new double[] {-1.2, 1}, LOW, HIGH, evaluations, 1e-6, leastGain);
  }

  @Test
  void aValleyIsFollowedToItsEnd() {
    var minimum = minimise(new Remembering(LbfgsTest::rosenbrock), 200, 1e-12);

    assertThat(minimum.point()).containsExactly(new double[] {1, 1}, within(1e-3));
  }

  @Test
  void onlyStepsThatAreTakenAreAskedForAGradientAndOnlyOnce() {
    var f = new Remembering(LbfgsTest::rosenbrock);

    minimise(f, 200, 1e-12);

    assertThat(f.ofGradients)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(f.values).hasSizeGreaterThan(f.ofGradients.size()).containsAll(f.ofGradients);
  }

  @Test
  void noMoreEvaluationsAreMadeThanAllowed() {
    var f = new Remembering(LbfgsTest::rosenbrock);

    minimise(f, 7, 0);

    assertThat(f.values).hasSize(7);
  }

  @Test
  void aSmallGainIsTheLast() {
    var patient = new Remembering(LbfgsTest::rosenbrock);
    var hasty = new Remembering(LbfgsTest::rosenbrock);

    minimise(patient, 200, 1e-12);
    var minimum = minimise(hasty, 200, 0.05);

    assertThat(hasty.values.size()).isLessThan(patient.values.size());
    int taken = hasty.ofGradients.size();
    assertThat(hasty.ofGradients.get(taken - 2) - minimum.value())
        .isLessThan(0.05 * (1 + minimum.value()));
  }

  @Test
  void whereTheFunctionIsNotDefinedIsNotEntered() {
    var f = new Remembering(x -> x[0] > 0 ? Double.NaN : rosenbrock(x));

    var minimum = minimise(f, 200, 1e-12);

    assertThat(minimum.point()[0]).isLessThanOrEqualTo(0);
    assertThat(minimum.value()).isLessThan(2);
    var nowhere = new Remembering(x -> Double.NaN);
    assertThat(minimise(nowhere, 200, 0).value()).isInfinite();
    assertThat(nowhere.ofGradients).isEmpty();
  }

  @Test
  void theBoxIsNotLeft() {
    var points = new ArrayList<double[]>();
    var f =
        new Lbfgs.Objective() {
          @Override
          public Lbfgs.Value at(double[] point) {
            points.add(point.clone());
            return new Remembering(x -> -x[0] - 2 * x[1]).at(point);
          }
        };

    var minimum = Lbfgs.minimise(f, new double[] {-1.2, 9}, LOW, HIGH, 50, 1e-6, 0);

    assertThat(minimum.point()).containsExactly(HIGH);
    assertThat(points)
        .isNotEmpty()
        .allSatisfy(
            point ->
                assertThat(point)
                    .satisfies(
                        x -> {
                          assertThat(x[0]).isBetween(-5.0, 5.0);
                          assertThat(x[1]).isBetween(-5.0, 5.0);
                        }));
  }
}
