package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.job.JobKind;
import io.warmfold.job.JobName;
import io.warmfold.job.SageMakerJobs.Listed;
import io.warmfold.job.SageMakerJobs.Which;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.StudyRow;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes good what an event that never came has left undone, on a schedule: replays the ends of
 * jobs, stops jobs that nobody waits for, gives pools back, ends studies whose execution is gone.
 */
public final class Sweep {

  /** Executions are listed with a delay, so a study this young is not taken for abandoned. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  /** A job that began so lately may be in the hands of its event. */
  private static final Duration FRESH = Duration.ofMinutes(2);

  private final Parts parts;
  private final JobEnd ends;
  private final Unstarted unstarted;
  private final Closing closing;
  private final Pools pools;

  public Sweep(Parts parts, Closing closing) {
    this.parts = parts;
    this.ends = new JobEnd(parts);
    this.unstarted = new Unstarted(parts);
    this.closing = closing;
    this.pools = new Pools(parts);
  }

  /**
   * Sweeps all active studies; a study that cannot be swept now does not keep the others waiting.
   */
  public ObjectNode run() {
    int studies = 0;
    var all = new Swept(0, 0);
    for (var study : parts.ledger().active()) {
      studies++;
      try {
        all = all.plus(sweep(study));
      } catch (RuntimeException trouble) {
        parts.log().with("study", study.key()).warn("not swept: " + trouble.getMessage());
      }
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("Studies", studies)
        .put("Replayed", all.replayed)
        .put("Released", all.released);
  }

  /** How many ends of jobs were made good, and how many pools given back. */
  private record Swept(int replayed, int released) {
    Swept plus(Swept more) {
      return new Swept(replayed + more.replayed, released + more.released);
    }
  }

  private Swept sweep(StudyRow study) {
    if (study.outcome().isEmpty()
        && age(study.ownedSince()).compareTo(GRACE) > 0
        && !parts.stepFunctions().running(study.owner())) {
      closing.abandon(
          study.key(),
          study.owner(),
          StudyOutcome.ABORTED,
          "ExecutionGone",
          "The execution ended without closing the study.");
    }
    var running =
        parts.jobs().list(study.key(), Which.IN_PROGRESS).stream()
            .map(Listed::name)
            .collect(Collectors.toSet());
    var rows = parts.ledger().jobs().all(study.key());
    int replayed = 0;
    for (var row : rows) {
      try {
        replayed += replay(study, row, running) ? 1 : 0;
      } catch (RuntimeException trouble) {
        // One job's must not keep the others from their ends, nor the pools from being given back.
        parts
            .log()
            .with("study", study.key())
            .with("job", row.name())
            .warn("not swept: " + trouble.getMessage());
      }
    }
    stopUnknown(study, running, rows);
    var now = parts.ledger().find(study.key());
    if (now.flatMap(StudyRow::outcome).isPresent()) {
      return new Swept(replayed, clearUp(study));
    }
    pools.settleLate(study.key(), rows);
    return new Swept(
        replayed,
        now.isPresent() && finalTrainingRuns(rows) ? pools.releaseAll(study.key(), 0) : 0);
  }

  /** Whether the last job that could use a pool has had the time to take one. */
  private boolean finalTrainingRuns(List<JobRow> rows) {
    return rows.stream()
        .anyMatch(row -> row.kind() == JobKind.FINAL && age(row.createdAt()).compareTo(FRESH) > 0);
  }

  private boolean replay(StudyRow study, JobRow row, Set<String> running) {
    if (row.outcome().isPresent()) {
      return !row.released() && ends.handle(study.key(), row.name());
    }
    if (age(row.createdAt()).compareTo(FRESH) < 0) {
      return false;
    }
    if (training(row) && running.contains(row.name())) {
      return false;
    }
    return ends.handle(study.key(), row.name()) || unstarted.end(study.key(), row);
  }

  /** Training jobs that nobody waits for; those of other kinds are not listed. */
  private void stopUnknown(StudyRow study, Set<String> running, List<JobRow> rows) {
    var known = rows.stream().map(JobRow::name).collect(Collectors.toSet());
    var open = parts.ledger().find(study.key()).filter(StudyRow::open).isPresent();
    for (var job : running) {
      var name =
          JobName.parse(parts.place().prefix(), job)
              .filter(parsed -> parsed.study().equals(study.key()));
      // A row is written before its job is created, so one that is listed has it by now.
      if (name.isEmpty()
          || (open
              && (known.contains(job)
                  || parts.ledger().jobs().find(study.key(), job).isPresent()))) {
        continue;
      }
      stop(study, name.get().kind(), job);
    }
  }

  private void stop(StudyRow study, JobKind kind, String job) {
    parts.ledger().jobs().stopWanted(study.key(), job, "nobody waits for it");
    parts.jobs().stop(kind, job);
    parts.log().with("study", study.key()).with("job", job).warn("stopped, nobody waits");
  }

  private static boolean training(JobRow row) {
    return row.kind() == JobKind.FOLD || row.kind() == JobKind.FINAL;
  }

  /**
   * Stops what a closed study still runs, and takes it off the list when nothing of it can be
   * running any more.
   */
  private int clearUp(StudyRow study) {
    var released = pools.releaseAll(study.key(), 0);
    var rows = parts.ledger().jobs().all(study.key());
    rows.stream()
        .filter(row -> row.outcome().isEmpty() && !training(row))
        .forEach(row -> stop(study, row.kind(), row.name()));
    var leasesAreOver =
        rows.stream().allMatch(row -> parts.clock().instant().isAfter(row.leaseUntil()));
    if (leasesAreOver
        && rows.stream().allMatch(row -> row.outcome().isPresent() && !mayLeavePool(row))
        && parts.jobs().list(study.key(), Which.WARM).isEmpty()) {
      parts.ledger().studies().retire(study.key());
    }
    return released;
  }

  /** Whether a job ended so lately that its pool need not show yet. */
  private boolean mayLeavePool(JobRow row) {
    return row.kind() == JobKind.FOLD
        && row.pool() == JobRow.Pool.OWED
        && row.ended().filter(end -> age(end).compareTo(LastPool.WAIT) < 0).isPresent();
  }

  private Duration age(Instant since) {
    return Duration.between(since, parts.clock().instant());
  }
}
