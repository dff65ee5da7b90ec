import io.warmfold.race.PairedRace;
import io.warmfold.race.Race;
import io.warmfold.schedule.Allowance;
import io.warmfold.schedule.Scheduler;
import io.warmfold.schedule.Situation;
import io.warmfold.schedule.Turn;
import io.warmfold.space.Parameter;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.Direction;
import io.warmfold.study.FoldClaim;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Drives the race and the scheduler of Warmfold over matrices of real fold scores, and says how many
 * folds they ran and whether they lost the best trial.
 *
 * <p>A matrix is a study whose trials are its rows, in order. A fold takes 100 s, give or take.
 */
public final class RaceBench {

  record Matrix(String name, Direction direction, double[][] scores) {
    int folds() {
      return scores[0].length;
    }

    double mean(int trial) {
      return Arrays.stream(scores[trial]).average().orElseThrow();
    }

    double best() {
      var means = java.util.stream.IntStream.range(0, scores.length).mapToDouble(this::mean);
      return direction == Direction.MINIMIZE ? means.min().orElseThrow() : means.max().orElseThrow();
    }

    /** The race of a grid over one integer parameter, which is the row's number. */
    Race race(double alpha) {
      var row = new Parameter.Integral("row", 0, scores.length - 1, Scaling.LINEAR);
      return new PairedRace(alpha, SearchSpace.of(List.of(row)));
    }

    static Matrix read(Path file) {
      try {
        return new Matrix(
            file.getFileName().toString(),
            file.toString().endsWith("max.csv") ? Direction.MAXIMIZE : Direction.MINIMIZE,
            Files.readAllLines(file).stream()
                .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
                .toArray(double[][]::new));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  /** Of one study: folds that ran of those there are, time in folds, and what was lost. */
  record Result(double share, double rounds, boolean lost) {}

  /** A study in memory. */
  static final class Study {
    private static final Instant START = Instant.EPOCH;
    private final Matrix matrix;
    private final Optional<Race> race;
    private final int slots;
    private final int parallelFolds;
    private final List<Trial> trials = new ArrayList<>();
    private double now;
    private int ran;

    record Running(double ends, int trial, int fold, int slot) {}

    private final PriorityQueue<Running> running =
        new PriorityQueue<>(
            Comparator.comparingDouble(Running::ends).thenComparingInt(Running::slot));

    Study(Matrix matrix, Optional<Race> race, int slots, int parallelFolds) {
      this.matrix = matrix;
      this.race = race;
      this.slots = slots;
      this.parallelFolds = parallelFolds;
    }

    Result run() {
      var idle = new ArrayList<Integer>();
      for (int slot = 0; slot < slots; slot++) {
        idle.add(slot);
      }
      while (true) {
        for (var slot : List.copyOf(idle)) {
          switch (turn(slot)) {
            case Turn.Wait wait -> {}
            default -> idle.remove(slot);
          }
        }
        if (running.isEmpty()) {
          break;
        }
        var ended = running.poll();
        now = ended.ends();
        end(ended);
        idle.add(ended.slot());
      }
      var best =
          trials.stream()
              .filter(trial -> trial.complete(matrix.folds()))
              .min(Trial.bestFirst(matrix.folds(), matrix.direction()))
              .orElseThrow();
      double lost = Math.abs(matrix.mean(best.number()) - matrix.best());
      return new Result(
          (double) ran / (matrix.scores().length * matrix.folds()),
          now / 100,
          lost > 1e-12 * Math.abs(matrix.best()));
    }

    private Turn turn(int slot) {
      while (true) {
        var turn =
            Scheduler.next(
                new Situation(
                    trials,
                    matrix.folds(),
                    parallelFolds,
                    matrix.scores().length,
                    slots,
                    matrix.direction(),
                    race,
                    Allowance.UNLIMITED,
                    false,
                    instant()));
        switch (turn) {
          case Turn.Fold(int trial, int fold) -> start(trial, fold, slot);
          case Turn.NewTrial(int number) -> {
            trials.add(
                new Trial(
                    number,
                    new TreeMap<>(Map.of("row", Integer.toString(number))),
                    "Grid",
                    instant(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    Optional.empty()));
            start(number, 0, slot);
          }
          case Turn.Decide(var decisions) -> {
            decisions.forEach(this::decide);
            continue;
          }
          case Turn.Wait wait -> {}
          case Turn.Done done -> {}
        }
        return turn;
      }
    }

    private Instant instant() {
      return START.plusMillis((long) (1000 * now));
    }

    private void decide(int trial, RaceDecision decision) {
      var old = trials.get(trial);
      var decisions = new ArrayList<>(old.decisions());
      decisions.add(decision);
      trials.set(
          trial,
          new Trial(
              trial,
              old.hyperParameters(),
              old.origin(),
              old.createdAt(),
              old.claims(),
              old.outcomes(),
              old.stoppedByRace(),
              decisions));
    }

    private void start(int trial, int fold, int slot) {
      ran++;
      double seconds =
          100 * Math.exp(0.2 * new SplittableRandom(trial * 1000L + fold).nextGaussian());
      running.add(new Running(now + seconds, trial, fold, slot));
      var claims = new TreeMap<>(trials.get(trial).claims());
      claims.put(fold, new FoldClaim("one/0-" + slot + "/0", START.plusSeconds(1_000_000_000)));
      replace(trials.get(trial), claims, new TreeMap<>(trials.get(trial).outcomes()));
    }

    private void end(Running fold) {
      var trial = trials.get(fold.trial());
      var claims = new TreeMap<>(trial.claims());
      claims.remove(fold.fold());
      var outcomes = new TreeMap<>(trial.outcomes());
      outcomes.put(
          fold.fold(),
          new FoldOutcome.Scored(
              "job", matrix.scores()[fold.trial()][fold.fold()], instant(), 100, 100));
      replace(trial, claims, outcomes);
      if (race.isPresent() && !trials.get(fold.trial()).finished(matrix.folds())) {
        race.get()
            .field(
                trials,
                matrix.folds(),
                matrix.direction(),
                Race.Phase.of(trials.size(), matrix.scores().length))
            .judge(trials.get(fold.trial()), instant())
            .ifPresent(decision -> decide(fold.trial(), decision));
      }
    }

    private void replace(
        Trial old, TreeMap<Integer, FoldClaim> claims, TreeMap<Integer, FoldOutcome> outcomes) {
      trials.set(
          old.number(),
          new Trial(
              old.number(),
              old.hyperParameters(),
              old.origin(),
              old.createdAt(),
              claims,
              outcomes,
              old.stoppedByRace(),
              old.decisions()));
    }
  }

  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]);
    List<Matrix> matrices;
    try (var files = Files.list(folder)) {
      matrices =
          files.filter(file -> file.toString().endsWith(".csv")).sorted().map(Matrix::read).toList();
    }
    System.out.println("| folds | matrices | alpha | slots | share of folds run | time, to no race | lost the best |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (int folds : new int[] {5, 10}) {
      var some = matrices.stream().filter(matrix -> matrix.folds() == folds).toList();
      for (double alpha : alphas(arguments)) {
        for (int slots : new int[] {1, 5, 20}) {
          report(some, folds, alpha, slots);
        }
      }
    }
    cost(matrices);
  }

