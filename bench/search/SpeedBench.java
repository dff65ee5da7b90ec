import io.warmfold.search.History;
import io.warmfold.search.Observation;
import io.warmfold.search.Pending;
import io.warmfold.search.Searchers;
import io.warmfold.space.Parameter;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.Direction;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * How long a suggestion takes on one core, from the history alone, fit included: the processor time
 * of the thread that works it out, without the collector and the compiler beside it, the median of
 * the later half of many in one JVM, which the first half has warmed up.
 *
 * <p>Arguments: the number of parameters, then cases as {@code trials:pending}. To be run with the
 * common pool empty, so that all the work is the one thread's.
 */
public final class SpeedBench {

  private static final String PARALLELISM =
      "java.util.concurrent.ForkJoinPool.common.parallelism";
  private static final int FOLDS = 5;
  private static final int BATCH = 8;
  private static final double LEAST_MILLIS = 4_000;

  public static void main(String[] arguments) {
    if (Integer.getInteger(PARALLELISM, -1) != 0) {
      throw new IllegalStateException("run with -D" + PARALLELISM + "=0");
    }
    int d = Integer.parseInt(arguments[0]);
    System.out.println("| trials | pending | ms | each of 8 at once, ms |");
    System.out.println("|---:|---:|---:|---:|");
    for (String one : Arrays.asList(arguments).subList(1, arguments.length)) {
      String[] numbers = one.split(":");
      measure(d, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }
  }

  private static void measure(int d, int trials, int pending) {
    var parameters = new ArrayList<Parameter>();
    for (int k = 0; k < d; k++) {
      parameters.add(new Parameter.Continuous("p" + k, 0, 1, Scaling.LINEAR));
    }
    var space = SearchSpace.of(parameters);
    var random = new SplittableRandom(1);
    var observations = new ArrayList<Observation>();
    for (int trial = 0; trial < trials; trial++) {
      // As a search leaves them: every other one about the best place, the others anywhere.
      double spread = trial % 2 == 0 ? 1 : 0.05;
      var point = point(d, spread, random);
      double cost = 0;
      for (String value : point.values()) {
        cost += Math.pow(Double.parseDouble(value) - 0.4, 2);
      }
      var scores = new TreeMap<Integer, Double>();
      for (int fold = 0; fold < FOLDS; fold++) {
        scores.put(fold, cost + 0.02 * random.nextGaussian());
      }
      observations.add(new Observation(trial, point, scores, FOLDS, false));
    }
    var running = new ArrayList<Pending>();
    for (int i = 0; i < pending; i++) {
      running.add(Pending.of(trials + i, point(d, 1, random)));
    }
    var history = History.of(Direction.MINIMIZE, observations);
    var searcher = Searchers.named("Bayesian");
    System.out.printf(
        Locale.ROOT,
        "| %,d | %d | %.0f | %.0f |%n",
        trials,
        pending,
        millis(seed -> searcher.suggestBatch(space, history, running, seed, 1)),
        millis(seed -> searcher.suggestBatch(space, history, running, seed, BATCH)) / BATCH);
  }

  private static double millis(LongConsumer work) {
    var threads = ManagementFactory.getThreadMXBean();
    List<Double> millis = new ArrayList<>();
    double all = 0;
    while (all < LEAST_MILLIS || millis.size() < 6) {
      long before = threads.getCurrentThreadCpuTime();
      work.accept(millis.size());
      double taken = (threads.getCurrentThreadCpuTime() - before) / 1e6;
      millis.add(taken);
      all += taken;
    }
    double[] later =
        millis.stream().skip(millis.size() / 2).mapToDouble(one -> one).sorted().toArray();
    return later[later.length / 2];
  }

  private static TreeMap<String, String> point(int d, double spread, SplittableRandom random) {
    var point = new TreeMap<String, String>();
    for (int k = 0; k < d; k++) {
      double x = spread == 1 ? random.nextDouble() : 0.4 + spread * random.nextGaussian();
      point.put("p" + k, Double.toString(Math.clamp(x, 0, 1)));
    }
    return point;
  }
}
