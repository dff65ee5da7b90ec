package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The managed warm pools, as SageMaker's developer guide has their laws: instances stay after a job
 * that set a keep-alive period, and any following job with an identical key runs on them.
 */
final class WarmPools {

  private static final Duration LONGEST_CHAIN = Duration.ofDays(28);

  private final Context context;
  private final Store jobs;
  private final Supplier<List<ObjectNode>> running;
  private final Map<String, Pool> pools = new LinkedHashMap<>();

  /** Instances that wait for a job; the field is the time when the first job launched them. */
  record Warm(JobRunner.Instances instances, Instant launched) {}

  private static final class Pool {
    private final JsonNode key;
    private final Warm warm;
    private final Instant since;
    private Timeline.Scheduled expiry = () -> {};

    Pool(JsonNode key, Warm warm, Instant since) {
      this.key = key;
      this.warm = warm;
      this.since = since;
    }
  }

  /**
   * Makes the pools of the training jobs in a store; pools of an earlier life are terminated, for
   * their instances are gone.
   *
   * @param running asks for the jobs that are not over
   */
  WarmPools(Context context, Store jobs, Supplier<List<ObjectNode>> running) {
    this.context = context;
    this.jobs = jobs;
    this.running = running;
    for (ObjectNode job : List.copyOf(jobs.all())) {
      if ("Available".equals(job.path("WarmPoolStatus").path("Status").textValue())) {
        status(job, "Terminated");
      }
    }
  }

  /** Takes a pool for a job, if there is one with its key; its former job's pool is then Reused. */
  Optional<Warm> take(ObjectNode request, String jobName) {
    JsonNode key = key(request);
    for (var entry : List.copyOf(pools.entrySet())) {
      Pool pool = entry.getValue();
      if (!pool.key.equals(key)) {
        continue;
      }
      if (!pool.warm.instances().alive() || tooOld(pool.warm)) {
        end(entry.getKey());
        continue;
      }
      pools.remove(entry.getKey());
      pool.expiry.cancel();
      ObjectNode former = jobs.get(entry.getKey()).orElseThrow();
      status(former, "Reused")
          .put("ReusedByJob", jobName)
          .put("ResourceRetainedBillableTimeInSeconds", retained(pool));
      jobs.put(entry.getKey(), former);
      return Optional.of(pool.warm);
    }
    return Optional.empty();
  }

  /**
   * Keeps the instances of an ended job as its pool, or gives them back: there is no pool, and no
   * error, when the quota is used up.
   */
  void keep(ObjectNode job, Warm warm) {
    String name = job.path("TrainingJobName").textValue();
    int count = instances(job);
    if (used(type(job)) + count > context.settings().warmPoolInstances()
        || tooOld(warm)
        || !warm.instances().alive()) {
      warm.instances().release();
      status(job, "Terminated").put("ResourceRetainedBillableTimeInSeconds", 0);
      return;
    }
    Duration delay = context.settings().poolDelay();
    if (delay.isZero()) {
      open(name, job, warm);
    } else {
      job.remove("WarmPoolStatus");
      context
          .timeline()
          .after(
              delay,
              () -> {
                open(name, job, warm);
                jobs.put(name, job);
              });
    }
  }

  private void open(String name, ObjectNode job, Warm warm) {
    Pool pool = new Pool(key(job), warm, context.timeline().instant());
    pools.put(name, pool);
    status(job, "Available");
    expireAfter(name, pool, keepAlive(job));
  }

  /** Whether a job's pool can be released or its period changed. */
  boolean available(String jobName) {
    return pools.containsKey(jobName);
  }

  /** Changes how long an available pool is kept, counted from the end of its job; 0 ends it. */
  void update(String jobName, int seconds) {
    Pool pool = pools.get(jobName);
    pool.expiry.cancel();
    Duration left =
        Duration.between(
            context.timeline().instant(), pool.since.plus(Duration.ofSeconds(seconds)));
    if (!left.isPositive()) {
      end(jobName);
    } else {
      expireAfter(jobName, pool, left);
    }
  }

  /** Gives back the instances of every pool. */
  void close() {
    List.copyOf(pools.keySet()).forEach(this::end);
  }

  private void expireAfter(String name, Pool pool, Duration period) {
    pool.expiry = context.timeline().after(period, () -> end(name));
  }

  private void end(String name) {
    Pool pool = pools.remove(name);
    if (pool != null) {
      pool.expiry.cancel();
      pool.warm.instances().release();
      ObjectNode job = jobs.get(name).orElseThrow();
      status(job, "Terminated").put("ResourceRetainedBillableTimeInSeconds", retained(pool));
      jobs.put(name, job);
    }
  }

  /** Instances of a type that wait in pools other than the one that a request would take. */
  int waitingBeside(ObjectNode request) {
    JsonNode key = key(request);
    boolean taken = false;
    int waiting = 0;
    for (var entry : pools.entrySet()) {
      if (!taken && entry.getValue().key.equals(key) && entry.getValue().warm.instances().alive()) {
        taken = true;
      } else {
        ObjectNode job = jobs.get(entry.getKey()).orElseThrow();
        waiting += type(job).equals(type(request)) ? instances(job) : 0;
      }
    }
    return waiting;
  }

  /** Pools and running jobs that will leave one count against the quota of warm pools. */
  private int used(String instanceType) {
    int used = 0;
    for (String name : pools.keySet()) {
      used += instances(instanceType, jobs.get(name).orElseThrow());
    }
    for (ObjectNode job : running.get()) {
      if (job.path("WarmPoolStatus").path("Status").asText().equals("InUse")) {
        used += instances(instanceType, job);
      }
    }
    return used;
  }

  private static int instances(String instanceType, ObjectNode job) {
    return type(job).equals(instanceType) ? instances(job) : 0;
  }

  private boolean tooOld(Warm warm) {
    return warm.launched().plus(LONGEST_CHAIN).isBefore(context.timeline().instant());
  }

  private int retained(Pool pool) {
    return (int)
        Math.ceil(Duration.between(pool.since, context.timeline().instant()).toMillis() / 1000.0);
  }

  static Duration keepAlive(JsonNode job) {
    return Duration.ofSeconds(job.path("ResourceConfig").path("KeepAlivePeriodInSeconds").asInt(0));
  }

  private static int instances(JsonNode job) {
    return job.path("ResourceConfig").path("InstanceCount").asInt(1);
  }

  private static String type(JsonNode job) {
    return job.path("ResourceConfig").path("InstanceType").asText();
  }

  static ObjectNode status(ObjectNode job, String status) {
    return job.putObject("WarmPoolStatus").put("Status", status);
  }

  /** Everything that has to be identical for a job to run in another's pool. */
  private static JsonNode key(JsonNode request) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    key.set("RoleArn", request.path("RoleArn"));
    JsonNode resources = request.path("ResourceConfig");
    for (String member :
        new String[] {"InstanceCount", "InstanceType", "VolumeKmsKeyId", "VolumeSizeInGB"}) {
      key.put(member, resources.path(member).asText());
    }
    JsonNode vpc = request.path("VpcConfig");
    key.set("SecurityGroupIds", vpc.path("SecurityGroupIds"));
    key.set("Subnets", vpc.path("Subnets"));
    for (String flag :
        new String[] {"EnableInterContainerTrafficEncryption", "EnableNetworkIsolation"}) {
      key.put(flag, request.path(flag).asBoolean(false));
    }
    key.set("SessionChainingConfig", request.path("SessionChainingConfig"));
    return key;
  }
}
