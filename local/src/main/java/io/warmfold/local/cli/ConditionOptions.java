package io.warmfold.local.cli;

import io.warmfold.local.simulation.Conditions;
import picocli.CommandLine.Option;

/** The options that say what a simulated SageMaker is like. */
final class ConditionOptions {

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides everything that chance does (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--cold-start",
      paramLabel = "SECONDS",
      defaultValue = "180",
      description =
          "From a job's creation to its training on new instances (default: ${DEFAULT-VALUE}).")
  private double coldStart;

  @Option(
      names = "--warm-start",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "The same on instances of a warm pool (default: ${DEFAULT-VALUE}).")
  private double warmStart;

  @Option(
      names = "--training-time",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description =
          "The median time of a training whose objective names none (default: ${DEFAULT-VALUE}).")
  private double trainingTime;

  @Option(
      names = "--training-spread",
      paramLabel = "S",
      defaultValue = "0",
      description =
          "The standard deviation of the training time's logarithm (default: ${DEFAULT-VALUE}).")
  private double trainingSpread;

  @Option(
      names = "--event-delay",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "How long an event of a job takes to arrive (default: ${DEFAULT-VALUE}).")
  private double eventDelay;

  @Option(
      names = "--event-loss",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "The share of a job's events that never arrive (default: ${DEFAULT-VALUE}).")
  private double eventLoss;

  @Option(
      names = "--capacity-failures",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "The share of cold starts that fail for want of capacity (default: ${DEFAULT-VALUE}).")
  private double capacityFailures;

  @Option(
      names = "--create-rate",
      paramLabel = "CALLS",
      defaultValue = "10",
      description =
          "How many CreateTrainingJob calls a second are not throttled (default:"
              + " ${DEFAULT-VALUE}).")
  private double createRate;

  /**
   * The conditions.
   *
   * @throws WrongInputException if a value is out of its range
   */
  Conditions conditions() {
    time("--cold-start", coldStart);
    time("--warm-start", warmStart);
    time("--training-time", trainingTime);
    time("--event-delay", eventDelay);
    number("--training-spread", trainingSpread, 0, 10, "a number from 0 to 10, such as 0.3");
    share("--event-loss", eventLoss);
    share("--capacity-failures", capacityFailures);
    if (!(createRate > 0 && createRate <= 1e6)) {
      throw wrong("--create-rate", createRate, "calls a second, above 0 and at most a million");
    }
    return new Conditions(
        seed,
        coldStart,
        warmStart,
        trainingTime,
        trainingSpread,
        eventDelay,
        eventLoss,
        capacityFailures,
        createRate);
  }

  private static void time(String option, double value) {
    number(option, value, 0, 1e6, "seconds from 0 to a million, without a unit, such as 120");
  }

  private static void share(String option, double value) {
    if (!(value >= 0 && value < 1)) {
      throw wrong(option, value, "a share, at least 0 and below 1, such as 0.05");
    }
  }

  private static void number(
      String option, double value, double least, double most, String expected) {
    if (!(value >= least && value <= most)) {
      throw wrong(option, value, expected);
    }
  }

  private static WrongInputException wrong(String option, double value, String expected) {
    return new WrongInputException(option + " " + value + ": expected " + expected);
  }
}
