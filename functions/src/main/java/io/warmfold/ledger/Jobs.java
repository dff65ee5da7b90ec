package io.warmfold.ledger;

import static io.warmfold.ledger.Json.time;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.ledger.Table.Condition;
import io.warmfold.ledger.Table.Write;
import io.warmfold.study.FoldOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rows of jobs. Thread-safe. */
public final class Jobs {

  /**
   * What there is to say of a job that is over.
   *
   * @param started when its instance began to train, if it did
   * @param billable instance seconds
   */
  public record Ending(
      JobOutcome outcome,
      Optional<String> failureReason,
      Optional<Instant> started,
      Instant ended,
      long billable,
      Optional<String> artifacts) {}

  private final Table table;

  Jobs(Table table) {
    this.table = table;
  }

  /** One job. */
  public Optional<JobRow> find(String study, String name) {
    return table.get(Keys.job(study, name)).map(Rows::job);
  }

  /** All jobs of a study, in the order of their names. */
  public List<JobRow> all(String study) {
    return table.query(Keys.partition(study), Keys.jobs(), Keys.after(Keys.jobs())).stream()
        .map(Rows::job)
        .toList();
  }

  /**
   * Writes a job's row, before the job is started.
   *
   * @param foldLease for a fold job: until when its fold is taken
   * @return false if there is a row, or the fold is no longer claimed
   */
  public boolean add(String study, JobRow row, Instant foldLease) {
    var writes = new ArrayList<Write>();
    writes.add(
        new Write.Put(Keys.job(study, row.name()), Rows.job(row), List.of(new Condition.NoItem())));
    if (row.trial().isPresent()) {
      writes.add(
          Trials.prolong(study, row.trial().getAsInt(), row.fold().orElseThrow(), time(foldLease)));
    }
    return table.write(writes);
  }

  /**
   * Lets another task wait for a job.
   *
   * @return false if the row has changed hands since {@code seen}
   */
  public boolean rearm(String study, JobRow seen, String token, Instant leaseUntil) {
    return update(
        study,
        seen.name(),
        Map.of("Token", Json.text(token), "Lease", time(leaseUntil)),
        Set.of("Released"),
        List.of(new Condition.Equal("Token", Json.text(seen.token()))));
  }

  /**
   * Writes how a job ended, once, together with the outcome of its fold if it has one, or with what
   * it cost its trial in vain.
   *
   * @return false if it was written before
   */
  public boolean end(String study, JobRow row, Ending ending, Optional<FoldOutcome> fold) {
    return end(study, row, ending, fold, List.of());
  }

  /**
   * Writes that a job was never started, if no task has come to wait for it since {@code seen}:
   * that one may be about to start it.
   *
   * @return false if there is such a task, or the end was written before
   */
  public boolean endUnstarted(String study, JobRow seen, Ending ending) {
    return end(
        study,
        seen,
        ending,
        Optional.empty(),
        List.of(new Condition.Equal("Token", Json.text(seen.token()))));
  }

  private boolean end(
      String study,
      JobRow row,
      Ending ending,
      Optional<FoldOutcome> fold,
      List<Condition> further) {
    var facts = new HashMap<String, JsonNode>();
    facts.put("Outcome", Json.text(ending.outcome().name()));
    facts.put("EndedAt", time(ending.ended()));
    facts.put("Billable", Json.number(ending.billable()));
    ending.started().ifPresent(value -> facts.put("StartedAt", time(value)));
    ending.failureReason().ifPresent(value -> facts.put("FailureReason", Json.text(value)));
    ending.artifacts().ifPresent(value -> facts.put("Artifacts", Json.text(value)));
    var conditions = new ArrayList<>(further);
    conditions.add(new Condition.Item());
    conditions.add(new Condition.Absent("Outcome"));
    var writes = new ArrayList<Write>();
    writes.add(new Write.Update(Keys.job(study, row.name()), facts, Set.of(), conditions));
    if (fold.isPresent()) {
      writes.add(
          Trials.outcome(study, row.trial().orElseThrow(), row.fold().orElseThrow(), fold.get()));
    } else if (row.trial().isPresent() && ending.billable() > 0) {
      writes.add(Trials.lost(study, row, ending.billable()));
    }
    return table.write(writes);
  }

  /**
   * Writes that a token has been answered.
   *
   * @return false if another token waits by now
   */
  public boolean released(String study, String name, String token) {
    return update(
        study,
        name,
        Map.of("Released", Json.text(token)),
        Set.of(),
        List.of(new Condition.Equal("Token", Json.text(token))));
  }

  /** Writes that a completed job shows no metrics yet; the first time stays. */
  public void metricPending(String study, String name, Instant since) {
    update(
        study,
        name,
        Map.of("MetricPending", time(since)),
        Set.of(),
        List.of(new Condition.Item(), new Condition.Absent("MetricPending")));
  }

  /** Writes that we want a job stopped, before we stop it; the first reason stays. */
  public void stopWanted(String study, String name, String reason) {
    update(
        study,
        name,
        Map.of("StopWanted", Json.text(reason)),
        Set.of(),
        List.of(new Condition.Item(), new Condition.Absent("StopWanted")));
  }

  /** Writes that the instances that a job left behind were given back. */
  public void poolReleased(String study, String name) {
    update(
        study,
        name,
        Map.of("Pool", Json.text(JobRow.Pool.RELEASED.name()), "Retained", Json.number(0)),
        Set.of(),
        List.of(new Condition.Item()));
  }

  /** Writes which instances a job ran on, and what became of them. */
  public void account(
      String study, String name, JobRow.Pool pool, long retainedSeconds, boolean warmStart) {
    update(
        study,
        name,
        Map.of(
            "Pool", Json.text(pool.name()),
            "Retained", Json.number(retainedSeconds),
            "WarmStart", Json.object().booleanNode(warmStart)),
        Set.of(),
        List.of(new Condition.Item()));
  }

  private boolean update(
      String study,
      String name,
      Map<String, JsonNode> set,
      Set<String> remove,
      List<Condition> conditions) {
    return table.write(List.of(new Write.Update(Keys.job(study, name), set, remove, conditions)));
  }
}
