package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.Timeline;
import io.warmfold.local.aws.ServiceException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The life of the jobs of one kind: they are created, run by the {@link JobRunner}, stopped,
 * described and listed, and every change of their status is an event.
 */
abstract sealed class Jobs permits TrainingJobs, ProcessingJobs, TransformJobs {

  private static final int LONGEST_REASON = 1024;
  private static final Set<String> LIVE = Set.of("InProgress", "Stopping");

  final Context context;
  final JobKind kind;
  final Store store;
  final Tags tags;
  private final Map<String, Live> running = new HashMap<>();

  /** A job whose end has not been reported. */
  private static final class Live {
    private JobRunner.Run run = () -> {};
    private Timeline.Scheduled timeout = () -> {};
    private boolean timedOut;
  }

  Jobs(Context context, JobKind kind, Tags tags) {
    this.context = context;
    this.kind = kind;
    this.tags = tags;
    this.store = context.store(kind.resource());
  }

  /** The instances that a request asks for. */
  record Demand(String instanceType, int instances) {}

  abstract Demand demand(JsonNode job);

  /** Refuses what the shapes allow and the API does not; makes the job's description complete. */
  abstract void admit(ObjectNode job);

  abstract Optional<ObjectNode> model(ObjectNode job);

  Optional<JobRunner.Instances> warm(ObjectNode job) {
    return Optional.empty();
  }

  /** Instances that wait in warm pools: they count against the quota of jobs too. */
  int waitingBeside(ObjectNode job) {
    return 0;
  }

  /** A change of phase or status has been written into the job; the detail of it follows. */
  void changed(ObjectNode job, String phase, String message) {}

  /** The job's status is final; what it ran on is to be kept or given back. */
  abstract void settle(ObjectNode job, JobRunner.Ended ended, boolean timedOut);

  abstract int longestRun(JsonNode job);

  abstract Listing listing();

  abstract List<String> summaryMembers();

  /** What an event tells of a job beside its name, status and times. */
  abstract List<String> detailMembers();

  /** Fails the jobs that an earlier life of the service left running: their instances are lost. */
  void recover() {
    for (ObjectNode job : List.copyOf(store.all())) {
      if (LIVE.contains(status(job))) {
        running.put(name(job), new Live());
        ended(job, JobRunner.Ended.lost("The instance of the job was lost."));
      }
    }
  }

  ObjectNode create(JsonNode request) {
    String name = request.path(kind.job("Name")).textValue();
    String arn = context.settings().arn(kind.resource() + "/" + name);
    if (store.get(name).isPresent()) {
      throw new ServiceException(
          "ResourceInUse",
          sentence()
              + " names must be unique within an AWS account and region, and a "
              + kind.prose()
              + " with this name already exists ("
              + arn
              + ")");
    }
    ObjectNode job = request.deepCopy();
    job.remove("Tags");
    admit(job);
    spend(job);
    tags.add(arn, request.path("Tags"));
    job.put(kind.job("Arn"), arn);
    job.put(kind.job("Status"), "InProgress");
    job.set("CreationTime", context.now());
    start(name, arn, job);
    ObjectNode answer = job.objectNode();
    answer.put(kind.job("Arn"), arn);
    return answer;
  }

  private void start(String name, String arn, ObjectNode job) {
    Live live = new Live();
    running.put(name, live);
    Optional<JobRunner.Instances> warm = warm(job);
    advance(job, "Starting", "Starting the " + kind.prose());
    live.run =
        context
            .runner()
            .start(
                new JobRunner.Job(kind, name, arn, job.deepCopy(), model(job)),
                warm,
                new JobRunner.Progress() {
                  @Override
                  public void phase(String phase) {
                    Jobs.this.phase(job, live, phase);
                  }

                  @Override
                  public void ended(JobRunner.Ended ended) {
                    Jobs.this.ended(job, ended);
                  }
                });
  }

  private void phase(ObjectNode job, Live live, String phase) {
    if (running.get(name(job)) != live) {
      return;
    }
    if (!job.has(kind.startTime())) {
      job.set(kind.startTime(), context.now());
      live.timeout =
          context
              .timeline()
              .after(
                  Duration.ofSeconds(longestRun(job)),
                  () -> {
                    live.timedOut = true;
                    stopping(job, live);
                  });
    }
    if (status(job).equals("InProgress")) {
      advance(job, phase, message(phase));
    }
  }

