package io.warmfold.local.sagemaker.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.warmfold.local.Timeline;
import io.warmfold.local.aws.S3Folder;
import io.warmfold.local.sagemaker.Images;
import io.warmfold.local.sagemaker.JobKind;
import io.warmfold.local.sagemaker.JobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs jobs on processes of this machine, in real time: the timeline has to be a real one.
 *
 * <p>A job's container finds its {@code /opt/ml} in {@code work/jobs/<job>}, which {@code
 * SAGEMAKER_BASE_DIR} names; its log is {@code work/logs/<job>.log}.
 */
public final class LocalJobRunner implements JobRunner {

  private final Timeline timeline;
  private final S3Folder objects;
  private final Path work;
  private final Images images;
  private final int threads;
  private final Set<WorkerProcess> workers = ConcurrentHashMap.newKeySet();

  /**
   * Makes a runner without instances.
   *
   * @param work the folder for the jobs' folders and logs
   * @param threads how many threads a training of the built-in algorithm uses when its job does not
   *     say; 0 for all cores
   */
  public LocalJobRunner(
      Timeline timeline, S3Folder objects, Path work, Images images, int threads) {
    this.timeline = timeline;
    this.objects = objects;
    this.work = work.toAbsolutePath();
    this.images = images;
    this.threads = threads;
  }

  /** One job on its way, which may be stopped before it has its instance. */
  private final class LocalRun implements Run {
    private final Order order;
    private final Progress progress;
    private WorkerProcess worker;
    private boolean stopped;

    LocalRun(Order order, Progress progress) {
      this.order = order;
      this.progress = progress;
    }

    /** Does the job, away from the timeline's thread. */
    Ended carryOut(Optional<Instances> warm) throws IOException {
      WorkerProcess instance = warm.isPresent() ? (WorkerProcess) warm.get() : launch();
      try {
        return begins(instance)
            ? ended(instance.await(this::report), instance)
            : ended(MissingNode.getInstance(), instance);
      } catch (IOException e) {
        workers.remove(instance);
        instance.kill();
        throw e;
      }
    }

    private void report(String phase) {
      timeline.call(
          () -> {
            progress.phase(phase);
            return null;
          });
    }

    /** Begins the job unless it is to stop already; a stop that comes later finds it begun. */
    private synchronized boolean begins(WorkerProcess instance) throws IOException {
      if (!stopped) {
        instance.begin(order);
        worker = instance;
      }
      return !stopped;
    }

    @Override
    public synchronized void stop() {
      stopped = true;
      if (worker != null) {
        worker.stop();
      }
    }
  }

  @Override
  public Run start(Job job, Optional<Instances> warm, Progress progress) {
    String image = image(job);
    Optional<String> command = Images.builtIn(image) ? Optional.empty() : images.command(image);
    if (command.isEmpty() && !Images.builtIn(image) && !needsNoImage(job)) {
      timeline.offload(() -> null, (nothing, thrown) -> progress.ended(unknown(image, warm)));
      return () -> {};
    }
    Order order =
        new Order(
            job.kind(),
            job.name(),
            job.arn(),
            job.request(),
            job.model().map(JsonNode.class::cast).orElse(MissingNode.getInstance()),
            work.resolve("jobs").resolve(job.name()),
            work.resolve("logs").resolve(job.name() + ".log"),
            new S3Folder(objects.root().toAbsolutePath()),
            command,
            threads);
    LocalRun run = new LocalRun(order, progress);
    timeline.offload(
        () -> run.carryOut(warm),
        (ended, thrown) ->
            progress.ended(
                thrown == null
                    ? ended
                    : Ended.lost("The instance of the job was lost: " + thrown.getMessage())));
    return run;
  }

  private static String image(Job job) {
    return switch (job.kind()) {
      case TRAINING -> job.request().path("AlgorithmSpecification").path("TrainingImage").asText();
      case PROCESSING -> job.request().path("AppSpecification").path("ImageUri").asText();
      case TRANSFORM -> job.model().orElseThrow().path("Containers").path(0).path("Image").asText();
    };
  }

  /** A processing job that names its entry point runs with what this machine has. */
  private static boolean needsNoImage(Job job) {
    return job.kind() == JobKind.PROCESSING
        && !job.request().path("AppSpecification").path("ContainerEntrypoint").isEmpty();
  }

  private static Ended unknown(String image, Optional<Instances> warm) {
    return new Ended(
        Optional.of(
            "ClientError: There is no image "
                + image
                + " on this machine. Map it to a command: --image "
                + image
                + "='command'"),
        Optional.empty(),
        Map.of(),
        warm);
  }

  private WorkerProcess launch() throws IOException {
    Path logs = work.resolve("logs");
    Files.createDirectories(logs);
    WorkerProcess worker = new WorkerProcess(logs.resolve("instances.log"));
    workers.removeIf(known -> !known.alive());
    workers.add(worker);
    return worker;
  }

  private static Ended ended(JsonNode said, WorkerProcess worker) {
    Map<String, Float> metrics = new HashMap<>();
    said.path("metrics")
        .properties()
        .forEach(metric -> metrics.put(metric.getKey(), metric.getValue().floatValue()));
    return new Ended(
        Optional.ofNullable(said.path("failure").textValue()),
        Optional.ofNullable(said.path("exitMessage").textValue()),
        metrics,
        Optional.of(worker));
  }

  /** Ends every instance; its container, if one runs, is killed. */
  @Override
  public void close() {
    workers.forEach(WorkerProcess::release);
  }
}
