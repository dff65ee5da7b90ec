package io.warmfold.flow;

import io.warmfold.ledger.StudyRow;
import io.warmfold.ledger.Trials;
import io.warmfold.race.Races;
import io.warmfold.schedule.Allowance;
import io.warmfold.schedule.Budget;
import io.warmfold.schedule.Deadline;
import io.warmfold.schedule.Outlook;
import io.warmfold.schedule.Situation;
import io.warmfold.search.Completion;
import io.warmfold.search.History;
import io.warmfold.search.Searcher;
import io.warmfold.search.Searchers;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a study's trials say about the study. Pure.
 *
 * @param trials in the order of their numbers
 */
record Progress(StudyRow study, StudyDocument document, List<Trial> trials) {

  Progress {
    var owner = Trials.executionName(study.owner());
    trials = trials.stream().map(trial -> trial.seenBy(owner)).toList();
  }

  /** Failed trials that count, which those of an earlier execution do not. */
  long failed() {
    return failures().count() - study.forgiven();
  }

  private Stream<Trial> failures() {
    return trials.stream().filter(trial -> trial.failure().isPresent());
  }

  /** Why the study cannot succeed, if it cannot. */
  Optional<String> hopeless() {
    if (study.fatal().isPresent()) {
      return study.fatal();
    }
    if (failed() <= document.maxFailedTrials()) {
      return Optional.empty();
    }
    return failures()
        .reduce((first, second) -> second)
        .flatMap(Trial::failure)
        .map(
            reason ->
                failed()
                    + " trials failed, more than MaxFailedTrials ("
                    + document.maxFailedTrials()
                    + ") allows. The last one: "
                    + reason);
  }

  /** Whether nothing more is to be started, and not for want of work. */
  boolean over(Instant now) {
    return hopeless().isPresent() || timeIsUp(now) || targetReached();
  }

  private boolean timeIsUp(Instant now) {
    var limit = document.tuning().resourceLimits().maxRuntimeInSeconds();
    return limit != null && !now.isBefore(study.createdAt().plusSeconds(limit));
  }

  private boolean targetReached() {
    return document
        .targetScore()
        .filter(
            target ->
                best()
                    .map(trial -> trial.cvScore(document.folds()).orElseThrow())
                    .filter(score -> !document.direction().better(target, score))
                    .isPresent())
        .isPresent();
  }

  private boolean notImproving() {
    return document
        .trialsWithoutImprovement()
        .filter(
            trials ->
                Completion.notImproving(Spaces.history(document, this.trials, List.of()), trials))
        .isPresent();
  }

  /**
   * What ended tuning, in the words of the document, or {@code SearchSpaceExhausted}. Only once it
   * has ended.
   */
  String endedBy(Instant now) {
    if (targetReached()) {
      return "TargetObjectiveMetricValue";
    }
    if (study.converged().isPresent()) {
      return "ConvergenceDetected";
    }
    if (notImproving()) {
      return "BestObjectiveNotImproving";
    }
    var begun = trials.size() >= document.maxTrials();
    if (begun && trials.stream().allMatch(trial -> trial.finished(document.folds()))) {
      return "MaxNumberOfTrainingJobs";
    }
    if (timeIsUp(now) || !time(now).another(document.folds(), slots())) {
      return "MaxRuntimeInSeconds";
    }
    return moneyIsSpent(now) ? "MaxCost" : "SearchSpaceExhausted";
  }

  /** Whether the money does not pay for another trial. */
  boolean moneyIsSpent(Instant now) {
    return !money(now).another(document.folds(), slots());
  }

  /** What the scheduler decides on. */
  Situation situation(Instant now) {
    var situation =
        new Situation(
            trials,
            document.folds(),
            document.parallelFolds(),
            document.maxTrials(),
            slots(),
            document.direction(),
            Races.of(document),
            time(now).and(money(now)),
            over(now),
            now);
    return study.converged().isPresent() || notImproving()
        ? situation.withoutNewTrials()
        : situation;
  }

  private Allowance time(Instant now) {
    var limit = document.tuning().resourceLimits().maxRuntimeInSeconds();
    return limit == null
        ? Allowance.UNLIMITED
        : Deadline.allowance(study.createdAt().plusSeconds(limit), trials, document.folds(), now);
  }

