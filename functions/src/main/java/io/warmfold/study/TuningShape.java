package io.warmfold.study;

import static io.warmfold.study.ObjectShape.object;
import static io.warmfold.study.Shapes.line;
import static io.warmfold.study.Shapes.list;
import static io.warmfold.study.Shapes.whole;

import io.warmfold.space.Scaling;
import java.util.List;

/** The shape of {@code HyperParameterTuningJobConfig}. */
final class TuningShape {

  private static final Leaf.Text NAME = line(1, 256, "the name of a hyperparameter");

  private static final Leaf.Loose BOUND =
      new Leaf.Loose(
          new Leaf.Text(
              1,
              256,
              "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?",
              "a number, or a number as text"),
          false);

  private static ObjectShape numeric(String kind, List<Scaling> scalings) {
    return object("an object with Name, MinValue and MaxValue")
        .required("Name", NAME, "Name of the hyperparameter.")
        .required("MinValue", BOUND, "The smallest " + kind + ", as text or as a number.")
        .required("MaxValue", BOUND, "The largest " + kind + ", as text or as a number.")
        .optional(
            "ScalingType",
            Leaf.Choice.of(scalings.stream().map(Scaling::label).toArray(String[]::new)),
            "Scale of the search. Logarithmic needs MinValue above 0"
                + (scalings.contains(Scaling.REVERSE_LOGARITHMIC)
                    ? ", ReverseLogarithmic a range from 0 to below 1"
                    : "")
                + ". Auto: Logarithmic if the range is positive and spans two orders of magnitude, otherwise Linear.",
            Scaling.AUTO.label())
        .build();
  }

  private static final ObjectShape CATEGORICAL =
      object("an object with Name and Values")
          .required("Name", NAME, "Name of the hyperparameter.")
          .required(
              "Values",
              list(new Leaf.Loose(line(0, 256, "a value"), true), 1, 30),
              "The values to choose from, 1 to 30, without an order.")
          .build();

  private static final ObjectShape RANGES =
      object("an object with lists of ranges")
          .optional(
              "ContinuousParameterRanges",
              list(numeric("value", List.of(Scaling.values())), 0, 30),
              "Hyperparameters that are real numbers.")
          .optional(
              "IntegerParameterRanges",
              list(numeric("whole number", Scaling.ofIntegers()), 0, 30),
              "Hyperparameters that are whole numbers.")
          .optional(
              "CategoricalParameterRanges",
              list(CATEGORICAL, 0, 30),
              "Hyperparameters with values that have no order.")
          .refuse(
              "AutoParameters",
              "give a range in ContinuousParameterRanges, IntegerParameterRanges or CategoricalParameterRanges")
          .build();

  private static final ObjectShape OBJECTIVE =
      object("an object with Type and MetricName")
          .required(
              "Type",
              Leaf.Choice.of("Minimize", "Maximize"),
              "Whether a smaller or a larger score is better.")
          .required(
              "MetricName",
              line(1, 255, "the name of a metric"),
              "The score of a fold: the last value of this metric. For the built-in XGBoost validation:<metric>, otherwise a name of MetricDefinitions.")
          .build();

  private static final ObjectShape LIMITS =
      object("an object with MaxNumberOfTrainingJobs and MaxParallelTrainingJobs")
          .optional(
              "MaxNumberOfTrainingJobs",
              whole(1, 10_000, "trials"),
              "How many trials at most. This counts trials, that is combinations of hyperparameters: each is up to Folds training jobs. Default: 20; with Strategy Grid the size of the grid.")
          .optional(
              "MaxParallelTrainingJobs",
              whole(1, 1000, "jobs at once"),
              "How many training jobs run at once: the slots, each one warm instance (or cluster). Your quotas of the instance type for training jobs and for training warm pools should both allow as many.",
              2)
          .optional(
              "MaxRuntimeInSeconds",
              whole(120, 15_768_000, "seconds"),
              "The time of the study, in seconds, from when its first execution began; what passes while it is interrupted counts. No fold starts whose trial, and after it the final training, could not be over by then, as far as the folds so far tell. Default: no limit.")
          .optional(
              "MaxCost",
              new Leaf.Real(0.0, null),
              "What the training jobs of the study may cost, with start-up and with what waits warm, in the currency of PricePerInstanceHour, which it needs. No fold starts whose trial, and after it the final training, could not be paid for, as far as the folds so far tell. Default: no limit.")
          .optional(
              "PricePerInstanceHour",
              new Leaf.Real(0.0, null),
              "What an hour of one training instance costs you; the same is reckoned for an instance that is kept warm. Goes with MaxCost only. Default: no price.")
          .optional(
              "MaxFailedTrials",
              whole(0, 10_000, "trials"),
              "The study fails when more trials than this have failed. Default: a tenth of MaxNumberOfTrainingJobs, but at least 3.")
          .build();

