package io.warmfold.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobKind;
import io.warmfold.ledger.Capacity;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.StudyRow;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.CrossValidation;
import io.warmfold.study.Direction;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.LabelColumn;
import io.warmfold.study.ModelDefinition;
import io.warmfold.study.ParameterRanges;
import io.warmfold.study.RaceType;
import io.warmfold.study.SplitterType;
import io.warmfold.study.StrategyType;
import io.warmfold.study.StudyData;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.TrainingDefinition;
import io.warmfold.study.Trial;
import io.warmfold.study.TuningConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Plays a study through: lanes on slots, cold and warm starts, scores with noise, failures. */
final class ExampleStudy {

  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private String name = "breast-cancer";
  private int trials = 20;
  private int folds = 5;
  private int slots = 4;
  private Direction direction = Direction.MINIMIZE;
  private double scale = 1;
  private double failures;
  private double stops;
  private Optional<StudyRow.StudyOutcome> outcome = Optional.of(StudyRow.StudyOutcome.SUCCEEDED);
  private Optional<String> error = Optional.empty();
  private Optional<String> cause = Optional.empty();
  private List<String> categories = List.of("gbtree", "dart");
  private int played = Integer.MAX_VALUE;
  private Double maxCost;
  private Double price;

  private final List<JobRow> jobs = new ArrayList<>();
  private final List<Trial> made = new ArrayList<>();

  ExampleStudy named(String name) {
    this.name = name;
    return this;
  }

  ExampleStudy trials(int trials) {
    this.trials = trials;
    return this;
  }

  ExampleStudy folds(int folds) {
    this.folds = folds;
    return this;
  }

  ExampleStudy slots(int slots) {
    this.slots = slots;
    return this;
  }

  ExampleStudy maximize() {
    this.direction = Direction.MAXIMIZE;
    return this;
  }

  /** Multiplies every score. */
  ExampleStudy scale(double scale) {
    this.scale = scale;
    return this;
  }

  /** The chance of a trial to fail, and to be stopped by the race. */
  ExampleStudy mishaps(double failures, double stops) {
    this.failures = failures;
    this.stops = stops;
    return this;
  }

  ExampleStudy failed(String error, String cause) {
    this.outcome = Optional.of(StudyRow.StudyOutcome.FAILED);
    this.error = Optional.of(error);
    this.cause = Optional.of(cause);
    return this;
  }

  /** Still running, with so many folds ended. */
  ExampleStudy running(int foldsEnded) {
    this.outcome = Optional.empty();
    this.played = foldsEnded;
    return this;
  }

  ExampleStudy categories(String... categories) {
    this.categories = List.of(categories);
    return this;
  }

  /** At most this cost, at this price. */
  ExampleStudy maxCost(double maxCost, double price) {
    this.maxCost = maxCost;
    this.price = price;
    return this;
  }

  Optional<Capacity> capacity = Optional.empty();

  StudySnapshot play() {
    Random random = new Random(7);
    SearchSpace space = new SearchSpace(TunedParameters.of(document()));
    double[] free = new double[slots];
    boolean[] used = new boolean[slots];
    int started = 0;
    for (int number = 0; number < trials && started < played; number++) {
      double[] point = random.doubles(space.dimension()).toArray();
      SortedMap<String, String> parameters = new TreeMap<>(space.decode(point));
      double quality =
          0.08 + 0.35 * Math.pow(point[0] - 0.6, 2) + 0.2 * Math.pow(point[1] - 0.3, 2);
      boolean fails = random.nextDouble() < failures;
      int stopAfter = random.nextDouble() < stops && number > 2 ? Math.min(2, folds - 1) : folds;
      TreeMap<Integer, FoldOutcome> outcomes = new TreeMap<>();
      Instant created = null;
      for (int fold = 0; fold < stopAfter && started < played; fold++, started++) {
        int slot = 0;
        for (int s = 1; s < slots; s++) {
          slot = free[s] < free[slot] ? s : slot;
        }
        double begin = free[slot] + 1 + random.nextDouble();
        double start = begin + (used[slot] ? 3 : 150);
        double end = start + 60 + 50 * point[2] + 15 * random.nextDouble();
        created = created == null ? at(begin) : created;
        String job = "warmfold-" + name + "-0a1b2c3d-t%04d-f%d-a1".formatted(number, fold);
        boolean foldFails = fails && fold == stopAfter - 1;
        jobs.add(
            job(
                job,
                JobKind.FOLD,
                OptionalInt.of(number),
                OptionalInt.of(fold),
                begin,
                start,
                end,
                used[slot],
                foldFails));
        outcomes.put(
            fold,
            foldFails
                ? new FoldOutcome.Failed(
                    job, "AlgorithmError: max_depth & <gamma> do not fit", at(end))
                : new FoldOutcome.Scored(
                    job,
                    scale * (quality + 0.015 * random.nextGaussian() + 0.01 * (fold % 3)),
                    at(end),
                    Math.round(end - begin),
                    Math.round(end - start)));
        free[slot] = end;
        used[slot] = true;
      }
      made.add(
          new Trial(
              number,
              parameters,
              number < 3 ? "InitialDesign" : "Random",
              created,
              new TreeMap<>(),
              outcomes,
              stopAfter < folds && !fails
                  ? Optional.of("its chance to beat the incumbent is 0.02")
                  : Optional.empty()));
    }
    double over = Arrays.stream(free).max().orElse(0);
    boolean succeeded = outcome.equals(Optional.of(StudyRow.StudyOutcome.SUCCEEDED));
    if (succeeded) {
      jobs.add(
          job(
              "warmfold-" + name + "-0a1b2c3d-final-a1",
              JobKind.FINAL,
              OptionalInt.empty(),
              OptionalInt.empty(),
              over + 2,
              over + 6,
              over + 95,
              true,
              false));
      jobs.add(
          job(
              "warmfold-" + name + "-0a1b2c3d-transform-a1",
              JobKind.TRANSFORM,
              OptionalInt.empty(),
              OptionalInt.empty(),
              over + 98,
              over + 260,
              over + 300,
              false,
              false));
    }
    OptionalInt best =
        succeeded
            ? made.stream()
                .filter(trial -> trial.failure().isEmpty() && trial.complete(folds))
                .min(
                    Comparator.comparingDouble(
                        trial ->
                            (direction == Direction.MINIMIZE ? 1 : -1)
                                * trial.cvScore(folds).orElseThrow()))
                .map(trial -> OptionalInt.of(trial.number()))
                .orElse(OptionalInt.empty())
            : OptionalInt.empty();
    Instant end = at(succeeded ? over + 305 : over + 3);
    return new StudySnapshot(
        new StudyRow(
            "0a1b2c3d",
            name,
            "hash",
            "arn:aws:states:eu-west-1:123456789012:execution:warmfold-study:one",
            START,
            START,
            outcome.map(o -> "done"),
            outcome,
            outcome.map(o -> end),
            error,
            cause,
            0,
            Optional.empty(),
            best,
            succeeded
                ? Optional.of(
                    "arn:aws:sagemaker:eu-west-1:123456789012:model-package/" + name + "/1")
                : Optional.empty(),
            capacity,
            Optional.empty(),
            Optional.empty()),
        document(),
        Optional.of(seal()),
        made,
        jobs.stream().sorted(Comparator.comparing(JobRow::name)).toList(),
        end);
  }

