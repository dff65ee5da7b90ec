package io.warmfold.schedule;

import io.warmfold.race.Race;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.RaceDecision.Verdict;
import io.warmfold.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Decides what a slot runs next. Pure.
 *
 * <p>Without a race, trials are finished in the order in which they began. With one, the most
 * promising trial comes first, and one that looks like a new best is finished by several slots at
 * once, because every other decision waits for it; all others run one fold at a time, because each
 * fold may be their last. While no trial is complete, one leader is finished that way, and the
 * other slots begin new trials: a first fold tells most for its money.
 *
 * <p>All trials run their folds in the same order, so that any two can be compared on the folds
 * both have. No fold is started of a trial that the budget does not allow to complete, for only a
 * complete trial can be selected. docs/adr/0010-schedule.md has the measurements.
 */
public final class Scheduler {

  /** A trial whose chance to beat the incumbent is at least this is finished at once. */
  private static final double PROMISING = 0.5;

  // More would let the searcher choose blindly for longer than it takes to complete a trial.
  private static final int OPEN_TRIALS_PER_SLOT = 2;

  private final Situation situation;
  private final Optional<Race.Field> field;
  private final SortedMap<Integer, RaceDecision> due = new TreeMap<>();
  private final List<Open> open = new ArrayList<>();
  private final List<Open> affordable = new ArrayList<>();
  // What the budget leaves when the affordable trials have had theirs.
  private long left;

  private Scheduler(Situation situation) {
    this.situation = situation;
    this.field =
        situation
            .race()
            .map(
                race ->
                    race.field(
                        situation.trials(),
                        situation.folds(),
                        situation.direction(),
                        Race.Phase.of(situation.trials().size(), situation.maxTrials())));
    for (var trial : situation.trials()) {
      if (!trial.finished(situation.folds())) {
        var decision = judge(trial);
        decision
            .filter(one -> one.verdict() == Verdict.STOP && !justResumed(trial, one))
            .ifPresent(stop -> due.put(trial.number(), stop));
        open.add(Open.of(trial, decision, situation));
      }
    }
    open.sort(order());
    left = situation.allowance().folds(situation.slots());
    for (var trial : open) {
      if (affordable(trial.toStart())) {
        left -= trial.toStart();
        affordable.add(trial);
      }
    }
  }

  /** The next turn of a slot that is free. */
  public static Turn next(Situation situation) {
    return situation.over() ? new Turn.Done() : new Scheduler(situation).next();
  }

  /**
   * How many folds could be begun at once if there were slots enough; without bound while there are
   * trials to begin.
   */
  public static int startable(Situation situation) {
    if (situation.over()) {
      return 0;
    }
    var scheduler = new Scheduler(situation);
    return scheduler.mayBegin()
        ? Integer.MAX_VALUE
        : scheduler.affordable.stream().mapToInt(scheduler::atOnce).sum();
  }

  /**
   * Whether the budget allows a trial that may run further folds to complete, after better ones.
   */
  public static boolean affords(Situation situation, int trial) {
    return new Scheduler(situation)
        .affordable.stream().anyMatch(one -> one.trial().number() == trial);
  }

  /** What is still to be run, unless there are trials to begin, when that cannot be told. */
  public static Optional<Backlog> backlog(Situation situation) {
    if (situation.over()) {
      return Optional.of(Backlog.NONE);
    }
    var scheduler = new Scheduler(situation);
    if (scheduler.mayBegin()) {
      return Optional.empty();
    }
    int folds = scheduler.affordable.stream().mapToInt(scheduler::toExpect).sum();
    int atOnce = scheduler.affordable.stream().mapToInt(scheduler::atOnce).sum();
    for (var decision : scheduler.again(Integer.MAX_VALUE).values()) {
      folds += Math.ceilDiv(situation.folds() - decision.folds().size(), 2);
      atOnce++;
    }
    return Optional.of(new Backlog(folds, atOnce));
  }

  /** How many folds could be begun of a trial now if there were slots enough. */
  private int atOnce(Open trial) {
    return Math.max(0, Math.min(trial.toStart(), atMost(trial) - trial.running()));
  }

  /** Any fold may be the last of a trial that is doubtful, so one half is expected of it. */
  private int toExpect(Open trial) {
    return atMost(trial) == 1 ? Math.ceilDiv(trial.toStart(), 2) : trial.toStart();
  }

  private Turn next() {
    if (!due.isEmpty()) {
      return new Turn.Decide(due);
    }
    var wanted = affordable.size() < OPEN_TRIALS_PER_SLOT * situation.slots();
    var newTrial = mayBegin();
    var further = startable(trial -> atOnce(trial, newTrial && wanted));
    if (further.isPresent()) {
      return further.get();
    }
    if (newTrial) {
      return new Turn.NewTrial(situation.trials().size());
    }
    var again = again();
    if (!again.isEmpty()) {
      return new Turn.Decide(again);
    }
    return startable(this::atMost).orElseGet(this::atTheEnd);
  }

  /** A trial that was resumed runs a fold before it can be stopped again, so that all this ends. */
  private static boolean justResumed(Trial trial, RaceDecision decision) {
    return !trial.decisions().isEmpty()
        && trial.decisions().getLast().verdict() == Verdict.RESUME
        && trial.decisions().getLast().folds().equals(decision.folds());
  }

