package io.warmfold.ledger;

import io.warmfold.job.JobKind;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a SageMaker job.
 *
 * @param name the job's name, which also says what it does
 * @param trial of a fold job
 * @param fold of a fold job
 * @param attempt from 1; the next one only after an infrastructure failure of this one
 * @param token the task that waits for it
 * @param leaseUntil before this its starter may still be at work: nobody else takes it for lost
 * @param createdAt when its row was written
 * @param started when training began on the instance
 * @param ended when it was over
 * @param billable instance seconds that SageMaker bills, retention not included
 * @param retained instance seconds that its instances were kept warm after it
 * @param outcome absent until the job is over
 * @param failureReason what SageMaker said
 * @param metricPending since when a completed fold waits for SageMaker to show its metrics; stays
 *     when they have come
 * @param stopWanted why we stopped it, if we did
 * @param releasedToken the token that has been answered
 * @param artifacts where a training job put its model
 * @param pool what is known of the instances it left behind
 * @param warmStart whether it ran on instances that were kept warm
 */
public record JobRow(
    String name,
    JobKind kind,
    OptionalInt trial,
    OptionalInt fold,
    int attempt,
    String token,
    Instant leaseUntil,
    Instant createdAt,
    Optional<Instant> started,
    Optional<Instant> ended,
    long billable,
    long retained,
    Optional<JobOutcome> outcome,
    Optional<String> failureReason,
    Optional<Instant> metricPending,
    Optional<String> stopWanted,
    Optional<String> releasedToken,
    Optional<String> artifacts,
    Pool pool,
    boolean warmStart) {

  /** What a job left behind. */
  public enum Pool {
    /** Nothing is known: it may have left a warm pool that somebody has to give back. */
    OWED,
    /** There is none any more: given back, run out, or never kept. */
    RELEASED,
    /** Another job runs or ran in it, and owes it in its turn. */
    REUSED
  }

  /** This row after {@link Jobs#end} has written the ending. */
  public JobRow endedBy(Jobs.Ending ending) {
    return new JobRow(
        name,
        kind,
        trial,
        fold,
        attempt,
        token,
        leaseUntil,
        createdAt,
        ending.started().or(() -> started),
        Optional.of(ending.ended()),
        ending.billable(),
        retained,
        Optional.of(ending.outcome()),
        ending.failureReason().or(() -> failureReason),
        metricPending,
        stopWanted,
        releasedToken,
        ending.artifacts().or(() -> artifacts),
        pool,
        warmStart);
  }

  /** Whether the token that waits has been answered. */
  public boolean released() {
    return releasedToken.filter(token::equals).isPresent();
  }
}
