package io.warmfold.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.InstanceQuotas;
import io.warmfold.job.JobKind;
import io.warmfold.job.SageMakerJobs.Which;
import io.warmfold.job.StudyPlace;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.Ledger;
import io.warmfold.ledger.MemoryTable;
import io.warmfold.ledger.Table;
import io.warmfold.study.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** A study on fakes, with a clock that stands still until a test moves it. */
final class TestStudy implements InstantSource {

  static final String EXECUTION = "arn:aws:states:us-east-1:123456789012:execution:warmfold:one";
  static final String OTHER = "arn:aws:states:us-east-1:123456789012:execution:warmfold:two";
  static final String METRIC = "validation:rmse";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  final FakeSageMaker sageMaker = new FakeSageMaker(this);
  final FakeStepFunctions stepFunctions = new FakeStepFunctions();
  final Map<String, String> files = new HashMap<>();
  final List<String> log = Collections.synchronizedList(new ArrayList<>());
  final List<Duration> pauses = new ArrayList<>();
  Runnable atPause = () -> {};
  final Table table;
  final Ledger ledger;
  final Parts parts;
  InstanceQuotas.Answer quotas = new InstanceQuotas.Known(1_000, 1_000);
  final Opening opening;
  final Lane lane;
  final JobStart jobStart;
  final JobEnd jobEnd;
  final Selection selection;
  final Closing closing;
  final Sweep sweep;

  TestStudy() {
    this(new MemoryTable());
  }

  TestStudy(Table table) {
    this.table = table;
    ledger = new Ledger(table, this);
    parts =
        new Parts(
            ledger,
            sageMaker,
            stepFunctions,
            new StudyPlace("bucket", "warmfold", "arn:aws:iam::123456789012:role/training"),
            new MetricsLag(Duration.ofSeconds(150), this::pause),
            this,
            new StudyLog(log::add, this, "test"));
    opening = new Opening(parts, new SplittableRandom(1), type -> quotas);
    lane = new Lane(parts);
    jobStart = new JobStart(parts);
    jobEnd = new JobEnd(parts);
    selection = new Selection(parts);
    closing = new Closing(parts, (key, type, text) -> files.put(key, text));
    sweep = new Sweep(parts, closing);
  }

  @Override
  public Instant instant() {
    return now;
  }

  private void pause(Duration time) {
    pauses.add(time);
    atPause.run();
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  static ObjectNode document() {
    try {
      return (ObjectNode)
          MAPPER.readTree(
              """
              { "StudyName": "test",
                "Data": { "S3Uri": "s3://data/rows.csv" },
                "CrossValidation": { "Folds": 2, "Race": { "Type": "None" } },
                "HyperParameterTuningJobConfig": {
                  "Strategy": "Random",
                  "HyperParameterTuningJobObjective": { "Type": "Minimize", "MetricName": "validation:rmse" },
                  "ResourceLimits": { "MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2, "MaxFailedTrials": 1 },
                  "ParameterRanges": { "ContinuousParameterRanges": [ { "Name": "eta", "MinValue": "0.1", "MaxValue": "0.5" } ] } },
                "TrainingJobDefinition": {
                  "AlgorithmSpecification": { "TrainingImage": "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1", "TrainingInputMode": "File" },
                  "StaticHyperParameters": { "objective": "reg:squarederror", "num_round": "10" },
                  "ResourceConfig": { "InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10 } } }
              """);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Opens a study and seals its data. */
  String open(JsonNode document) {
    String key = opening.open(document, EXECUTION).path("Key").textValue();
    stepFunctions.running.add(EXECUTION);
    ledger.seal(key, JsonNodeFactory.instance.objectNode());
    return key;
  }

  String open() {
    return open(document());
  }

  /** The jobs whose warm instances wait for another. */
  List<String> available(String key) {
    return sageMaker.list(key, Which.WARM).stream().map(listed -> listed.name()).toList();
  }

  /** Runs all trials, selects one, and trains it on all the data. */
  void finish(String key) {
    runAll(key, eta -> eta);
    selection.select(key, EXECUTION, 0);
    start(key, JobKind.FINAL, "final");
    String name = "warmfold-test-" + key + "-final-a1";
    sageMaker.complete(name, Map.of());
    jobEnd.handle(key, name);
  }

  ObjectNode next(String key, int lane, int turn) {
    return this.lane.next(turn(key, lane, turn));
  }

  static Lane.Request turn(String key, int lane, int turn) {
    return new Lane.Request(key, EXECUTION, 0, lane, turn, Optional.empty(), Optional.empty());
  }

  void start(String key, int trial, int fold, String token) {
    jobStart.start(
        new JobStart.Request(
            key, EXECUTION, JobKind.FOLD, OptionalInt.of(trial), OptionalInt.of(fold), token));
  }

  void start(String key, JobKind kind, String token) {
    jobStart.start(
        new JobStart.Request(
            key, EXECUTION, kind, OptionalInt.empty(), OptionalInt.empty(), token));
  }

  static String job(String key, int trial, int fold, int attempt) {
    return "warmfold-test-%s-t%04d-f%d-a%d".formatted(key, trial, fold, attempt);
  }

  void complete(String key, int trial, int fold, double score) {
    String name = job(key, trial, fold, 1);
    sageMaker.complete(name, Map.of(METRIC, score));
    jobEnd.handle(key, name);
  }

  Trial trial(String key, int number) {
    return ledger.trials().find(key, number).orElseThrow();
  }

  JobRow row(String key, String name) {
    return ledger.jobs().find(key, name).orElseThrow();
  }

  /** Runs every fold that the lanes ask for, until they are done. */
  void runAll(String key, java.util.function.DoubleUnaryOperator score) {
    int turn = 100;
    for (ObjectNode next = next(key, 0, turn);
        next.path("Action").textValue().equals("Run");
        next = next(key, 0, ++turn)) {
      int trial = next.path("Trial").intValue();
      int fold = next.path("Fold").intValue();
      start(key, trial, fold, "token-" + trial + "-" + fold);
      complete(
          key,
          trial,
          fold,
          score.applyAsDouble(Double.parseDouble(trial(key, trial).hyperParameters().get("eta")))
              + fold);
    }
  }
}
