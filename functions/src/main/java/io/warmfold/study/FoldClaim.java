package io.warmfold.study;

import java.time.Instant;

/**
 * A fold that somebody is running, or was about to run when they vanished.
 *
 * @param claimant the execution, lane and turn that hold it
 * @param leaseUntil from here on another lane may claim the fold
 */
public record FoldClaim(String claimant, Instant leaseUntil) {

  /** Whether the fold is still the claimant's. */
  public boolean holds(Instant now) {
    return now.isBefore(leaseUntil);
  }
}
