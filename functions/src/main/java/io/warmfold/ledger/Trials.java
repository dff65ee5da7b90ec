package io.warmfold.ledger;

import static io.warmfold.ledger.Json.number;
import static io.warmfold.ledger.Json.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.Table.Condition;
import io.warmfold.ledger.Table.Write;
import io.warmfold.study.FoldClaim;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Trials and the claims on their folds. A claim touches its own row and its trial's and nothing
 * else, so that lanes meet only when they want the same fold. Thread-safe.
 */
public final class Trials {

  /** A claim that was made: which fold of which trial. */
  public record Claimed(int trial, int fold) {}

  /** So many keys one request may ask for. */
  private static final int MOST_KEYS = 100;

  private final Table table;
  // A function that stays warm reads a finished trial once. One that was stopped may be resumed:
  // those are named by a row that every query finds.
  private final Map<String, KnownTrials> finished = new ConcurrentHashMap<>();

  Trials(Table table) {
    this.table = table;
  }

  /** All trials of a study, in the order of their numbers. */
  public List<Trial> all(String study) {
    return read(study, 0);
  }

  /**
   * All trials of a study, in the order of their numbers; those that are known to be finished are
   * not read again, which makes a turn cost as much as there are unfinished trials, wherever among
   * the finished ones they are.
   *
   * @param folds K
   */
  public List<Trial> current(String study, int folds) {
    var known = finished.computeIfAbsent(study, key -> new KnownTrials());
    synchronized (known) {
      var gap = known.gap();
      var items =
          table.query(
              Keys.partition(study),
              Keys.trial(study, gap.from()).sort(),
              Keys.resumed(study).sort());
      var read = new ArrayList<Trial>();
      find(study, gap.single()).forEach(item -> read.add(known.trial(item)));
      items.stream().filter(item -> item.has("Trial")).forEach(item -> read.add(known.trial(item)));
      var resumed =
          Decisions.resumed(items.stream().filter(item -> !item.has("Trial")).findFirst());
      find(study, known.resumed(resumed)).forEach(item -> read.add(known.trial(item)));
      known.add(read, folds);
      return known.with(read);
    }
  }

  private List<ObjectNode> find(String study, List<Integer> numbers) {
    var found = new ArrayList<ObjectNode>();
    for (int from = 0; from < numbers.size(); from += MOST_KEYS) {
      var some = numbers.subList(from, Math.min(numbers.size(), from + MOST_KEYS));
      table.getAll(some.stream().map(number -> Keys.trial(study, number)).toList()).stream()
          .flatMap(Optional::stream)
          .forEach(found::add);
    }
    return found;
  }

  private List<Trial> read(String study, int from) {
    return table
        .query(
            Keys.partition(study), Keys.trial(study, from).sort(), Keys.trial(study, 99_999).sort())
        .stream()
        .map(Rows::trial)
        .toList();
  }

  /** One trial. */
  public Optional<Trial> find(String study, int number) {
    return table.get(Keys.trial(study, number)).map(Rows::trial);
  }

  /** What a claimant has claimed before, which makes asking again harmless. */
  public Optional<Claimed> claimOf(String study, String claimant) {
    return table.get(Keys.claim(study, claimant)).map(Rows::claimed);
  }

  /**
   * Makes a new trial with a claim on its first fold.
   *
   * @param trial with exactly that claim
   * @return false if the number is taken or the claimant has a claim
   */
  public boolean claimNew(String study, Trial trial) {
    var fold = trial.claims().firstKey();
    return table.write(
        List.of(
            claimRow(study, trial.claims().get(fold).claimant(), trial.number(), fold),
            new Write.Put(
                Keys.trial(study, trial.number()),
                Rows.trial(trial),
                List.of(new Condition.NoItem()))));
  }

  /**
   * Claims a further fold of a trial.
   *
   * @param lapsed the claim on it whose lease has run out, if there is one
   * @return false if somebody else was faster or the claimant has a claim
   */
  public boolean claim(
      String study, int trial, int fold, FoldClaim claim, Optional<FoldClaim> lapsed) {
    var running = "Running." + fold;
    var free =
        lapsed
            .<Condition>map(
                old -> new Condition.Equal(running + ".Claim", Json.text(old.claimant())))
            .orElseGet(() -> new Condition.Absent(running));
    return table.write(
        List.of(
            claimRow(study, claim.claimant(), trial, fold),
            new Write.Update(
                Keys.trial(study, trial),
                Map.of(running, Rows.claim(claim)),
                Set.of(),
                List.of(free, new Condition.Absent("Folds." + fold)))));
  }

