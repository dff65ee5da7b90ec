package io.warmfold.flow;

import io.warmfold.job.JobDescription;
import io.warmfold.job.JobDescription.WarmPool;
import io.warmfold.job.JobKind;
import io.warmfold.job.SageMakerJobs.Listed;
import io.warmfold.job.SageMakerJobs.Which;
import io.warmfold.ledger.JobRow;
import io.warmfold.study.TryAgainException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gives warm instances back when nothing can use them, and keeps account of them.
 *
 * <p>All pools of a study are alike, and SageMaker gives a job any one of them. So what a lane owes
 * is <em>a</em> pool: its last job's, or, if another lane's job took that one, one that is left.
 */
public final class Pools {

  /** A pool is over an hour after its job at the latest, which is the longest keep-alive. */
  private static final Duration LONGEST = Duration.ofHours(2);

  /** How far the clocks of two services may be apart. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final Parts parts;

  public Pools(Parts parts) {
    this.parts = parts;
  }

  /** A job's description, if it is known. */
  Optional<JobDescription> look(String job) {
    return parts.jobs().describe(JobKind.FOLD, job);
  }

  /**
   * Gives the pool back that a job left, if it is there. What cannot be given back now ends by its
   * keep-alive at the latest, and {@link Sweep} tries again before.
   */
  public void release(String study, Optional<String> job) {
    release(study, job, LastPool.UNKNOWN);
  }

  /** The same when it is known what became of the pool. */
  void release(String study, Optional<String> job, LastPool known) {
    if (job.isPresent() && giveBackOwn(study, job.get(), known)) {
      releaseAnother(study);
    }
  }

  /** Gives the pool back that a job left, and all others of the study: no job will use one. */
  void releaseWithAllOthers(String study, Optional<String> job, LastPool known) {
    // By its name as well, because a pool that is seen need not be listed yet.
    job.ifPresent(own -> giveBackOwn(study, own, known));
    releaseAll(study, 0);
  }

  /** Gives the job's own pool back, and answers whether one is owed in its place. */
  private boolean giveBackOwn(String study, String job, LastPool known) {
    return switch (known) {
      // Refused if a job of another lane was faster to take it.
      case AVAILABLE ->
          !giveBack(study, job)
              && look(job)
                  .flatMap(JobDescription::pool)
                  .filter(pool -> pool.status().equals("Reused"))
                  .isPresent();
      // It is gone only if a job took it, or a lane gave it back for one that a job took: no lane
      // keeps a pool until its time runs out.
      case KEPT -> !giveBack(study, job);
      case REUSED -> true;
      case UNKNOWN -> giveBackOwn(study, job, seen(job));
      case COMING, GONE -> false;
    };
  }

  private LastPool seen(String job) {
    return look(job)
        .map(found -> LastPool.of(found, parts.clock().instant()))
        .orElse(LastPool.GONE);
  }

  /**
   * Gives the pool back that a job left, unless it is the one that is kept for the final training:
   * the first of those that wait. Other lanes may still sleep, and the training waits for them.
   */
  void leaveOne(String study, String job) {
    parts.jobs().list(study, Which.WARM).stream()
        .skip(1)
        .filter(other -> other.name().equals(job))
        .forEach(own -> giveBack(study, own.name()));
  }

  private void releaseAnother(String study) {
    // The one that has waited longest, so that none waits on for lanes that come later.
    parts.jobs().list(study, Which.WARM).stream()
        .min(Comparator.comparing(job -> job.ended().orElse(Instant.MAX)))
        .ifPresent(other -> giveBack(study, other.name()));
  }

  /**
   * Gives the pool back of a job that we stopped in a study that is closing.
   *
   * @throws TryAgainException if the pool may still come
   */
  void releaseLate(String study, String job) {
    var pool = seen(job);
    if (pool == LastPool.COMING) {
      throw new TryAgainException("The pool of " + job + " may still come, to be given back.");
    }
    if (pool == LastPool.AVAILABLE) {
      giveBack(study, job);
    }
  }

