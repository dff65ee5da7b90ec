package io.warmfold.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.race.PairedRace;
import io.warmfold.race.Race;
import io.warmfold.study.Direction;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.RaceDecision.Verdict;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Laws of the scheduler, over whole studies in memory. */
class SchedulerProperties {

  private static double[][] scores(long seed, int trials, int folds) {
    var random = new SplittableRandom(seed);
    double[] effect = random.doubles(folds).toArray();
    double[][] scores = new double[trials][folds];
    for (double[] row : scores) {
      double level = random.nextDouble();
      for (int fold = 0; fold < folds; fold++) {
        row[fold] = level + effect[fold] + 0.1 * random.nextGaussian();
      }
    }
    return scores;
  }

  @Property(tries = 60)
  void aStudyEndsWithinItsSlotsWithoutAFoldTwiceAndWithABest(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 25) int trials,
      @ForAll @IntRange(min = 2, max = 7) int folds,
      @ForAll @IntRange(min = 1, max = 30) int slots,
      @ForAll boolean race,
      @ForAll @IntRange(min = 1, max = 7) int parallelFolds) {
    var study =
        new MemoryStudy(
            scores(seed, trials, folds),
            race ? Optional.of(new PairedRace(0.05)) : Optional.empty(),
            slots,
            Math.min(parallelFolds, folds),
            seed);
    study.run();
    assertThat(study.ran()).doesNotHaveDuplicates();
    assertThat(study.mostAtOnce()).isLessThanOrEqualTo(slots);
    assertThat(study.trials()).hasSize(trials).allMatch(trial -> trial.finished(folds));
    if (!race) {
      assertThat(study.ran()).hasSize(trials * folds);
    }
    // No slot has left while a stopped trial might still have been the best.
    assertThat(study.next()).isInstanceOf(Turn.Done.class);
    assertThat(study.trials()).anyMatch(trial -> trial.complete(folds));
  }

  @Property(tries = 60)
  void aBudgetOfFoldsIsKept(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 60) int budget,
      @ForAll @IntRange(min = 1, max = 30) int slots,
      @ForAll boolean race) {
    var study =
        new MemoryStudy(
            scores(seed, 20, 5),
            race ? Optional.of(new PairedRace(0.05)) : Optional.empty(),
            slots,
            race ? 5 : 1,
            seed);
    study.allow(budget);
    study.run();
    assertThat(study.ran()).hasSizeLessThanOrEqualTo(budget);
    if (!race) {
      // What cannot become a complete trial is not begun.
      assertThat(study.trials()).allMatch(trial -> trial.complete(5));
      assertThat(study.ran()).hasSize(budget - budget % 5);
    }
  }

  /** M trials at once, all folds of each at once, round after round. */
  @Example
  void withoutARaceAndWithAllFoldsAtOnceTheScheduleIsTheRecipes() {
    int parallel = 4;
    int rounds = 6;
    int folds = 5;
    var study =
        new MemoryStudy(
            scores(1, parallel * rounds, folds), Optional.empty(), parallel * folds, folds, -1);
    study.run();
    var expected = new ArrayList<List<String>>();
    for (int round = 0; round < rounds; round++) {
      int first = round * parallel;
      expected.add(
          IntStream.range(first, first + parallel)
              .boxed()
              .flatMap(trial -> IntStream.range(0, folds).mapToObj(fold -> trial + "/" + fold))
              .toList());
    }
    assertThat(study.rounds()).isEqualTo(expected);
  }

  @Example
  void oneTrialLeadsWhileNoneIsCompleteAndTheOthersShowTheirFirstFold() {
    var study = new MemoryStudy(scores(7, 40, 5), Optional.of(new PairedRace(0.05)), 10, 5, -1);
    study.run();
    // The first round is ten first folds; in the second one trial gets all that it lacks.
    assertThat(study.rounds().getFirst()).allMatch(fold -> fold.endsWith("/0"));
    var second = study.rounds().get(1);
    assertThat(
            second.stream().filter(fold -> !fold.endsWith("/0")).map(fold -> fold.split("/", 2)[0]))
        .hasSize(4)
        .containsOnly(
            second.stream()
                .filter(f -> !f.endsWith("/0"))
                .findFirst()
                .orElseThrow()
                .split("/", 2)[0]);
    assertThat(
            study.trials().stream()
                .filter(trial -> trial.complete(5))
                .min(Trial.bestFirst(5, Direction.MINIMIZE)))
        .isPresent();
  }

  @Property(tries = 60)
  void whatMadeRoomForNewTrialsIsResumedOnceThereAreNone(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int slots) {
    int folds = 5;
    var scores = scores(seed, 40, folds);
    var study = new MemoryStudy(scores, Optional.of(new PairedRace(0.05)), slots, folds, seed);
    study.run();
    for (var trial : study.trials()) {
      for (var decision : trial.decisions()) {
        if (decision.verdict() == Verdict.RESUME) {
          assertThat(decision.chance()).isGreaterThan(decision.folds().size() == 1 ? 0.025 : 0.05);
        }
      }
    }
    // What stays stopped has next to no chance against the trial that is best in the end.
    var field =
        new PairedRace(0.05)
            .field(study.trials(), folds, Direction.MINIMIZE, Race.Phase.of(40, 40));
    assertThat(study.trials())
        .filteredOn(trial -> trial.stoppedByRace().isPresent())
        .allSatisfy(
            trial ->
                assertThat(field.judge(trial, Instant.EPOCH))
                    .map(RaceDecision::verdict)
                    .isNotEqualTo(Optional.of(Verdict.RESUME)));
  }

  @Property(tries = 60)
  void aBacklogIsThereAsLongAsThereIsAFoldToRunAndNoTrialToBegin(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int slots, @ForAll boolean race) {
    int folds = 5;
    var study =
        new MemoryStudy(
            scores(seed, 40, folds),
            race ? Optional.of(new PairedRace(0.05)) : Optional.empty(),
            slots,
            folds,
            seed);
    var seen = new ArrayList<Backlog>();
    study.watch(
        (situation, turn) -> {
          var backlog = Scheduler.backlog(situation);
          assertThat(backlog.isEmpty()).isEqualTo(situation.trials().size() < 40);
          if (backlog.isEmpty()) {
            return;
          }
          seen.add(backlog.get());
          int open =
              situation.trials().stream()
                  .mapToInt(trial -> folds - trial.outcomes().size() - trial.claims().size())
                  .sum();
          switch (turn) {
            case Turn.Fold fold -> assertThat(backlog.get().atOnce()).isPositive();
            case Turn.Decide(var decisions)
                when decisions.get(decisions.firstKey()).verdict() == Verdict.RESUME ->
                assertThat(backlog.get().atOnce()).isGreaterThanOrEqualTo(decisions.size());
            case Turn.Decide decide -> {}
            case Turn.Wait wait -> assertThat(backlog.get().atOnce()).isZero();
            case Turn.Done done -> assertThat(backlog.get().atOnce()).isZero();
            case Turn.NewTrial trial -> throw new IllegalStateException("none is to begin");
          }
          assertThat(backlog.get().folds()).isGreaterThanOrEqualTo(backlog.get().atOnce());
          if (!race) {
            assertThat(backlog.get().folds()).isEqualTo(open);
          }
        });
    study.run();
    assertThat(seen).isNotEmpty().last().isEqualTo(Backlog.NONE);
  }
}
