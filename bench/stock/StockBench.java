import io.warmfold.search.History;
import io.warmfold.search.Observation;
import io.warmfold.search.Pending;
import io.warmfold.search.Searcher;
import io.warmfold.search.Searchers;
import io.warmfold.search.Suggestion;
import io.warmfold.space.Parameter;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What a stock of suggestions costs in quality and spares in model fits: studies on a virtual clock,
 * with lognormal training times, whose slots take their trials from a stock of some size. Prints the
 * regret of the best trial in units of what a stock of none leaves, over functions and seeds.
 *
 * <p>Arguments: slots, trials, seeds, then the shares of the slots that a stock holds, as
 * denominators (0: none, 4: a quarter).
 */
public final class StockBench {

  private record Job(double ends, int trial, Map<String, String> at) {}

  private record Outcome(double regret, int fits, double seconds) {}

  private interface Function {
    double at(double[] x);
  }

  public static void main(String[] arguments) {
    int slots = Integer.parseInt(arguments[0]);
    int trials = Integer.parseInt(arguments[1]);
    int seeds = Integer.parseInt(arguments[2]);
    List<Integer> shares =
        Arrays.stream(arguments).skip(3).map(Integer::valueOf).toList();
    Map<String, Function> functions = new TreeMap<>();
    functions.put("branin", StockBench::branin);
    functions.put("hartmann6", StockBench::hartmann6);
    functions.put("ackley4", x -> ackley(x, 4));
    functions.put("levy5", x -> levy(x, 5));
    functions.put("rosenbrock3", x -> rosenbrock(x, 3));
    for (int share : shares) {
      double log = 0;
      double fits = 0;
      double seconds = 0;
      StringBuilder each = new StringBuilder();
      for (var function : functions.entrySet()) {
        double mine = 0;
        for (int seed = 0; seed < seeds; seed++) {
          int d = function.getKey().equals("branin") ? 2 : function.getKey().charAt(function.getKey().length() - 1) - '0';
          Outcome outcome = study(function.getValue(), d, slots, trials, seed, share);
          mine += StrictMath.log(Math.max(outcome.regret(), 1e-4));
          fits += outcome.fits();
          seconds += outcome.seconds();
        }
        each.append(String.format(Locale.ROOT, " %s %.3g", function.getKey(), StrictMath.exp(mine / seeds)));
        log += mine / seeds;
      }
      int n = functions.size() * seeds;
      System.out.printf(
          Locale.ROOT,
          "slots %d trials %d stock %s: regret %.4g, fits %.1f, CPU s a study %.2f |%s%n",
          slots,
          trials,
          share == 0 ? "none" : "1/" + share,
          StrictMath.exp(log / functions.size()),
          fits / n,
          seconds / n,
          each);
    }
  }

  private static Outcome study(Function function, int d, int slots, int trials, long seed, int share) {
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < d; i++) {
      parameters.add(new Parameter.Continuous("x" + i, 0, 1, Scaling.LINEAR));
    }
    SearchSpace space = SearchSpace.of(parameters);
    Searcher searcher = Searchers.named("Bayesian");
    var random = new SplittableRandom(seed * 7919 + d);
    var running = new PriorityQueue<Job>((a, b) -> Double.compare(a.ends(), b.ends()));
    List<Observation> ended = new ArrayList<>();
    var stock = new ArrayDeque<Map<String, String>>();
    double now = 0;
    double best = Double.POSITIVE_INFINITY;
    int fits = 0;
    int begun = 0;
    int seen = 0;
    int ahead = share == 0 ? 1 : Math.max(1, slots / share);
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    while (ended.size() < trials) {
      while (begun < trials && running.size() < slots) {
        if (ended.size() - seen > ahead) {
          stock.clear();
        }
        if (stock.isEmpty()) {
          int idle = slots - running.size();
          List<Pending> pending =
              running.stream().map(job -> Pending.of(job.trial(), job.at())).toList();
          searcher
              .suggestBatch(
                  space,
                  History.of(io.warmfold.study.Direction.MINIMIZE, ended),
                  pending,
                  seed,
                  Math.min(trials - begun, Math.max(idle, ahead)))
              .forEach(candidate -> stock.add(candidate.hyperParameters()));
          fits++;
          seen = ended.size();
        }
        running.add(
            new Job(now + StrictMath.exp(0.3 * random.nextGaussian()), begun, stock.poll()));
        begun++;
      }
      Job job = running.poll();
      now = job.ends();
      double value = function.at(space.encode(job.at()));
      best = Math.min(best, value);
      var scores = new TreeMap<Integer, Double>();
      scores.put(0, value + 0.01 * random.nextGaussian());
      ended.add(new Observation(job.trial(), job.at(), scores, 1, false));
    }
    double used = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
    return new Outcome(best, fits, used);
  }

  /** Regrets, in units of about the function's spread; 0 at the optimum. */
  private static double branin(double[] u) {
    double x = 15 * u[0] - 5;
    double y = 15 * u[1];
    double a = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
    return (a * a + 10 * (1 - 1 / (8 * Math.PI)) * StrictMath.cos(x) + 10 - 0.397887) / 50;
  }

  private static double hartmann6(double[] u) {
    double[] alpha = {1.0, 1.2, 3.0, 3.2};
    double[][] a = {
      {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14},
      {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    double[][] p = {
      {1312, 1696, 5569, 124, 8283, 5886}, {2329, 4135, 8307, 3736, 1004, 9991},
      {2348, 1451, 3522, 2883, 3047, 6650}, {4047, 8828, 8732, 5743, 1091, 381}
    };
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      double inner = 0;
      for (int j = 0; j < 6; j++) {
        inner += a[i][j] * (u[j] - 1e-4 * p[i][j]) * (u[j] - 1e-4 * p[i][j]);
      }
      sum += alpha[i] * StrictMath.exp(-inner);
    }
    return 3.32237 - sum;
  }

  private static double ackley(double[] u, int d) {
    double squares = 0;
    double cosines = 0;
    for (int i = 0; i < d; i++) {
      double x = 40 * u[i] - 17;
      squares += x * x / d;
      cosines += StrictMath.cos(2 * Math.PI * x) / d;
    }
    return (-20 * StrictMath.exp(-0.2 * Math.sqrt(squares)) - StrictMath.exp(cosines) + 20 + Math.E) / 4;
  }

  private static double levy(double[] u, int d) {
    double sum = 0;
    for (int i = 0; i < d; i++) {
      double w = 1 + (20 * u[i] - 10 - 1) / 4;
      double s = StrictMath.sin(i == d - 1 ? 2 * Math.PI * w : Math.PI * w + 1);
      sum +=
          i == d - 1
              ? (w - 1) * (w - 1) * (1 + s * s)
              : (w - 1) * (w - 1) * (1 + 10 * s * s);
      if (i == 0) {
        double first = StrictMath.sin(Math.PI * w);
        sum += first * first;
      }
    }
    return sum / 20;
  }

  private static double rosenbrock(double[] u, int d) {
    double sum = 0;
    for (int i = 0; i + 1 < d; i++) {
      double x = 4 * u[i] - 2;
      double y = 4 * u[i + 1] - 2;
      sum += 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x);
    }
    return StrictMath.log1p(sum) / 2;
  }
}