  /**
   * Gives all pools of a study back.
   *
   * @param keep how many to leave, for a job that is about to use them
   * @return how many were given back
   */
  public int releaseAll(String study, int keep) {
    return releaseAll(study, parts.jobs().list(study, Which.WARM), keep);
  }

  /** The same with what a listing of the study's jobs said. */
  int releaseAll(String study, Collection<Listed> jobs, int keep) {
    return (int)
        jobs.stream()
            .filter(job -> job.pool().filter(WarmPool::available).isPresent())
            .skip(keep)
            .filter(job -> giveBack(study, job.name()))
            .count();
  }

  private boolean giveBack(String study, String job) {
    if (!parts.jobs().releasePool(job)) {
      return false;
    }
    // SageMaker shows it some time later, when nobody may look any more.
    parts.ledger().jobs().poolReleased(study, job);
    parts.log().with("study", study).with("job", job).info("gave its pool back");
    return true;
  }

  /**
   * Writes into the ledger what SageMaker says of the pools: kept for how long, used by whom.
   *
   * @param rows all jobs of the study
   */
  public void settle(String study, List<JobRow> rows) {
    settle(study, rows, Instant.MIN);
  }

  /**
   * The same for jobs that ended so lately that their pools may not have been over at the last
   * sweep: what is written now need not be found out when the study closes.
   */
  void settleLate(String study, List<JobRow> rows) {
    settle(study, rows, parts.clock().instant().minus(LONGEST));
  }

  private void settle(String study, List<JobRow> rows, Instant endedAfter) {
    rows.stream()
        .filter(Pools::unsettled)
        .filter(row -> row.ended().isEmpty() || row.ended().get().isAfter(endedAfter))
        .map(JobRow::createdAt)
        .min(Comparator.naturalOrder())
        .ifPresent(
            since ->
                // A row is written before its job is created, by another clock than SageMaker's.
                settle(study, rows, parts.jobs().list(study, Which.since(since.minus(SKEW)))));
  }

  /** Whether there may be more to say of the instances that a job ran on. */
  private static boolean unsettled(JobRow row) {
    return (row.kind() == JobKind.FOLD || row.kind() == JobKind.FINAL)
        && (row.outcome().isEmpty()
            || row.pool() == JobRow.Pool.OWED
            || (row.pool() == JobRow.Pool.RELEASED && row.retained() == 0));
  }

  private void settle(String study, List<JobRow> rows, Collection<Listed> jobs) {
    var known = rows.stream().map(JobRow::name).collect(Collectors.toSet());
    var pools = new HashMap<String, WarmPool>();
    var warm = new HashSet<String>();
    for (var listed : jobs) {
      // One that a job took which has no row here yet is for the next time: it says how both began.
      listed
          .pool()
          .filter(pool -> pool.reusedBy().stream().allMatch(known::contains))
          .ifPresent(pool -> pools.put(listed.name(), pool));
      listed.pool().flatMap(WarmPool::reusedBy).ifPresent(warm::add);
    }
    var instances = parts.ledger().document(study).training().resourceConfig().instanceCount();
    for (var row : rows) {
      var pool = pools.get(row.name());
      var state = pool == null || row.pool() == JobRow.Pool.RELEASED ? row.pool() : state(pool);
      var retained = pool == null ? row.retained() : instances * pool.retainedSeconds();
      var warmStart = row.warmStart() || warm.contains(row.name());
      if (state != row.pool() || retained != row.retained() || warmStart != row.warmStart()) {
        parts.ledger().jobs().account(study, row.name(), state, retained, warmStart);
      }
    }
  }

  private static JobRow.Pool state(WarmPool pool) {
    return switch (pool.status()) {
      case "Terminated" -> JobRow.Pool.RELEASED;
      case "Reused" -> JobRow.Pool.REUSED;
      default -> JobRow.Pool.OWED;
    };
  }
}