  private boolean moreTrials() {
    return situation.trials().size() < situation.maxTrials();
  }

  /** Whether there is a trial to begin that the budget allows to complete. */
  private boolean mayBegin() {
    return moreTrials() && affordable(situation.folds());
  }

  private Optional<RaceDecision> judge(Trial trial) {
    return field.flatMap(all -> all.judge(trial, situation.now()));
  }

  /** Whether so many folds of one trial can be over before the budget is. */
  private boolean affordable(int folds) {
    return folds <= left
        && situation.allowance().inTime(folds, Math.min(situation.folds(), situation.slots()));
  }

  private Comparator<Open> order() {
    var byAge = Comparator.<Open>comparingInt(one -> one.trial().number());
    if (field.isEmpty()) {
      return byAge;
    }
    if (field.get().incumbent().isPresent()) {
      return Comparator.comparingDouble(this::promise).reversed().thenComparing(byAge);
    }
    return Comparator.<Open, Boolean>comparing(one -> one.firstScore().isEmpty())
        .thenComparingInt(one -> one.toStart())
        .thenComparingDouble(one -> one.firstScore().orElse(0))
        .thenComparing(byAge);
  }

  /** The chance to be the new incumbent; where the race is silent, less than promising. */
  private double promise(Open trial) {
    if (trial.chance().isPresent()) {
      return trial.chance().getAsDouble();
    }
    var best = Open.of(field.orElseThrow().incumbent().orElseThrow(), Optional.empty(), situation);
    return trial.firstScore().orElse(Double.POSITIVE_INFINITY) <= best.firstScore().orElse(0)
        ? PROMISING / 1.5
        : PROMISING / 2;
  }

  /** How many folds of a trial may be in flight before a new trial is begun. */
  private int atOnce(Open trial, boolean newTrials) {
    if (field.isEmpty()) {
      return situation.parallelFolds();
    }
    int hurried =
        situation.allowance().rounds() == Integer.MAX_VALUE
            ? 1
            : Math.ceilDiv(trial.toStart(), Math.max(1, situation.allowance().rounds()));
    if (field.get().incumbent().isPresent()) {
      return promise(trial) >= PROMISING ? situation.parallelFolds() : hurried;
    }
    if (trial.trial().number() == affordable.getFirst().trial().number()
        && trial.firstScore().isPresent()) {
      return situation.parallelFolds();
    }
    return newTrials && !trial.untouched() ? 0 : hurried;
  }

  /**
   * How many folds of a trial may be in flight when there are more slots than trials: all, for a
   * slot that waits helps nobody, unless the next one will probably be its last.
   */
  private int atMost(Open trial) {
    return field.flatMap(Race.Field::incumbent).isPresent() && promise(trial) < Race.DOUBTFUL
        ? 1
        : situation.folds();
  }

  private Optional<Turn> startable(ToIntFunction<Open> atOnce) {
    return affordable.stream()
        .filter(trial -> trial.next().isPresent())
        .filter(trial -> trial.running() < atOnce.applyAsInt(trial))
        .findFirst()
        .map(trial -> new Turn.Fold(trial.trial().number(), trial.next().getAsInt()));
  }

  /**
   * Nothing can be started now: a slot waits only if there may be more work than the running ones
   * take.
   */
  private Turn atTheEnd() {
    var running = running();
    if (running == 0) {
      return new Turn.Done();
    }
    // What costs less than was put aside for it may still pay for these.
    long later =
        open.stream()
            .mapToInt(Open::toStart)
            .filter(folds -> situation.allowance().inTime(folds, situation.slots()))
            .sum();
    if (moreTrials() && situation.allowance().inTime(situation.folds(), situation.slots())) {
      later += situation.folds();
    }
    return later > running ? new Turn.Wait(later - running) : new Turn.Done();
  }

  private int running() {
    return situation.trials().stream().mapToInt(trial -> trial.inFlight(situation.now())).sum();
  }

  /**
   * Stopped trials that might still be the best, to be resumed: the most promising ones, as many as
   * slots are free.
   */
  private SortedMap<Integer, RaceDecision> again() {
    return again(Math.max(1, situation.slots() - running()));
  }

  private SortedMap<Integer, RaceDecision> again(int most) {
    record Stopped(Trial trial, RaceDecision decision) {}
    var resumable =
        situation.trials().stream()
            .filter(trial -> trial.stoppedByRace().isPresent())
            .flatMap(trial -> judge(trial).map(one -> new Stopped(trial, one)).stream())
            .filter(one -> one.decision().verdict() == Verdict.RESUME)
            .sorted(
                Comparator.<Stopped>comparingDouble(one -> one.decision().chance())
                    .reversed()
                    .thenComparingInt(one -> one.trial().number()))
            .toList();
    var again = new TreeMap<Integer, RaceDecision>();
    for (var one : resumable) {
      int toStart = Open.of(one.trial(), Optional.empty(), situation).toStart();
      if (again.size() < most && affordable(toStart)) {
        left -= toStart;
        again.put(one.trial().number(), one.decision());
      }
    }
    return again;
  }
}
