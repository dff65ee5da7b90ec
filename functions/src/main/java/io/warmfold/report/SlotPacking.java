package io.warmfold.report;

import io.warmfold.ledger.JobRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts jobs that did not overlap into the same row, as the lanes had them. The ledger does not say
 * which lane ran a job; but a lane starts its next job as soon as the one before has ended, so a
 * job goes to the row that became free last.
 */
final class SlotPacking {

  private SlotPacking() {}

  /**
   * Rows of jobs in the order of time.
   *
   * @param now the end of what has not ended
   */
  static List<List<JobRow>> pack(List<JobRow> jobs, Instant now) {
    List<List<JobRow>> rows = new ArrayList<>();
    List<Instant> free = new ArrayList<>();
    List<JobRow> inTime =
        jobs.stream()
            .sorted(Comparator.comparing(JobRow::createdAt).thenComparing(JobRow::name))
            .toList();
    for (JobRow job : inTime) {
      int row = -1;
      for (int i = 0; i < rows.size(); i++) {
        boolean fits = !free.get(i).isAfter(job.createdAt());
        if (fits && (row < 0 || free.get(i).isAfter(free.get(row)))) {
          row = i;
        }
      }
      if (row < 0) {
        row = rows.size();
        rows.add(new ArrayList<>());
        free.add(Instant.MIN);
      }
      rows.get(row).add(job);
      free.set(row, end(job, now));
    }
    return rows;
  }

  /** When a job was over; now, if it is not. */
  static Instant end(JobRow job, Instant now) {
    Instant end = job.ended().orElse(job.outcome().isPresent() ? job.createdAt() : now);
    return end.isBefore(job.createdAt()) ? job.createdAt() : end;
  }
}
