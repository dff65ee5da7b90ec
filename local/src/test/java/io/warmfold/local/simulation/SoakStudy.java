package io.warmfold.local.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.sagemaker.SageMakerSettings;
import io.warmfold.local.simulation.Objective.Answer;
import io.warmfold.study.RaceType;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * A small study by seed: its document, its account, its conditions and what goes wrong.
 *
 * @param account the account that it runs in
 * @param failing the share of trials that fail
 * @param uneven whether the objective says itself how long a training takes, and differently by
 *     trial and fold
 */
record SoakStudy(
    ObjectNode document, Conditions conditions, Account account, double failing, boolean uneven) {

  /**
   * What differs from an account without limits.
   *
   * @param jobs how many instances may train at once
   * @param pools how many instances may wait warm
   * @param poolDelay seconds until a pool can be seen
   */
  record Account(int jobs, int pools, int poolDelay, boolean poolsOutliveFailure) {

    UnaryOperator<SageMakerSettings> settings() {
      return plain ->
          new SageMakerSettings(
              plain.account(),
              plain.region(),
              jobs,
              pools,
              poolsOutliveFailure,
              Duration.ofSeconds(poolDelay),
              plain.callsPerSecond(),
              plain.random());
    }
  }

  static SoakStudy of(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ObjectNode document = document(random);
    Conditions conditions = conditions(seed, random);
    double failing = random.nextInt(4) == 0 ? random.nextDouble() * 0.3 : 0;
    // What was added later draws later, so that a seed's study stays as alike as it can.
    SplittableRandom more = random.split();
    limits(document, conditions, more);
    return new SoakStudy(
        document, conditions, account(document, more), failing, more.nextInt(4) == 0);
  }

  /** Whether a trial that has begun may be left as it is. */
  boolean mayEndEarly() {
    return mayEndWithoutBest()
        || document.at("/HyperParameterTuningJobConfig/TuningJobCompletionCriteria").size() > 0;
  }

  /** Whether the document may end a study before a trial is complete. */
  boolean mayEndWithoutBest() {
    var limits = document.at("/HyperParameterTuningJobConfig/ResourceLimits");
    return limits.has("MaxRuntimeInSeconds") || limits.has("MaxCost");
  }

  private static ObjectNode document(SplittableRandom random) {
    int folds = 2 + random.nextInt(4);
    ObjectNode document = Study.document(1 + random.nextInt(12), folds, 1 + random.nextInt(8));
    document
        .withObject("/CrossValidation")
        .put("ParallelFolds", 1 + random.nextInt(folds))
        .withObject("/Race")
        .put("Type", RaceType.SUPPORTED.get(random.nextInt(RaceType.SUPPORTED.size())).label());
    ObjectNode tuning = document.withObject("/HyperParameterTuningJobConfig");
    tuning.put("Strategy", random.nextInt(3) == 0 ? "Bayesian" : "Random");
    if (random.nextBoolean()) {
      tuning.withObject("/HyperParameterTuningJobObjective").put("Type", "Maximize");
    }
    if (random.nextInt(6) == 0) {
      tuning.withObject("/ResourceLimits").put("MaxRuntimeInSeconds", 600 + random.nextInt(3_000));
    }
    document
        .withObject("/TrainingJobDefinition/ResourceConfig")
        .put("KeepAlivePeriodInSeconds", new int[] {60, 300, 600, 3_600}[random.nextInt(4)]);
    return document;
  }

  private static Conditions conditions(int seed, SplittableRandom random) {
    return new Conditions(
        seed,
        random.nextInt(300),
        random.nextInt(40),
        1 + random.nextInt(300),
        random.nextInt(2) * random.nextDouble(),
        random.nextInt(3) * random.nextDouble() * 5,
        random.nextInt(3) == 0 ? random.nextDouble() * 0.3 : 0,
        random.nextInt(3) == 0 ? random.nextDouble() * 0.4 : 0,
        random.nextInt(3) == 0 ? 0.1 + random.nextDouble() : 10);
  }

  private static void limits(ObjectNode document, Conditions conditions, SplittableRandom random) {
    ObjectNode tuning = document.withObject("/HyperParameterTuningJobConfig");
    ObjectNode limits = tuning.withObject("/ResourceLimits");
    if (random.nextInt(4) == 0) {
      // More trials and slots than the others have: the race stops and resumes some.
      limits.put("MaxNumberOfTrainingJobs", 15 + random.nextInt(25));
      limits.put("MaxParallelTrainingJobs", 4 + random.nextInt(20));
      document.withObject("/CrossValidation").put("Folds", 5 + random.nextInt(3));
    }
    if (random.nextInt(6) == 0) {
      double fold = conditions.warmStart() + conditions.trainingTime();
      limits.put("MaxCost", fold * (1 + random.nextInt(80)) / 3600).put("PricePerInstanceHour", 1);
    }
    ObjectNode criteria = document.objectNode();
    if (random.nextInt(8) == 0) {
      criteria.put("TargetObjectiveMetricValue", random.nextDouble());
    }
    if (random.nextInt(8) == 0) {
      criteria
          .withObject("/BestObjectiveNotImproving")
          .put("MaxNumberOfTrainingJobsNotImproving", 3 + random.nextInt(5));
    }
    if (!criteria.isEmpty()) {
      tuning.set("TuningJobCompletionCriteria", criteria);
    }
    if (random.nextInt(5) == 0) {
      document
          .withObject("/TrainingJobDefinition/ResourceConfig")
          .put("InstanceCount", 2 + random.nextInt(2));
    }
  }

  private static Account account(ObjectNode document, SplittableRandom random) {
    int each = document.at("/TrainingJobDefinition/ResourceConfig/InstanceCount").asInt(1);
    int all = 1_000;
    return new Account(
        random.nextInt(6) == 0 ? each * (1 + random.nextInt(6)) : all,
        random.nextInt(6) == 0 ? random.nextInt(8) : all,
        random.nextInt(3) == 0 ? random.nextInt(15) : 0,
        random.nextBoolean());
  }

  /** The objective with what goes wrong in it. */
  Objective objective(Objective plain) {
    return (values, fold, of) ->
        fold >= 0 && fails(values, of)
            ? new Answer.Failed("made to fail")
            : uneven ? timed(plain, values, fold, of) : plain.answer(values, fold, of);
  }

  private boolean fails(SortedMap<String, String> values, long seed) {
    return failing > 0
        && new SplittableRandom(values.hashCode() ^ (seed << 32)).split().nextDouble() < failing;
  }

  /**
   * A trial of a high rate takes many times as long as one of a low rate, its first fold longest.
   */
  private Answer timed(Objective plain, SortedMap<String, String> values, int fold, long of) {
    double seconds =
        conditions.trainingTime()
            * (0.2 + 8 * Double.parseDouble(values.get("rate")))
            * (fold == 0 ? 1.5 : 1);
    return switch (plain.answer(values, fold, of)) {
      case Answer.Scored scored -> new Answer.Scored(scored.score(), OptionalDouble.of(seconds));
      case Answer.Failed failed -> failed;
    };
  }
}
