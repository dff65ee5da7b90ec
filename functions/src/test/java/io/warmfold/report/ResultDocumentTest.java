package io.warmfold.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.study.Trial;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class ResultDocumentTest {

  private static final Locations LOCATIONS =
      Locations.ofReport("s3://bucket/studies/x/0a1b2c3d/report/")
          .withModelArtifacts("s3://bucket/model.tar.gz")
          .withTransformOutput("s3://bucket/transform/");

  @Test
  void namesTheBestTrialWithItsScoresInTheOrderOfTheFolds() {
    StudySnapshot snapshot = new ExampleStudy().play();

    JsonNode best = ResultDocument.of(snapshot, LOCATIONS).path("Best");

    Trial trial = snapshot.trials().get(snapshot.study().best().getAsInt());
    assertThat(best.path("Trial").asInt()).isEqualTo(trial.number());
    assertThat(best.path("CvScore").asDouble()).isEqualTo(trial.cvScore(5).getAsDouble());
    assertThat(best.path("FoldScores")).hasSize(5);
    assertThat(best.at("/FoldScores/3").asDouble()).isEqualTo(trial.scores().get(3));
    assertThat(best.at("/HyperParameters/eta").asText())
        .isEqualTo(trial.hyperParameters().get("eta"));
    assertThat(best.path("StandardError").asDouble()).isPositive();
  }

  @Test
  void countsAddUp() {
    StudySnapshot snapshot = new ExampleStudy().trials(60).mishaps(0.1, 0.4).play();

    JsonNode result = ResultDocument.of(snapshot, LOCATIONS);

    JsonNode trials = result.path("Trials");
    assertThat(trials.path("Total").asInt()).isEqualTo(60);
    assertThat(trials.path("Failed").asInt()).isPositive();
    assertThat(trials.path("StoppedByRace").asInt()).isPositive();
    assertThat(
            trials.path("Complete").asInt()
                + trials.path("StoppedByRace").asInt()
                + trials.path("Failed").asInt())
        .isEqualTo(60);
    long folds = snapshot.trials().stream().mapToLong(trial -> trial.outcomes().size()).sum();
    assertThat(result.at("/Jobs/Fold").asLong()).isEqualTo(folds);
    assertThat(result.at("/Seconds/Billable").asLong())
        .isEqualTo(snapshot.jobs().stream().mapToLong(job -> job.billable()).sum());
    assertThat(result.at("/Data/ShardRows/0").asLong()).isEqualTo(101);
  }

  @Test
  void saysWhatAStudyHasSoFar() {
    StudySnapshot snapshot = new ExampleStudy().running(23).play();

    JsonNode result = ResultDocument.of(snapshot, Locations.none());

    assertThat(result.path("Status").asText()).isEqualTo("Running");
    assertThat(result.at("/Trials/Running").asInt()).isEqualTo(1);
    assertThat(result.has("Best")).isTrue();
    assertThat(result.has("Model")).isFalse();
    assertThat(result.has("Transform")).isFalse();
    assertThat(result.has("Report")).isFalse();
    assertThat(result.has("Error")).isFalse();
  }

  @Test
  void saysWhyAStudyFailed() {
    StudySnapshot snapshot =
        new ExampleStudy().trials(2).mishaps(1, 0).failed("GiveUp", "6 trials failed").play();

    JsonNode result = ResultDocument.of(snapshot, Locations.none());

    assertThat(result.path("Status").asText()).isEqualTo("Failed");
    assertThat(result.path("Error").asText()).isEqualTo("GiveUp");
    assertThat(result.path("Cause").asText()).isEqualTo("6 trials failed");
    assertThat(result.has("Best")).isFalse();
    assertThat(result.path("Warnings").toString()).contains("2 trials failed", "AlgorithmError");
  }

  @Test
  void saysWhatTheTrainingCostIfThatIsLimited() {
    StudySnapshot snapshot = new ExampleStudy().maxCost(25, 0.5).play();

    JsonNode cost = ResultDocument.of(snapshot, LOCATIONS).path("Cost");

    // Trainings and what waits warm, but not the transform.
    double seconds =
        snapshot.jobs().stream()
            .filter(job -> !job.name().contains("transform"))
            .mapToLong(job -> job.billable() + job.retained())
            .sum();
    assertThat(cost.path("Spent").asDouble()).isCloseTo(seconds * 0.5 / 3600, within(1e-6));
    assertThat(cost.path("Limit").asDouble()).isEqualTo(25);
    assertThat(cost.path("PricePerInstanceHour").asDouble()).isEqualTo(0.5);
    assertThat(HtmlReport.of(snapshot, LOCATIONS))
        .contains("spent of 25.00 (MaxCost)", " of at most 25.00.");
    StudySnapshot unlimited = new ExampleStudy().play();
    assertThat(ResultDocument.of(unlimited, LOCATIONS).has("Cost")).isFalse();
    assertThat(HtmlReport.of(unlimited, LOCATIONS)).doesNotContain("MaxCost");
  }

  @Test
  void holdsNoNull() {
    for (StudySnapshot snapshot :
        new StudySnapshot[] {
          new ExampleStudy().play(),
          new ExampleStudy().running(0).play(),
          new ExampleStudy().mishaps(1, 0).failed("E", "c").play()
        }) {
      Deque<JsonNode> open = new ArrayDeque<>();
      open.add(ResultDocument.of(snapshot, Locations.none()));
      while (!open.isEmpty()) {
        JsonNode node = open.pop();
        assertThat(node.isNull()).isFalse();
        node.forEach(open::push);
      }
    }
  }

  @Test
  void warnsOfABestValueAtTheEndOfItsRange() {
    StudySnapshot snapshot = new ExampleStudy().trials(300).play();
    String depth =
        snapshot
            .trials()
            .get(snapshot.study().best().getAsInt())
            .hyperParameters()
            .get("max_depth");

    String warnings = ResultDocument.of(snapshot, LOCATIONS).path("Warnings").toString();

    boolean atTheEnd = depth.equals("2") || depth.equals("10");
    assertThat(warnings.contains("The best max_depth, " + depth + ", is at the"))
        .isEqualTo(atTheEnd);
  }
}
