package io.warmfold.flow;

import io.warmfold.job.JobDescription;
import io.warmfold.job.JobDescription.WarmPool;
import io.warmfold.job.JobKind;
import io.warmfold.ledger.JobRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Gives warm instances back when nothing can use them, and keeps account of them. */
public final class Pools {

  private final Parts parts;

  public Pools(Parts parts) {
    this.parts = parts;
  }

  /**
   * Gives the pool back that a job left, if it is there. What cannot be given back now ends by its
   * keep-alive at the latest, and {@link Sweep} tries again before.
   */
  public void release(String study, Optional<String> job) {
    job.filter(
            name ->
                parts
                    .jobs()
                    .describe(JobKind.FOLD, name)
                    .flatMap(JobDescription::pool)
                    .filter(WarmPool::available)
                    .isPresent())
        .ifPresent(name -> giveBack(study, name));
  }

  /**
   * Gives all pools of a study back.
   *
   * @param keep how many to leave, for a job that is about to use them
   */
  public void releaseAll(String study, int keep) {
    parts.jobs().list(study, Optional.of("Available")).stream()
        .skip(keep)
        .forEach(job -> giveBack(study, job.name()));
  }

  private void giveBack(String study, String job) {
    if (parts.jobs().releasePool(job)) {
      // SageMaker shows it some time later, when nobody may look any more.
      parts.ledger().jobs().poolReleased(study, job);
      parts.log().with("study", study).with("job", job).info("gave its pool back");
    }
  }

  /** Writes into the ledger what SageMaker says of the pools: kept for how long, used by whom. */
  public void settle(String study, List<JobRow> rows) {
    var pools = new HashMap<String, WarmPool>();
    var warm = new HashSet<String>();
    for (var listed : parts.jobs().list(study, Optional.empty())) {
      listed.pool().ifPresent(pool -> pools.put(listed.name(), pool));
      listed.pool().flatMap(WarmPool::reusedBy).ifPresent(warm::add);
    }
    for (var row : rows) {
      var pool = pools.get(row.name());
      var state = pool == null || row.pool() == JobRow.Pool.RELEASED ? row.pool() : state(pool);
      var retained = pool == null ? row.retained() : pool.retainedSeconds();
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
