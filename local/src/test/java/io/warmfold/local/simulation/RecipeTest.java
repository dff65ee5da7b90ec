package io.warmfold.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.simulation.Objective.Answer;
import io.warmfold.study.StudyDocument;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecipeTest {

  /** The published figures: 3 minutes of start-up cold, none warm, 2 minutes of training. */
  private static final Conditions PUBLISHED = new Conditions(0, 180, 0, 120, 0, 1, 0, 0, 10);

  private static StudyDocument random(int trials, int slots) {
    return StudyDocuments.of(
        "svc-cancer",
        StudyDocuments.limits(trials, slots).andThen(StudyDocuments.strategy("Random")));
  }

  private static RecipeResult simulate(
      StudyDocument document, Conditions conditions, boolean warm) {
    return Recipe.simulate(document, Surrogates.named("svc-cancer"), conditions, warm);
  }

  @Test
  void takesTenHoursColdAndFourWarmByItsOwnFigures() {
    StudyDocument document = random(480, 20);
    RecipeResult cold = simulate(document, PUBLISHED, false);
    RecipeResult warm = simulate(document, PUBLISHED, true);
    assertThat(cold.elapsed()).isCloseTo(10 * 3600, withinPercentage(5));
    assertThat(warm.elapsed()).isCloseTo(4 * 3600, withinPercentage(5));
    // 4 coordinators and 20 folds, as published.
    assertThat(cold.jobs()).isEqualTo(warm.jobs()).isEqualTo(480 * 6);
    assertThat(warm.peakJobs()).isEqualTo(24);
    assertThat(cold.coldStarts()).isEqualTo(2400);
    assertThat(warm.coldStarts()).isEqualTo(20);
  }

  @Test
  void billsCoordinatorsForTheirTimeAndFoldsForTheirs() {
    RecipeResult warm = simulate(random(480, 20), PUBLISHED, true);
    assertThat(warm.bill().training()).isCloseTo(2400 * 120, within(1e-6));
    assertThat(warm.bill().startUp()).isZero();
    assertThat(warm.bill().warmIdle()).isCloseTo(0, within(1e-6));
    assertThat(warm.coordinators()).isCloseTo(4 * (300 + 119 * 120), within(1e-6));
    assertThat(warm.trajectory().getLast().billedSeconds()).isLessThanOrEqualTo(warm.billed());
  }

  @Test
  void startsNoTrialThatMaxCostDoesNotPayFor() {
    StudyDocument document =
        StudyDocuments.of(
            "svc-cancer",
            StudyDocuments.limits(480, 20)
                .andThen(StudyDocuments.strategy("Random"))
                .andThen(
                    json ->
                        ((ObjectNode) json.at("/HyperParameterTuningJobConfig/ResourceLimits"))
                            .put("MaxCost", 30)
                            .put("PricePerInstanceHour", 1)));
    RecipeResult result = simulate(document, PUBLISHED, true);
    double trial = 5 * 120 + 120;
    assertThat(result.billed()).isBetween(30 * 3600 - 1.1 * trial, 30 * 3600.0);
  }

  @Test
  void waitsForTheSlowestFoldOfATrial() {
    StudyDocument document = random(3, 5);
    Objective uneven =
        (values, fold, seed) -> new Answer.Scored(fold, OptionalDouble.of(fold == 2 ? 200 : 100));
    RecipeResult warm = Recipe.simulate(document, uneven, PUBLISHED, true);
    // A cold trial and two warm ones of 200 s each, and the spacing of fold 2.
    assertThat(warm.elapsed()).isCloseTo(380 + 200 + 200 + 10, within(1e-6));
    // Four pools wait 100 s twice.
    assertThat(warm.bill().warmIdle()).isCloseTo(4 * 2 * 100, within(1e-6));
  }

  @Test
  void runsOneTrialAtATimeWithFewerSlotsThanFolds() {
    assertThat(simulate(random(3, 2), PUBLISHED, false).peakJobs()).isEqualTo(6);
  }

  @Test
  void hasIncumbentsThatOnlyGetBetter() {
    RecipeResult result = simulate(random(60, 20), Conditions.standard(3), true);
    var trajectory = result.trajectory();
    assertThat(trajectory).isNotEmpty();
    for (int i = 1; i < trajectory.size(); i++) {
      assertThat(trajectory.get(i).cvScore()).isLessThan(trajectory.get(i - 1).cvScore());
      assertThat(trajectory.get(i).seconds())
          .isGreaterThanOrEqualTo(trajectory.get(i - 1).seconds());
      assertThat(trajectory.get(i).billedSeconds())
          .isGreaterThanOrEqualTo(trajectory.get(i - 1).billedSeconds());
    }
  }

  @Test
  void trainsNoFurtherTrialOnceItIsStopped() {
    AtomicInteger trained = new AtomicInteger();
    Objective counted =
        (values, fold, seed) -> {
          trained.incrementAndGet();
          return new Answer.Scored(1, OptionalDouble.empty());
        };
    assertThat(Recipe.simulate(random(8, 20), counted, PUBLISHED, true, () -> trained.get() >= 10))
        .isEmpty();
    assertThat(trained).hasValue(10);
  }

  @Test
  void failsATrialWhoseFoldFails() {
    Objective fails =
        (values, fold, seed) ->
            fold == 4
                ? new Answer.Failed("diverged")
                : new Answer.Scored(1, OptionalDouble.empty());
    RecipeResult result = Recipe.simulate(random(8, 20), fails, PUBLISHED, true);
    assertThat(result.failedTrials()).isEqualTo(8);
    assertThat(result.trajectory()).isEmpty();
    assertThat(result.toJson().at("/Trials/Failed").asInt()).isEqualTo(8);
  }

  @Test
  void searchesLikeTuningDoesWithFourTrialsAtOnce() {
    StudyDocument bayesian = StudyDocuments.of("svc-cancer", StudyDocuments.limits(40, 20));
    RecipeResult result = simulate(bayesian, Conditions.standard(3), true);
    assertThat(result.trajectory().getLast().cvScore())
        .isLessThan(
            simulate(random(40, 20), Conditions.standard(3), true)
                .trajectory()
                .getFirst()
                .cvScore());
  }

  @Test
  void isTheSameEveryTime() {
    StudyDocument document = StudyDocuments.of("svc-cancer", StudyDocuments.limits(24, 20));
    Conditions spread = new Conditions(5, 180, 20, 120, 0.3, 1, 0, 0, 10);
    assertThat(simulate(document, spread, true).toJson().toString())
        .isEqualTo(simulate(document, spread, true).toJson().toString());
  }
}
