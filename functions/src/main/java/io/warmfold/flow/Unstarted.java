package io.warmfold.flow;

import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.Jobs.Ending;
import java.util.Optional;

/** Ends the rows of jobs that SageMaker has never had, of which no event will come. */
final class Unstarted {

  private final Parts parts;
  private final JobEnd ends;

  Unstarted(Parts parts) {
    this.parts = parts;
    this.ends = new JobEnd(parts);
  }

  /**
   * Ends a row if nobody can be about to start its job: its lease is over and there is no job. Its
   * task, if one waits, tries again.
   *
   * @param seen the row as it was read
   * @return whether it was ended; false also if a task has come since that may start the job
   * @throws io.warmfold.study.TryAgainException if SageMaker or the ledger is busy
   */
  boolean end(String study, JobRow seen) {
    if (!parts.clock().instant().isAfter(seen.leaseUntil()) || !write(study, seen)) {
      return false;
    }
    ends.conclude(
        study, parts.ledger().jobs().find(study, seen.name()).orElseThrow(), LastPool.GONE);
    return true;
  }

  /**
   * Ends a row whatever its lease, if there is no job: of a study that is closed, whose tasks are
   * all over. A start that is under way nevertheless sees that the study is closed, and stops its
   * job itself.
   */
  void endForGood(String study, JobRow seen) {
    if (write(study, seen)) {
      parts.ledger().jobs().released(study, seen.name(), seen.token());
    }
  }

  private boolean write(String study, JobRow seen) {
    return parts.jobs().describe(seen.kind(), seen.name()).isEmpty()
        && parts
            .ledger()
            .jobs()
            .endUnstarted(
                study, seen, ending(JobOutcome.INFRASTRUCTURE, seen.name() + " was never started"));
  }

  /** Ends the row of a job that SageMaker refused; the task is told by the error that follows. */
  void refused(String study, JobRow row, String reason) {
    parts
        .ledger()
        .jobs()
        .end(study, row, ending(JobOutcome.STOPPED_BY_US, reason), Optional.empty());
    parts.ledger().jobs().released(study, row.name(), row.token());
  }

  private Ending ending(JobOutcome outcome, String reason) {
    return new Ending(
        outcome,
        Optional.of(reason),
        Optional.empty(),
        parts.clock().instant(),
        0,
        Optional.empty());
  }
}
