package io.warmfold.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.warmfold.race.PairedRace;
import io.warmfold.study.FoldClaim;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What money allows, fold by fold and over whole studies. */
class BudgetProperties {

  private static final Instant START = Instant.ofEpochSecond(1_000_000);
  private static final int LONGEST = 3_600;

  private static FoldOutcome scored(long begin, long seconds, long billable) {
    return new FoldOutcome.Scored(
        "job", 0.5, START.plusSeconds(begin + seconds), seconds, billable);
  }

  private static Trial trial(int inFlight, long lost, FoldOutcome... outcomes) {
    var claims = new TreeMap<Integer, FoldClaim>();
    var ended = new TreeMap<Integer, FoldOutcome>();
    for (int fold = 0; fold < outcomes.length; fold++) {
      ended.put(fold, outcomes[fold]);
    }
    for (int fold = 0; fold < inFlight; fold++) {
      claims.put(outcomes.length + fold, new FoldClaim("one/0-0/" + fold, Instant.MAX));
    }
    return new Trial(
        0, new TreeMap<>(), "test", START, claims, ended, Optional.empty(), List.of(), lost);
  }

  private static int folds(Budget budget, Trial... trials) {
    return budget.allowance(List.of(trials), 5, START.plusSeconds(10_000)).folds();
  }

  @Example
  void moneyIsInstanceSecondsByThePrice() {
    // 2 an hour is 1,800 s of one instance for 1.
    assertThat(Budget.of(3, 2, 2, 0, LONGEST).limit()).isCloseTo(5_400, within(1e-9));
  }

  @Example
  void whatIsSpentRunningAndYetToTrainIsPutAside() {
    var budget = new Budget(2_000, 1, 0, LONGEST);
    var ended = new FoldOutcome[] {scored(0, 150, 100), scored(150, 100, 100)};
    // 2,000 less two folds and a final training of five quarters leaves 16.75 folds.
    assertThat(folds(budget, trial(0, 0, ended))).isEqualTo(16);
    assertThat(folds(budget, trial(3, 0, ended))).isEqualTo(13);
    // What a retried job has cost is spent as well.
    assertThat(folds(budget, trial(3, 200, ended))).isEqualTo(11);
    assertThat(folds(new Budget(200, 1, 0, LONGEST), trial(3, 0, ended))).isZero();
  }

  @Example
  void failedFoldsCostButTellNothingOfWhatAFoldTakes() {
    var failed = new FoldOutcome.Failed("job", "bad", START.plusSeconds(900), 900, 900);
    var budget = new Budget(2_000, 1, 0, LONGEST);
    assertThat(folds(budget, trial(0, 0, scored(0, 100, 100), failed))).isEqualTo(8);
    // A row of an earlier release says nothing of the cost.
    var old = new FoldOutcome.Failed("job", "bad", START.plusSeconds(900));
    assertThat(folds(budget, trial(0, 0, scored(0, 100, 100), old))).isEqualTo(17);
  }

  @Example
  void instancesThatWaitWarmCost() {
    // One lane, 20 s from fold to fold; the last instance waits as long as the first one did.
    var ended = new FoldOutcome[] {scored(0, 100, 100), scored(120, 100, 100)};
    assertThat(WarmTime.of(List.of(trial(0, 0, ended)), 60)).isEqualTo(new WarmTime(40, 20));
    assertThat(WarmTime.of(List.of(trial(0, 0, ended)), 0)).isEqualTo(WarmTime.NONE);
    // A pool that had ended before was paid for, but not taken.
    assertThat(WarmTime.of(List.of(trial(0, 0, ended)), 15)).isEqualTo(new WarmTime(20, 10));
    // 1,000 less 400 for two folds on two instances, 80 of waiting, 290 for the final training.
    assertThat(
            folds(
                new Budget(1_000, 2, 60, LONGEST),
                trial(0, 0, scored(0, 100, 200), scored(120, 100, 200))))
        .isZero();
    assertThat(
            folds(
                new Budget(1_250, 2, 60, LONGEST),
                trial(0, 0, scored(0, 100, 200), scored(120, 100, 200))))
        .isEqualTo(2);
  }

  @Example
  void beforeAFoldHasEndedItIsTakenToNeedItsWholeTimeButTheFirstTrialBegins() {
    assertThat(folds(new Budget(10, 1, 0, LONGEST))).isEqualTo(5);
    assertThat(folds(new Budget(10, 1, 0, LONGEST), trial(3, 0))).isEqualTo(2);
    assertThat(folds(new Budget(10, 1, 0, LONGEST), trial(5, 0))).isZero();
    // Twenty folds that take all their time, and the final training.
    assertThat(folds(new Budget(21.25 * LONGEST, 1, 0, LONGEST))).isEqualTo(20);
    assertThat(folds(new Budget(21.25 * LONGEST, 2, 0, LONGEST))).isEqualTo(9);
    assertThat(folds(new Budget(Double.POSITIVE_INFINITY, 1, 0, LONGEST)))
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Example
  void trialsThatOnlyFailAreBegunUntilTheMoneyIsSpent() {
    var failed = new FoldOutcome.Failed("job", "bad", START.plusSeconds(900), 900, 900);
    assertThat(folds(new Budget(901, 1, 0, LONGEST), trial(0, 0, failed))).isEqualTo(5);
    assertThat(folds(new Budget(900, 1, 0, LONGEST), trial(0, 0, failed))).isZero();
    assertThat(folds(new Budget(900, 1, 0, LONGEST), trial(0, 900))).isZero();
  }

  @Property(tries = 300)
  void aStudyCostsNoMoreThanItsLimitAndTheSpreadOfWhatRunsLast(
      @ForAll long seed,
      @ForAll @IntRange(min = 100, max = 40_000) int limit,
      @ForAll @IntRange(min = 1, max = 30) int slots,
      @ForAll @IntRange(min = 2, max = 6) int folds,
      @ForAll @IntRange(min = 0, max = 200) int spread,
      @ForAll boolean race) {
    var random = new SplittableRandom(seed);
    double[][] scores = new double[25][folds];
    long[][] costs = new long[25][folds];
    for (int trial = 0; trial < scores.length; trial++) {
      for (int fold = 0; fold < folds; fold++) {
        scores[trial][fold] = random.nextDouble();
        costs[trial][fold] = 100L + random.nextInt(spread + 1);
      }
    }
    var study =
        new MemoryStudy(
            scores,
            race ? Optional.of(new PairedRace(0.05)) : Optional.empty(),
            slots,
            race ? folds : 1,
            seed);
    study.pay(new Budget(limit, 1, 0, LONGEST), costs);
    study.run();
    long most = 100L + spread;
    double last = most * folds / (folds - 1.0);
    // The first trial is begun whatever it costs.
    double least = folds * most + last;
    double spreadOfTheLast = spread * (slots + folds / (folds - 1.0));
    assertThat(study.cost() + last).isLessThanOrEqualTo(Math.max(limit, least) + spreadOfTheLast);
    if (limit >= least + 1) {
      assertThat(study.trials()).anyMatch(trial -> trial.complete(folds));
    }
    if (!race) {
      // Nor is money left that another trial could have had.
      assertThat(study.trials().size() == scores.length || limit - study.cost() - last < least)
          .isTrue();
    }
  }
}
