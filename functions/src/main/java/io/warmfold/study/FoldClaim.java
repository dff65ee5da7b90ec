package io.warmfold.study;

import java.time.Instant;

/**
 * A fold that somebody is running, or was about to run when they vanished.
 *
 * @param claimant the execution, lane and turn that hold it, with slashes between
 * @param leaseUntil from here on another lane may claim the fold
 */
public record FoldClaim(String claimant, Instant leaseUntil) {

  /** Whether a lane of this execution holds it. */
  public boolean isOf(String execution) {
    return claimant.startsWith(execution + "/");
  }

  /** The same claim, past its lease. */
  public FoldClaim lapsed() {
    return new FoldClaim(claimant, Instant.EPOCH);
  }

  /** Whether the fold is still the claimant's. */
  public boolean holds(Instant now) {
    return now.isBefore(leaseUntil);
  }
}
