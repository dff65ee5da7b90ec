package io.warmfold.search.gp;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.search.gp.Acquisition.Aim;
import io.warmfold.space.Parameter.Continuous;
import io.warmfold.space.Parameter.Integral;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AcquisitionSearchTest {

  private static final Cube CUBE =
      Cube.of(
          SearchSpace.of(
              List.of(
                  new Continuous("a", 0, 1, Scaling.LINEAR),
                  new Continuous("b", 0, 1, Scaling.LINEAR))),
          1);
  private static final double[] BEST = {0.3, 0.7};

  /** The acquisition after trials of a bowl around {@link #BEST}, or of what has its top there. */
  private static Acquisition acquisition(int sign) {
    return acquisition(CUBE, sign);
  }

  private static Acquisition acquisition(Cube cube, int sign) {
    var random = new SplittableRandom(3);
    double[][] x = new double[40][];
    Arrays.setAll(x, i -> cube.snap(random.doubles(2).toArray()));
    double[] y =
        Arrays.stream(x)
            .mapToDouble(u -> sign * (Math.pow(u[0] - BEST[0], 2) + Math.pow(u[1] - BEST[1], 2)))
            .toArray();
    boolean[] own = new boolean[x.length];
    Arrays.fill(own, true);
    var hyper = Hyper.initial(Matern.FIVE_HALVES, 2, 8, 1e-4);
    var data = new Data(x, y, new double[x.length]);
    return new Acquisition(
        Regression.of(cube, hyper, data, own).given(new double[0][], new double[1][0]),
        Aim.MEAN,
        0);
  }

  private static List<double[]> candidates(Acquisition coarse) {
    return new AcquisitionSearch(CUBE, 2, acquisition(1), coarse, new SplittableRandom(7))
        .candidates(List.of(BEST), 1000, 300).stream()
            .map(AcquisitionSearch.Scored::point)
            .toList();
  }

  private static long near(List<double[]> points, double distance) {
    return points.stream()
        .filter(point -> Math.hypot(point[0] - BEST[0], point[1] - BEST[1]) < distance)
        .count();
  }

  @Test
  void aScreenThatIsWrongTakesNothingAwayFromTheNeighbourhoodOfTheBest() {
    List<double[]> misled = candidates(acquisition(-1));
    List<double[]> all = candidates(null);

    // Of 1000 points spread over the square three or four lie so near.
    assertThat(near(misled, 0.03)).isGreaterThan(near(all, 0.03) - 10).isGreaterThan(80);
  }

  @Test
  void mostOfWhatIsSpreadOverTheCubeIsScreenedAway() {
    List<double[]> screened = candidates(acquisition(1));

    assertThat(screened).hasSizeLessThan(500);
    assertThat(near(screened, 0.03)).isGreaterThan(80);
  }

  /** 2,000 and more points of 400 places: copies would crowd out the places. */
  @Test
  void whereFewValuesArePossibleEveryPlaceIsACandidateOnceAndInItsOrder() {
    var space =
        SearchSpace.of(
            List.of(
                new Integral("a", 1, 20, Scaling.LINEAR),
                new Integral("b", 1, 20, Scaling.LINEAR)));
    var cube = Cube.of(space, 1);
    var acquisition = acquisition(cube, 1);

    var candidates =
        new AcquisitionSearch(cube, 2, acquisition, null, new SplittableRandom(7))
            .candidates(List.of(cube.snap(BEST)), 2000, 300);

    var places = new TreeSet<double[]>(Arrays::compare);
    candidates.forEach(candidate -> places.add(candidate.point()));
    assertThat(places).hasSize(400);
    assertThat(candidates).hasSizeLessThanOrEqualTo(405);
    var best =
        places.stream()
            .map(place -> acquisition.at(new double[][] {place})[0])
            .sorted(Comparator.reverseOrder())
            .limit(200)
            .toList();
    assertThat(
            candidates.stream().map(AcquisitionSearch.Scored::value).distinct().limit(200).toList())
        .isEqualTo(best);
  }
}
