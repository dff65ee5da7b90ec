package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobDescription;
import io.warmfold.job.JobDescription.WarmPool;
import io.warmfold.job.JobKind;
import io.warmfold.job.SageMakerJobs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** SageMaker without training: jobs run until a test says how they end. */
final class FakeSageMaker implements SageMakerJobs {

  private final InstantSource clock;
  private final Map<String, JobDescription> jobs = new TreeMap<>();
  private final Map<String, ObjectNode> requests = new HashMap<>();
  private final Set<String> models = new HashSet<>();
  private RuntimeException nextCreate;
  private Optional<String> poolOfTheNext = Optional.of("Available");
  private Runnable whileCreating = () -> {};
  int looks;
  final List<Which> listed = new ArrayList<>();

  FakeSageMaker(InstantSource clock) {
    this.clock = clock;
  }

  /** The next job that is asked for is refused like this. */
  void refuseNext(RuntimeException error) {
    nextCreate = error;
  }

  /** What the pools of jobs that end from now on show; empty for nothing. */
  void showPools(Optional<String> status) {
    poolOfTheNext = status;
  }

  /** Changes what a job's pool shows. */
  void pool(String name, String status) {
    jobs.put(name, with(jobs.get(name), Optional.of(new WarmPool(status, Optional.empty(), 0))));
  }

  private static JobDescription with(JobDescription job, Optional<WarmPool> pool) {
    return new JobDescription(
        job.name(),
        job.status(),
        job.secondaryStatus(),
        job.failureReason(),
        job.created(),
        job.started(),
        job.ended(),
        job.billableSeconds(),
        job.metrics(),
        job.artifacts(),
        job.hyperParameters(),
        pool);
  }

  /** Something that happens while the next job is being created. */
  void whileCreating(Runnable action) {
    whileCreating = action;
  }

  Set<String> names() {
    return Set.copyOf(jobs.keySet());
  }

  ObjectNode request(String name) {
    return requests.get(name);
  }

  Set<String> models() {
    return models;
  }

  void complete(String name, Map<String, Double> metrics) {
    end(name, "Completed", "Completed", null, metrics);
  }

  void fail(String name, String reason) {
    end(name, "Failed", "Failed", reason, Map.of());
  }

  void stopped(String name, String secondaryStatus) {
    end(name, "Stopped", secondaryStatus, null, Map.of());
  }

  private void end(
      String name, String status, String secondary, String reason, Map<String, Double> metrics) {
    Instant now = clock.instant();
    boolean warm = requests.get(name).path("ResourceConfig").has("KeepAlivePeriodInSeconds");
    jobs.put(
        name,
        new JobDescription(
            name,
            status,
            secondary,
            Optional.ofNullable(reason),
            jobs.get(name).created(),
            Optional.of(jobs.get(name).created()),
            Optional.of(now),
            60,
            metrics,
            status.equals("Completed")
                ? Optional.of("s3://bucket/models/" + name + "/output/model.tar.gz")
                : Optional.empty(),
            jobs.get(name).hyperParameters(),
            poolOfTheNext
                .filter(shown -> warm)
                .map(shown -> new WarmPool(shown, Optional.empty(), 0))));
  }

  @Override
  public boolean create(JobKind kind, ObjectNode request) {
    String name =
        request
            .path(
                switch (kind) {
                  case FOLD, FINAL -> "TrainingJobName";
                  case PROCESSING -> "ProcessingJobName";
                  case TRANSFORM -> "TransformJobName";
                })
            .textValue();
    if (nextCreate != null) {
      RuntimeException error = nextCreate;
      nextCreate = null;
      throw error;
    }
    if (jobs.containsKey(name)) {
      return false;
    }
    Map<String, String> values = new HashMap<>();
    request
        .path("HyperParameters")
        .properties()
        .forEach(value -> values.put(value.getKey(), value.getValue().textValue()));
    requests.put(name, request);
    jobs.put(
        name,
        new JobDescription(
            name,
            "InProgress",
            "Training",
            Optional.empty(),
            clock.instant(),
            Optional.empty(),
            Optional.empty(),
            0,
            Map.of(),
            Optional.empty(),
            values,
            Optional.empty()));
    whileCreating.run();
    return true;
  }

  @Override
  public Optional<JobDescription> describe(JobKind kind, String name) {
    looks++;
    return Optional.ofNullable(jobs.get(name));
  }

  @Override
  public void stop(JobKind kind, String name) {
    if (jobs.containsKey(name) && !jobs.get(name).terminal()) {
      stopped(name, "Stopped");
    }
  }

  @Override
  public boolean releasePool(String name) {
    JobDescription job = jobs.get(name);
    if (job == null || job.pool().filter(WarmPool::available).isEmpty()) {
      return false;
    }
    jobs.put(name, with(job, Optional.of(new WarmPool("Terminated", Optional.empty(), 7))));
    return true;
  }

  @Override
  public List<Listed> list(String nameContains, Which which) {
    listed.add(which);
    return jobs.values().stream()
        .filter(job -> job.name().contains(nameContains))
        .filter(
            job ->
                which.poolStatus().isEmpty()
                    || job.pool().map(WarmPool::status).equals(which.poolStatus()))
        .filter(job -> which.status().isEmpty() || job.status().equals(which.status().get()))
        .filter(
            job ->
                which.createdAfter().isEmpty()
                    || !job.created().isBefore(which.createdAfter().get()))
        .map(job -> new Listed(job.name(), job.status(), job.ended(), job.pool()))
        .toList();
  }

  @Override
  public void createModel(ObjectNode request) {
    models.add(request.path("ModelName").textValue());
  }

  @Override
  public void deleteModel(String name) {
    models.remove(name);
  }
}
