package io.warmfold.search.gp;

import io.warmfold.search.Sobol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Looks for the points of the cube where the acquisition is greatest. */
final class AcquisitionSearch {

  /** A point that decodes to itself, and its acquisition. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Scored(double[] point, double value) {}

  /** What is to be greatest as what is to be least. */
  private record Lowest(Lbfgs.Value greatest) implements Lbfgs.Value {
    @Override
    public double value() {
      return -greatest.value();
    }

    @Override
    public double[] gradient() {
      return Arrays.stream(greatest.gradient()).map(slope -> -slope).toArray();
    }
  }

  private static final int LOCAL_STARTS = 5;
  private static final int SCREENED = 100;

  /** The order of the candidates behind so many is not exact. */
  private static final int RANKED = 200;

  private static final int POLISH_EVALUATIONS = 30;
  private static final int POLISH_ROUNDS = 2;

  /** As little as this, of a logarithm, is not worth the rest of a climb. */
  private static final double LEAST_CLIMB = 1e-6;

  private final Cube cube;
  private final int free;
  private final Acquisition acquisition;
  private final Acquisition coarse;
  private final RandomGenerator random;

  /**
   * A search that has not begun.
   *
   * @param free how many coordinates are searched; those after them stay at 0
   * @param coarse a cheaper acquisition that is near the other; null when it is cheap enough
   */
  AcquisitionSearch(
      Cube cube, int free, Acquisition acquisition, Acquisition coarse, RandomGenerator random) {
    this.cube = cube;
    this.free = free;
    this.acquisition = acquisition;
    this.coarse = coarse;
    this.random = random;
  }

  /**
   * Candidates, the best first.
   *
   * <p>Only what is spread over the cube is screened: the best trials lie closer together than the
   * coarse acquisition can tell apart, and with it would go what refines them.
   *
   * @param good points worth a look around, the best first
   * @param spread how many points are spread over the cube
   */
  List<Scored> candidates(List<double[]> good, int spread, int around) {
    List<double[]> points = new ArrayList<>();
    var sobol = new Sobol(free, random.nextLong());
    for (int i = 0; i < spread; i++) {
      points.add(cube.snap(Arrays.copyOf(sobol.point(i), cube.dimension())));
    }
    points = distinct(points);
    if (coarse != null) {
      points =
          sorted(points, coarse.greatest(points.toArray(double[][]::new), SCREENED)).stream()
              .limit(SCREENED)
              .map(Scored::point)
              .collect(Collectors.toCollection(ArrayList::new));
    }
    for (double[] centre : good) {
      for (int i = 0; i < around / good.size(); i++) {
        points.add(neighbour(centre));
      }
      points.add(cube.snap(centre));
    }
    points = distinct(points);
    List<Scored> scored =
        sorted(points, acquisition.greatest(points.toArray(double[][]::new), RANKED));
    scored.addAll(starts(scored).parallelStream().map(this::polish).toList());
    scored.sort(Comparator.comparingDouble(Scored::value).reversed());
    return scored;
  }

  /** Where few values are possible most points are copies, which are no candidates of their own. */
  private static List<double[]> distinct(List<double[]> points) {
    var seen = new TreeSet<double[]>(Arrays::compare);
    return points.stream().filter(seen::add).collect(Collectors.toCollection(ArrayList::new));
  }

  private double[] neighbour(double[] centre) {
    double[] point = centre.clone();
    double scale = 0.3 * StrictMath.exp(-6 * random.nextDouble());
    double share = Math.max(2.0 / free, random.nextDouble());
    for (int i = 0; i < free; i++) {
      if (random.nextDouble() >= share) {
        continue;
      }
      if (cube.unordered()[i]) {
        point[i] = random.nextDouble();
      } else if (cube.values()[i] > 0 && scale * cube.values()[i] < 1) {
        point[i] += (random.nextBoolean() ? 1.0 : -1.0) / cube.values()[i];
      } else {
        point[i] += scale * random.nextGaussian();
      }
    }
    return cube.snap(point);
  }

  private static List<Scored> score(Acquisition acquisition, List<double[]> points) {
    return sorted(points, acquisition.at(points.toArray(double[][]::new)));
  }

  /** The points that have a value, the greatest first. */
  private static List<Scored> sorted(List<double[]> points, double[] values) {
    List<Scored> scored = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        scored.add(new Scored(points.get(i), values[i]));
      }
    }
    scored.sort(Comparator.comparingDouble(Scored::value).reversed());
    return scored;
  }

  /** The best few that do not lie side by side. */
  private List<Scored> starts(List<Scored> scored) {
    List<Scored> starts = new ArrayList<>();
    for (Scored one : scored.subList(0, Math.min(scored.size(), RANKED))) {
      boolean apart = true;
      for (Scored start : starts) {
        double distance = 0;
        for (int i = 0; i < free; i++) {
          distance += cube.squared(i, one.point()[i], start.point()[i]);
        }
        apart &= distance > 0.01 * free * 0.25;
      }
      if (apart) {
        starts.add(one);
      }
      if (starts.size() == LOCAL_STARTS) {
        break;
      }
    }
    return starts;
  }

  private Scored polish(Scored start) {
    Scored best = start;
    for (int round = 0; round < POLISH_ROUNDS; round++) {
      Scored smooth = climb(best);
      Scored stepped = step(smooth.value() > best.value() ? smooth : best);
      if (!(stepped.value() > best.value() + 1e-6)) {
        break;
      }
      boolean jumped = stepped.value() > smooth.value();
      best = stepped;
      if (!jumped) {
        break;
      }
    }
    return best;
  }

  private Scored climb(Scored start) {
    double[] low = start.point().clone();
    double[] high = start.point().clone();
    boolean any = false;
    for (int i = 0; i < free; i++) {
      if (cube.smooth(i)) {
        low[i] = 0;
        high[i] = 1;
        any = true;
      }
    }
    if (!any) {
      return start;
    }
    var minimum =
        Lbfgs.minimise(
            point -> new Lowest(acquisition.at(point)),
            start.point(),
            low,
            high,
            POLISH_EVALUATIONS,
            1e-4,
            LEAST_CLIMB);
    return score(acquisition, List.of(cube.snap(minimum.point()), start.point())).getFirst();
  }

  /** The best change of a single coordinate that has few values, as long as one helps. */
  private Scored step(Scored start) {
    Scored best = start;
    for (int round = 0; round < 4; round++) {
      List<double[]> changed = new ArrayList<>();
      for (int i = 0; i < free; i++) {
        if (cube.smooth(i) || cube.values()[i] == 0) {
          continue;
        }
        int options = (int) Math.min(cube.values()[i], 60);
        for (int option = 0; option < options; option++) {
          double[] point = best.point().clone();
          point[i] = (option + 0.5) / options;
          point = cube.snap(point);
          if (point[i] != best.point()[i]) {
            changed.add(point);
          }
        }
      }
      List<Scored> scored = changed.isEmpty() ? List.of() : score(acquisition, changed);
      if (scored.isEmpty() || !(scored.getFirst().value() > best.value())) {
        break;
      }
      best = scored.getFirst();
    }
    return best;
  }
}
