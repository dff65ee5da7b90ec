package io.warmfold.local.simulation;

import io.warmfold.job.JobName;
import io.warmfold.local.Timeline;
import io.warmfold.local.aws.S3Folder;
import io.warmfold.local.sagemaker.JobKind;
import io.warmfold.local.sagemaker.JobRunner;
import io.warmfold.local.simulation.Meter.Item;
import io.warmfold.local.simulation.Objective.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * Jobs that take their time on the virtual clock and do nothing: a training job comes to what the
 * objective says, the other kinds complete.
 */
final class SimulatedRunner implements JobRunner {

  /** What an instance needs to end a container that is told to. */
  private static final Duration STOPPING = Duration.ofSeconds(10);

  /**
   * What the jobs are like.
   *
   * @param metric what training jobs report
   * @param prefix of the names of jobs
   */
  record Model(
      Conditions conditions, Objective objective, String metric, Supplier<String> prefix) {}

  private final Timeline timeline;
  private final S3Folder objects;
  private final Model model;
  private final JobTimes times;
  private final Watch watch;
  private final Meter meter;
  private final Instant begun;

  SimulatedRunner(Timeline timeline, S3Folder objects, Model model, Watch watch, Meter meter) {
    this.timeline = timeline;
    this.objects = objects;
    this.model = model;
    this.times = new JobTimes(model.conditions());
    this.watch = watch;
    this.meter = meter;
    this.begun = timeline.instant();
  }

  private double now() {
    return Duration.between(begun, timeline.instant()).toMillis() / 1000.0;
  }

  private static Duration millis(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  @Override
  public Run start(Job job, Optional<Instances> warm, Progress progress) {
    if (job.kind() != JobKind.TRAINING) {
      return new Other(progress);
    }
    Training training = new Training(job, warm.map(Cluster.class::cast), progress);
    training.begin();
    return training;
  }

  @Override
  public void throttled(String operation) {
    if (operation.equals("CreateTrainingJob")) {
      watch.refused(now());
    }
  }

  /** Instances under one job after another. */
  private final class Cluster implements Instances {
    private final int count;
    private boolean alive = true;
    private Meter.Span idle;

    Cluster(int count) {
      this.count = count;
    }

    @Override
    public boolean alive() {
      return alive;
    }

    void waits(String job) {
      idle = meter.begin(Item.WARM_IDLE, count, now());
      watch.waits(now(), this, job);
    }

    void works() {
      if (idle != null) {
        idle.end(now());
      }
    }

    @Override
    public void release() {
      if (alive) {
        alive = false;
        works();
        watch.released(now(), this);
      }
    }
  }

  /** A training job. */
  private final class Training implements Run {
    private final Job job;
    private final Optional<Cluster> warm;
    private final Progress progress;
    private final SortedMap<String, String> hyperParameters = new TreeMap<>();
    private final Optional<Watch.Fold> fold;
    private Cluster cluster;
    private Timeline.Scheduled next = () -> {};
    private Meter.Span billed;
    private boolean over;

    Training(Job job, Optional<Cluster> warm, Progress progress) {
      this.job = job;
      this.warm = warm;
      this.progress = progress;
      job.request()
          .path("HyperParameters")
          .properties()
          .forEach(one -> hyperParameters.put(one.getKey(), one.getValue().asText()));
      this.fold =
          JobName.parse(model.prefix().get(), job.name())
              .filter(name -> name.trial().isPresent())
              .map(name -> new Watch.Fold(name.trial().getAsInt(), name.fold().orElseThrow()));
    }

    void begin() {
      watch.started(now(), job.name(), warm.map(Object.class::cast));
      fold.ifPresent(which -> watch.startedFold(now(), job.name(), which));
      warm.ifPresent(Cluster::works);
      StartUp startUp = StartUp.of(model.conditions(), warm.isPresent());
      next =
          timeline.after(
              millis(startUp.provisioning()),
              () -> {
                if (warm.isEmpty() && wantsCapacity()) {
                  end(
                      Optional.of(
                          "CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type."),
                      Map.of());
                } else {
                  prepare(startUp.preparation());
                }
              });
    }

    /** By the job's name, so that it is the same whatever else happens. */
    private boolean wantsCapacity() {
      double share = model.conditions().capacityFailures();
      if (share == 0) {
        return false;
      }
      CRC32C sum = new CRC32C();
      sum.update(job.name().getBytes(StandardCharsets.UTF_8));
      var random = new SplittableRandom(model.conditions().seed() ^ (sum.getValue() << 20));
      return random.split().nextDouble() < share;
    }

    private void prepare(double seconds) {
      cluster =
          warm.orElseGet(
              () -> new Cluster(job.request().at("/ResourceConfig/InstanceCount").asInt(1)));
      billed = meter.begin(Item.START_UP, cluster.count, now());
      progress.phase("Downloading");
      next = timeline.after(millis(seconds), this::train);
    }

    private void train() {
      billed.end(now());
      billed = meter.begin(Item.TRAINING, cluster.count, now());
      progress.phase("Training");
      int shard = fold.map(Watch.Fold::fold).orElse(-1);
      Answer answer = model.objective().answer(hyperParameters, shard, model.conditions().seed());
      double seconds = times.training(answer, hyperParameters, shard);
      next =
          timeline.after(
              millis(seconds),
              () -> {
                switch (answer) {
                  case Answer.Scored(double score, var given) -> {
                    progress.phase("Uploading");
                    if (fold.isEmpty()) {
                      upload();
                    }
                    fold.ifPresent(which -> watch.completedFold(now(), job.name(), which));
                    end(Optional.empty(), Map.of(model.metric(), (float) score));
                  }
                  case Answer.Failed(String reason) ->
                      end(Optional.of("AlgorithmError: " + reason), Map.of());
                }
              });
    }

    /** The archive of the final model, for whoever looks whether there is one; it is empty. */
    private void upload() {
      String output = job.request().at("/ModelArtifacts/S3ModelArtifacts").asText();
      try {
        Path file = objects.file(output);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[0]);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void end(Optional<String> failure, Map<String, Float> metrics) {
      over = true;
      watch.ended(job.name());
      if (billed != null) {
        billed.end(now());
      }
      if (cluster != null) {
        cluster.waits(job.name());
      }
      progress.ended(new Ended(failure, Optional.empty(), metrics, Optional.ofNullable(cluster)));
    }

    @Override
    public void stop() {
      if (!over) {
        next.cancel();
        // New instances that are not there yet are not waited for.
        next =
            timeline.after(
                cluster == null ? Duration.ZERO : STOPPING, () -> end(Optional.empty(), Map.of()));
      }
    }
  }

  /** A processing or transform job. */
  private final class Other implements Run {
    private final Progress progress;
    private Timeline.Scheduled next;

    Other(Progress progress) {
      this.progress = progress;
      StartUp startUp = StartUp.of(model.conditions(), false);
      next =
          timeline.after(
              millis(startUp.total()),
              () -> {
                progress.phase("Training");
                next = timeline.after(millis(model.conditions().trainingTime()), this::end);
              });
    }

    private void end() {
      progress.ended(new Ended(Optional.empty(), Optional.empty(), Map.of(), Optional.empty()));
    }

    @Override
    public void stop() {
      next.cancel();
      next = timeline.after(STOPPING, this::end);
    }
  }
}