  private JobRow job(
      String job,
      JobKind kind,
      OptionalInt trial,
      OptionalInt fold,
      double begin,
      double start,
      double end,
      boolean warm,
      boolean fails) {
    return new JobRow(
        job,
        kind,
        trial,
        fold,
        1,
        "token",
        at(begin),
        at(begin),
        Optional.of(at(start)),
        Optional.of(at(end)),
        Math.round(end - start),
        kind == JobKind.FOLD ? 2 : 0,
        Optional.of(fails ? JobOutcome.FAILED : JobOutcome.COMPLETED),
        fails ? Optional.of("AlgorithmError") : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("token"),
        kind == JobKind.FINAL
            ? Optional.of("s3://bucket/models/final/output/model.tar.gz")
            : Optional.empty(),
        JobRow.Pool.RELEASED,
        warm);
  }

  private static Instant at(double seconds) {
    return START.plusMillis(Math.round(20_000 + seconds * 1000));
  }

  private JsonNode seal() {
    ObjectNode seal = JsonNodeFactory.instance.objectNode();
    seal.put("Rows", 100L * folds + 1);
    for (int fold = 0; fold < folds; fold++) {
      ObjectNode shard = seal.withArray("Shards").addObject();
      shard.put("Rows", fold == 0 ? 101 : 100);
      shard.putObject("Classes").put("0", fold == 0 ? 38 : 37).put("1", 63);
    }
    return seal;
  }

  StudyDocument document() {
    return new StudyDocument(
        name,
        new StudyData(
            "s3://warmfold-examples/" + name + ".csv",
            "text/csv",
            true,
            new LabelColumn.Name("diagnosis"),
            List.of()),
        new CrossValidation(
            folds,
            SplitterType.STRATIFIED_KFOLD,
            7,
            Math.min(2, folds),
            new CrossValidation.Race(RaceType.NONE, null)),
        new TuningConfig(
            StrategyType.RANDOM,
            new TuningConfig.Objective(
                direction,
                direction == Direction.MINIMIZE ? "validation:logloss" : "validation:auc"),
            new TuningConfig.ResourceLimits(trials, slots, 86_400, maxCost, price, 5),
            new ParameterRanges(
                List.of(
                    new ParameterRanges.Numeric("eta", "0.01", "0.5", Scaling.LOGARITHMIC),
                    new ParameterRanges.Numeric("subsample", "0.5", "1.0", Scaling.LINEAR)),
                List.of(new ParameterRanges.Numeric("max_depth", "2", "10", Scaling.LINEAR)),
                List.of(new ParameterRanges.Categorical("booster", categories))),
            null,
            List.of(),
            1),
        new TrainingDefinition(
            new TrainingDefinition.AlgorithmSpecification(
                "141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:1.7-1",
                "File",
                List.of()),
            Map.of("objective", "binary:logistic", "num_round", "100"),
            new TrainingDefinition.ResourceConfig("ml.m5.large", 1, 10, null, 600),
            new TrainingDefinition.StoppingCondition(3600),
            null,
            null,
            null,
            false,
            false,
            Map.of(),
            List.of()),
        null,
        new ModelDefinition(name, "PendingManualApproval", null, Map.of(), null),
        null,
        null);
  }
}