  private static final ObjectShape CRITERIA =
      object("an object with TargetObjectiveMetricValue and the like")
          .optional(
              "TargetObjectiveMetricValue",
              new Leaf.Real(null, null),
              "No fold starts after a trial has reached this CV score; trials that have begun are left unfinished. Default: no target.")
          .optional(
              "BestObjectiveNotImproving",
              object("an object with MaxNumberOfTrainingJobsNotImproving")
                  .required(
                      "MaxNumberOfTrainingJobsNotImproving",
                      whole(1, 10_000, "trials"),
                      "No trial starts after this many trials in a row have not beaten the best one before them; those that failed or that the race stopped count. Trials that have begun are finished.")
                  .build(),
              "When the best score no longer improves. Default: not watched.")
          .optional(
              "ConvergenceDetected",
              object("an object with CompleteOnConvergence")
                  .required(
                      "CompleteOnConvergence",
                      Leaf.Choice.of(TuningConfig.ENABLED, "Disabled"),
                      "Enabled: no trial starts once the model has expected, three times in a row, an improvement of less than a tenth of the standard error of a CV score. Trials that have begun are finished. Needs Strategy Bayesian.")
                  .build(),
              "When the model expects no improvement any more. Default: not watched.")
          .build();

  static final ObjectShape CONFIG =
      object("an object that says what is tuned")
          .optional(
              "Strategy",
              Leaf.Choice.of(StrategyType.SUPPORTED, List.of(StrategyType.values())),
              "How the next combination is found. " + Named.meanings(StrategyType.SUPPORTED),
              StrategyType.SUPPORTED.getFirst().label())
          .required("HyperParameterTuningJobObjective", OBJECTIVE, "The metric that is optimised.")
          .complete("ResourceLimits", LIMITS, "The budget.")
          .required("ParameterRanges", RANGES, "What is tuned: 1 to 30 hyperparameters in all.")
          .optional(
              "TuningJobCompletionCriteria",
              CRITERIA,
              "When the study ends before its budget. Default: never.")
          .optional(
              "SeedTrials",
              list(new MapShape(NAME, new Leaf.Loose(line(0, 256, "a value"), true), 30), 0, 1000),
              "Combinations that are tried first, in this order, with any Strategy: each an object of tuned hyperparameters and their values. One that leaves hyperparameters out gets the middle of their ranges. Default: none.")
          .optional("RandomSeed", whole(0, Integer.MAX_VALUE, ""), "Seed of the search.", 0)
          .refuse("StrategyConfig", "Hyperband is not built")
          .refuse("TrainingJobEarlyStoppingType", "trials are stopped by /CrossValidation/Race")
          .build();

  static final ObjectShape WARM_START =
      object("an object with ParentHyperParameterTuningJobs and WarmStartType")
          .required(
              "ParentHyperParameterTuningJobs",
              list(
                  object("an object with HyperParameterTuningJobName")
                      .required(
                          "HyperParameterTuningJobName",
                          new Leaf.Text(
                              1, 63, Shapes.NAME_PATTERN, "the StudyName of an earlier study"),
                          "StudyName of an earlier study in the same installation, which has ended; the newest of that name is meant.")
                      .build(),
                  1,
                  5),
              "The earlier studies, 1 to 5.")
          .required(
              "WarmStartType",
              Leaf.Choice.of(WarmStartType.ALL, WarmStartType.ALL),
              "How far they are believed. "
                  + Named.meanings(WarmStartType.ALL)
                  + " Either way the objective metric is the same, and what is tuned here was a hyperparameter of the same kind there, tuned or static.")
          .build();

  private TuningShape() {}
}