  private Allowance money(Instant now) {
    return Budget.of(document, study.keepsWarm())
        .map(budget -> budget.allowance(trials, document.folds(), now))
        .orElse(Allowance.UNLIMITED);
  }

  /**
   * The next trials by the document's strategy.
   *
   * @param parents what else is learnt from
   */
  Searcher.Batch suggestions(int count, List<History.Parent> parents) {
    return Searchers.named(document.tuning().strategy().label())
        .batch(
            document.tuning().parameterRanges().space(),
            Spaces.history(document, trials, parents),
            Spaces.pending(document, trials),
            document.tuning().randomSeed(),
            count);
  }

  /** The trial of a number, if it has begun. */
  Optional<Trial> trial(int number) {
    // Lanes begin trials out of order, so a number need not be a place, but the order is theirs.
    int low = 0;
    int high = Math.min(number, trials.size() - 1);
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int found = trials.get(middle).number();
      if (found == number) {
        return Optional.of(trials.get(middle));
      }
      if (found < number) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** The smallest numbers that no trial has, as many as given or as the budget leaves. */
  List<Integer> freeNumbers(int count) {
    var taken = trials.stream().map(Trial::number).collect(Collectors.toSet());
    return IntStream.range(0, document.maxTrials())
        .filter(number -> !taken.contains(number))
        .limit(count)
        .boxed()
        .toList();
  }

  /** How many trials have ended. */
  int ended() {
    return (int) trials.stream().filter(trial -> trial.finished(document.folds())).count();
  }

  /** Whether there is a score to learn from. */
  boolean learnt() {
    return trials.stream().anyMatch(trial -> !trial.outcomes().isEmpty());
  }

  /** How many slots the study has, as far as the quotas allow. */
  int slots() {
    return study.slots(document);
  }

  /** How many slots have nothing to run. */
  int idleSlots(Instant now) {
    var busy =
        trials.stream()
            .flatMap(trial -> trial.claims().values().stream())
            .filter(claim -> claim.holds(now))
            .count();
    return (int) Math.max(0, slots() - busy);
  }

  /** When the folds in flight may be over. */
  Outlook outlook(Instant now) {
    return Outlook.of(
        trials.stream()
            .flatMap(trial -> trial.claims().values().stream())
            .filter(claim -> claim.holds(now))
            .map(claim -> Timeouts.age(claim, document, now))
            .map(age -> age.toMillis() / 1000.0)
            .toList(),
        Deadline.foldSeconds(trials));
  }

  /** How many seconds longer a fold takes on new instances than on warm ones. */
  double coldStart() {
    return Outlook.coldStart(trials, slots(), document.training().resourceConfig().instanceCount());
  }

  /** The best complete trial: by CV score, then by standard error, then by age. */
  Optional<Trial> best() {
    return trials.stream()
        .filter(trial -> trial.complete(document.folds()))
        .min(Trial.bestFirst(document.folds(), document.direction()));
  }

  /** Whether no fold runs any more and the final training comes next. */
  boolean trainsNext(Instant now) {
    return hopeless().isEmpty()
        && best().isPresent()
        && trials.stream()
            .flatMap(trial -> trial.claims().values().stream())
            .noneMatch(claim -> claim.holds(now));
  }

  /** When a fold last ended, or the execution began. */
  Instant lastSign() {
    return trials.stream()
        .flatMap(trial -> trial.outcomes().values().stream())
        .map(FoldOutcome::endedAt)
        .filter(ended -> ended.isAfter(study.ownedSince()))
        .max(Comparator.naturalOrder())
        .orElse(study.ownedSince());
  }

  /** How long a lane that has nothing to do sleeps: a quarter of a usual fold, from 1 to 60 s. */
  Duration nap() {
    return Duration.ofSeconds(Math.clamp(usualFold().toSeconds() / 4, 1, 60));
  }

  /** What a fold takes in the median, its start-up included; 40 s if none has ended. */
  Duration usualFold() {
    var seconds = Deadline.foldSeconds(trials);
    return Duration.ofSeconds(seconds.length == 0 ? 40 : seconds[seconds.length / 2]);
  }
}