  private static String message(String phase) {
    return switch (phase) {
      case "Downloading" -> "Downloading input data";
      case "Training" -> "Training image download completed. Training in progress.";
      case "Uploading" -> "Uploading generated training model";
      default -> phase;
    };
  }

  private void ended(ObjectNode job, JobRunner.Ended ended) {
    Live live = running.remove(name(job));
    if (live == null) {
      ended.instances().ifPresent(JobRunner.Instances::release);
      return;
    }
    live.timeout.cancel();
    String status =
        status(job).equals("Stopping")
            ? "Stopped"
            : ended.failure().isPresent() ? "Failed" : "Completed";
    job.put(kind.job("Status"), status);
    job.set(kind.endTime(), context.now());
    if (status.equals("Failed")) {
      String reason = ended.failure().orElseThrow();
      job.put(
          "FailureReason",
          reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
    }
    settle(job, ended, live.timedOut);
    String phase = live.timedOut && status.equals("Stopped") ? "MaxRuntimeExceeded" : status;
    String message =
        phase.equals("MaxRuntimeExceeded")
            ? "The job's runtime exceeded MaxRuntimeInSeconds provided"
            : sentence() + " " + status.toLowerCase(Locale.ROOT);
    advance(job, phase, message);
  }

  private String sentence() {
    String prose = kind.prose();
    return Character.toUpperCase(prose.charAt(0)) + prose.substring(1);
  }

  void stop(JsonNode request) {
    ObjectNode job = find(request.path(kind.job("Name")).textValue());
    if (!LIVE.contains(status(job))) {
      throw Context.invalid(
          "The request was rejected because the "
              + kind.prose()
              + " is in status "
              + status(job)
              + ".");
    }
    if (status(job).equals("InProgress")) {
      stopping(job, running.get(name(job)));
    }
  }

  private void stopping(ObjectNode job, Live live) {
    if (status(job).equals("InProgress")) {
      job.put(kind.job("Status"), "Stopping");
      advance(job, "Stopping", "Stopping the " + kind.prose());
      live.run.stop();
    }
  }

  ObjectNode describe(JsonNode request) {
    ObjectNode answer = find(request.path(kind.job("Name")).textValue()).deepCopy();
    answer.remove("StoreKey");
    return answer;
  }

  ObjectNode list(JsonNode request) {
    return listing()
        .answer(
            request,
            store.all(),
            job -> matches(request, job),
            job -> {
              ObjectNode summary = job.objectNode();
              summaryMembers().stream()
                  .filter(job::has)
                  .forEach(member -> summary.set(member, job.path(member)));
              return summary;
            });
  }

  /** Whether a list request asks for a job, but for its name and times. */
  boolean matches(JsonNode request, ObjectNode job) {
    return !request.hasNonNull("StatusEquals")
        || status(job).equals(request.path("StatusEquals").textValue());
  }

  ObjectNode find(String name) {
    return store.get(name).orElseThrow(() -> Context.invalid("Requested resource not found."));
  }

  /** Writes a job after a change, and tells everybody. */
  private void advance(ObjectNode job, String phase, String message) {
    job.set("LastModifiedTime", context.now());
    changed(job, phase, message);
    store.put(name(job), job);
    String arn = job.path(kind.job("Arn")).textValue();
    context.emit(
        kind.detailType(), arn, StateChange.detail(kind, job, detailMembers(), tags.byKey(arn)));
  }

  private void spend(ObjectNode job) {
    Demand demand = demand(job);
    int used = waitingBeside(job);
    for (String name : running.keySet()) {
      Demand other = store.get(name).map(this::demand).orElse(new Demand("", 0));
      used += other.instanceType().equals(demand.instanceType()) ? other.instances() : 0;
    }
    int quota = context.settings().jobInstances();
    if (used + (long) demand.instances() > quota) {
      throw new ServiceException(
          "ResourceLimitExceeded",
          "The account-level service limit '"
              + demand.instanceType()
              + " for "
              + kind.prose()
              + " usage' is "
              + quota
              + " Instances, with current utilization of "
              + used
              + " Instances and a request delta of "
              + demand.instances()
              + " Instances. Please use AWS Service Quotas to request an increase for this quota.");
    }
  }

  /** The jobs that are not over. */
  List<ObjectNode> running() {
    return running.keySet().stream().flatMap(name -> store.get(name).stream()).toList();
  }

  String name(ObjectNode job) {
    return job.path(kind.job("Name")).textValue();
  }

  String status(ObjectNode job) {
    return job.path(kind.job("Status")).textValue();
  }
}