  private static Write claimRow(String study, String claimant, int trial, int fold) {
    return new Write.Put(
        Keys.claim(study, claimant),
        Json.object().put("Trial", trial).put("Fold", fold),
        List.of(new Condition.NoItem()));
  }

  /** Keeps a fold taken for longer, whose job is taken up. Without effect if its claim is gone. */
  public void keep(String study, int trial, int fold, Instant lease) {
    table.write(List.of(prolong(study, trial, fold, time(lease))));
  }

  /**
   * Prolongs the lease of a fold that a job is being started for; the claim need not be there any
   * more.
   */
  static Write prolong(String study, int trial, int fold, JsonNode lease) {
    return new Write.Update(
        Keys.trial(study, trial),
        Map.of("Running." + fold + ".Lease", lease),
        Set.of(),
        List.of(new Condition.Present("Running." + fold)));
  }

  /** Gives a claim back, so that another lane may run the fold. Without effect if it is gone. */
  public void giveBack(String study, String claimant) {
    claimOf(study, claimant)
        .ifPresent(claimed -> table.write(List.of(freed(study, claimant, claimed))));
  }

  /** Undoes a claim, so that the claimant may make another one. */
  public void unclaim(String study, String claimant) {
    claimOf(study, claimant)
        .ifPresent(
            claimed ->
                table.write(
                    List.of(
                        freed(study, claimant, claimed),
                        new Write.Delete(Keys.claim(study, claimant), List.of()))));
  }

  private static Write freed(String study, String claimant, Claimed claimed) {
    return new Write.Update(
        Keys.trial(study, claimed.trial()),
        Map.of(),
        Set.of("Running." + claimed.fold()),
        List.of(new Condition.Equal("Running." + claimed.fold() + ".Claim", Json.text(claimant))));
  }

  /** The outcome of a fold, to be written together with its job's. */
  static Write outcome(String study, int trial, int fold, FoldOutcome outcome) {
    return new Write.Update(
        Keys.trial(study, trial),
        Map.of("Folds." + fold, Rows.outcome(outcome)),
        Set.of("Running." + fold),
        List.of(new Condition.Absent("Folds." + fold)));
  }

  /** What a job of a trial cost that brought no outcome, to be written together with its end. */
  static Write lost(String study, JobRow job, long billable) {
    return new Write.Update(
        Keys.trial(study, job.trial().orElseThrow()),
        Map.of(Rows.lost(job), number(billable)),
        Set.of(),
        List.of(new Condition.Item()));
  }

  /** Writes the CV score of a complete trial; writing it again changes nothing. */
  public void cvScore(String study, int trial, double score) {
    set(study, trial, "CvScore", Json.text(Double.toString(score)));
  }

  /**
   * Writes the next decision of the race on a trial.
   *
   * @param seen the trial as it was judged
   * @return false if there is another decision by now
   */
  public boolean decide(String study, Trial seen, RaceDecision decision) {
    var last = seen.decisions().size();
    var item = Decisions.item(decision);
    var writes = new ArrayList<Write>();
    writes.add(
        last == 0
            ? new Write.Update(
                Keys.trial(study, seen.number()),
                Map.of("Decisions", Json.object().set("1", item)),
                Set.of(),
                List.of(new Condition.Item(), new Condition.Absent("Decisions")))
            : new Write.Update(
                Keys.trial(study, seen.number()),
                Map.of("Decisions." + (last + 1), item),
                Set.of(),
                List.of(
                    new Condition.Present("Decisions." + last),
                    new Condition.Absent("Decisions." + (last + 1)))));
    if (decision.verdict() == RaceDecision.Verdict.RESUME) {
      writes.add(
          new Write.Update(
              Keys.resumed(study),
              Map.of(Integer.toString(seen.number()), time(decision.at())),
              Set.of(),
              List.of()));
    }
    return table.write(writes);
  }

  private void set(String study, int trial, String field, JsonNode value) {
    table.write(
        List.of(
            new Write.Update(
                Keys.trial(study, trial),
                Map.of(field, value),
                Set.of(),
                List.of(new Condition.Item()))));
  }

  /** What the claimants of an execution begin with, before a slash. */
  public static String executionName(String executionArn) {
    return executionArn.substring(executionArn.lastIndexOf(':') + 1);
  }

  /** The text of a claimant: the execution, the lane of the round, the turn. */
  public static String claimant(String executionArn, int round, int lane, int turn) {
    return executionName(executionArn) + "/" + round + "-" + lane + "/" + turn;
  }
}