  private static double[] alphas(String[] arguments) {
    return arguments.length < 2
        ? new double[] {0.05}
        : Arrays.stream(arguments[1].split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  private static void report(List<Matrix> matrices, int folds, double alpha, int slots) {
    double[] share = new double[matrices.size()];
    double[] time = new double[matrices.size()];
    int lost = 0;
    for (int i = 0; i < share.length; i++) {
      var with = new Study(matrices.get(i), Optional.of(matrices.get(i).race(alpha)), slots, folds).run();
      var without = new Study(matrices.get(i), Optional.empty(), slots, 1).run();
      share[i] = with.share();
      time[i] = with.rounds() / without.rounds();
      lost += with.lost() ? 1 : 0;
      if (with.lost() && System.getenv("LOSSES") != null) {
        System.err.println(slots + " slots lose " + matrices.get(i).name());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %d | %d | %s | %d | %s | %s | %d of %d, %s |%n",
        folds, share.length, alpha, slots, interval(share), interval(time), lost, share.length,
        wilson(lost, share.length));
  }

  /** A mean with the 95 % interval of 2,000 bootstrap samples over matrices. */
  private static String interval(double[] values) {
    var random = new SplittableRandom(1);
    double[] means =
        java.util.stream.IntStream.range(0, 2000)
            .mapToDouble(
                i ->
                    java.util.stream.IntStream.range(0, values.length)
                        .mapToDouble(j -> values[random.nextInt(values.length)])
                        .average()
                        .orElse(Double.NaN))
            .sorted()
            .toArray();
    return String.format(
        Locale.ROOT,
        "%.3f [%.3f, %.3f]",
        Arrays.stream(values).average().orElse(Double.NaN), means[50], means[1949]);
  }

  /** Wilson's 95 % interval of a share. */
  private static String wilson(int hits, int of) {
    double z = 1.96;
    double p = (double) hits / of;
    double middle = (p + z * z / (2 * of)) / (1 + z * z / of);
    double half = z / (1 + z * z / of) * Math.sqrt(p * (1 - p) / of + z * z / (4.0 * of * of));
    return String.format(
        Locale.ROOT,
        "%.1f %% [%.1f, %.1f]", 100 * p, 100 * Math.max(0, middle - half), 100 * (middle + half));
  }

  /** What race and scheduler take together with 500 trials, of which 20 run. */
  private static void cost(List<Matrix> matrices) {
    var rows =
        matrices.stream()
            .filter(matrix -> matrix.folds() == 5 && matrix.direction() == Direction.MINIMIZE)
            .flatMap(matrix -> Arrays.stream(matrix.scores()))
            .limit(500)
            .toArray(double[][]::new);
    var all = new Matrix("all", Direction.MINIMIZE, rows);
    var study = new Study(all, Optional.of(all.race(0.05)), 20, 5);
    study.run();
    var last = study.trials.removeLast();
    study.trials.add(
        new Trial(
            last.number(),
            last.hyperParameters(),
            last.origin(),
            last.createdAt(),
            new TreeMap<>(),
            new TreeMap<>(last.outcomes().headMap(2)),
            Optional.empty()));
    double[] millis = new double[3000];
    int turns = 0;
    for (int i = 0; i < millis.length; i++) {
      long start = System.nanoTime();
      var field =
          study.race.orElseThrow().field(study.trials, 5, Direction.MINIMIZE, Race.Phase.CLOSE);
      turns += field.judge(study.trials.getLast(), Instant.EPOCH).isPresent() ? 1 : 0;
      var turn =
          Scheduler.next(
              new Situation(
                  study.trials, 5, 5, rows.length, 20, Direction.MINIMIZE, study.race,
                  Allowance.UNLIMITED, false, Instant.EPOCH));
      turns += turn instanceof Turn.Done ? 0 : 1;
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    System.out.printf(
        Locale.ROOT,
        "%nJudging a trial and choosing a turn among %d trials: median %.2f ms (%d)%n",
        rows.length, Arrays.stream(millis, 2000, 3000).sorted().toArray()[500], turns);
  }
}
