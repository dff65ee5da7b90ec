package io.warmfold.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmfold.local.simulation.Objective.Answer;
import io.warmfold.study.StudyDocument;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SurrogatesTest {

  private static final long SEED = 4;

  static List<String> names() {
    return Surrogates.names();
  }

  @Test
  void refusesAnUnknownNameAndListsTheKnownOnes() {
    assertThatThrownBy(() -> Surrogates.named("boosting"))
        .isInstanceOf(ObjectiveException.class)
        .hasMessage(
            "There is no surrogate named 'boosting'; there are boosting-diabetes,"
                + " svc-cancer, svc-digits, svr-diabetes and tree-diabetes.");
  }

  @ParameterizedTest
  @MethodSource("names")
  void servesTheDocumentThatIsMadeForIt(String name) {
    assertThat(Surrogates.named(name, StudyDocuments.of(name))).isNotNull();
  }

  @Test
  void refusesAStudyThatTakesBetterForWorse() {
    var turned =
        StudyDocuments.of(
            "svr-diabetes",
            json ->
                json.withObject("/HyperParameterTuningJobConfig/HyperParameterTuningJobObjective")
                    .put("Type", "Maximize"));
    assertThatThrownBy(() -> Surrogates.named("svr-diabetes", turned))
        .isInstanceOf(ObjectiveException.class)
        .hasMessageContaining("Type must be Minimize; it is Maximize");
  }

  @Test
  void refusesAStudyOfOtherFolds() {
    var three =
        StudyDocuments.of(
            "svr-diabetes", json -> json.withObject("/CrossValidation").put("Folds", 3));
    assertThatThrownBy(() -> Surrogates.named("svr-diabetes", three))
        .isInstanceOf(ObjectiveException.class)
        .hasMessageContaining("Folds must be 5; it is 3");
  }

  @Test
  void isSmall() throws IOException {
    int size = 0;
    for (String name : Surrogates.names()) {
      URL table = Surrogates.class.getResource(name + ".json.gz");
      size += table.openConnection().getContentLength();
    }
    assertThat(size).isLessThan(300_000);
  }

  @ParameterizedTest
  @MethodSource("names")
  void answersWithWhatWasMeasuredAtItsOwnPoints(String name) {
    SurrogateTable table = Surrogates.table(name);
    assertThat(table.name()).isEqualTo(name);
    assertThat(table.scores()).hasSizeGreaterThanOrEqualTo(2);
    Objective objective = Surrogates.named(name);
    List<SortedMap<String, String>> grid = grid(table.parameters());
    for (int split = 0; split < table.scores().size(); split++) {
      for (int fold = 0; fold < table.folds(); fold++) {
        for (int at = 0; at < grid.size(); at++) {
          assertThat(score(objective, grid.get(at), fold, split))
              .isEqualTo(table.scores().get(split).get(fold).get(at));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void staysBetweenTheNeighboursOnTheGrid(String name) {
    SurrogateTable table = Surrogates.table(name);
    Objective objective = Surrogates.named(name);
    SurrogateAxis first =
        table.parameters().stream()
            .filter(axis -> !axis.integer() && axis.scale() != SurrogateAxis.Scale.Categorical)
            .findFirst()
            .orElseThrow();
    SortedMap<String, String> point = new TreeMap<>(grid(table.parameters()).getFirst());
    double low = Double.parseDouble(first.levels().get(1));
    double high = Double.parseDouble(first.levels().get(2));
    double half =
        first.scale() == SurrogateAxis.Scale.Linear ? (low + high) / 2 : Math.sqrt(low * high);
    for (int fold = 0; fold < table.folds(); fold++) {
      double below = score(objective, with(point, first.name(), Double.toString(low)), fold, SEED);
      double above = score(objective, with(point, first.name(), Double.toString(high)), fold, SEED);
      assertThat(score(objective, with(point, first.name(), Double.toString(half)), fold, SEED))
          .isCloseTo((below + above) / 2, within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesEqualAnswersToEqualQuestionsAndOtherOnesToOtherFoldsAndSplits(String name) {
    SurrogateTable table = Surrogates.table(name);
    SortedMap<String, String> middle = middle(table.parameters());
    List<Double> folds = new ArrayList<>();
    for (int fold = 0; fold < table.folds(); fold++) {
      folds.add(score(Surrogates.named(name), middle, fold, SEED));
      assertThat(score(Surrogates.named(name), middle, fold, SEED)).isEqualTo(folds.getLast());
    }
    assertThat(folds.stream().distinct().count()).isGreaterThan(1);
    List<Double> other = new ArrayList<>();
    for (int fold = 0; fold < table.folds(); fold++) {
      other.add(score(Surrogates.named(name), middle, fold, SEED + 1));
    }
    assertThat(other).isNotEqualTo(folds);
    assertThat(score(Surrogates.named(name), middle, 0, -1)).isFinite();
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesTheFinalTrainingTheMeanOverTheFolds(String name) {
    SurrogateTable table = Surrogates.table(name);
    SortedMap<String, String> middle = middle(table.parameters());
    double sum = 0;
    for (int fold = 0; fold < table.folds(); fold++) {
      sum += score(Surrogates.named(name), middle, fold, SEED);
    }
    assertThat(score(Surrogates.named(name), middle, -1, SEED))
        .isCloseTo(sum / table.folds(), within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasADocumentWhoseWholeSpaceItKnows(String name) throws IOException {
    JsonNode json =
        new JsonMapper()
            .readTree(Files.readString(Path.of("..", "events", "simulations", name + ".json")));
    StudyDocument document = StudyDocument.require(json);
    SurrogateTable table = Surrogates.table(name);
    assertThat(document.folds()).isEqualTo(table.folds()).isEqualTo(5);
    assertThat(document.slots()).isEqualTo(20);
    assertThat(document.maxTrials()).isEqualTo(480);
    assertThat(document.objective().metricName()).isEqualTo(table.metric());
    assertThat(document.direction().label()).isEqualTo(table.direction());
    List<SortedMap<String, String>> corners = new ArrayList<>();
    corners.add(new TreeMap<>(document.training().staticHyperParameters()));
    for (JsonNode ranges : json.at("/HyperParameterTuningJobConfig/ParameterRanges")) {
      for (JsonNode range : ranges) {
        List<SortedMap<String, String>> more = new ArrayList<>();
        for (SortedMap<String, String> corner : corners) {
          for (String value : ends(range)) {
            more.add(with(corner, range.get("Name").asText(), value));
          }
        }
        corners = more;
      }
    }
    assertThat(corners.getFirst()).hasSameSizeAs(table.parameters());
    for (SortedMap<String, String> corner : corners) {
      for (int fold = -1; fold < document.folds(); fold++) {
        assertThat(score(Surrogates.named(name), corner, fold, SEED)).isFinite();
      }
    }
  }

  @Test
  void saysWhatItTakesIfAHyperparameterIsMissingOrUnknown() {
    SortedMap<String, String> point = middle(Surrogates.table("svr-diabetes").parameters());
    String takes =
        "it takes C from 0.001 to 1000, gamma from 0.00001 to 1 and epsilon from 0.001 to 1.";
    SortedMap<String, String> less = new TreeMap<>(point);
    less.remove("gamma");
    assertThatThrownBy(() -> score(Surrogates.named("svr-diabetes"), less, 0, SEED))
        .isInstanceOf(ObjectiveException.class)
        .hasMessage("The surrogate svr-diabetes needs the hyperparameter 'gamma'; " + takes);
    SortedMap<String, String> more = new TreeMap<>(point);
    more.put("eta", "0.1");
    assertThatThrownBy(() -> score(Surrogates.named("svr-diabetes"), more, 0, SEED))
        .isInstanceOf(ObjectiveException.class)
        .hasMessage("The surrogate svr-diabetes has no hyperparameter 'eta'; " + takes);
  }

  @Test
  void takesTheSettingsOfTheTrainingToolkitForNoHyperparameters() {
    SortedMap<String, String> point = middle(Surrogates.table("svr-diabetes").parameters());
    double alone = score(Surrogates.named("svr-diabetes"), point, 0, SEED);
    point.put("sagemaker_program", "train.py");
    assertThat(score(Surrogates.named("svr-diabetes"), point, 0, SEED)).isEqualTo(alone);
  }

  @Test
  void anAxisMayEndBelowZero() {
    SurrogateAxis axis =
        new SurrogateAxis("x", false, SurrogateAxis.Scale.Linear, List.of("-2", "0", "2"));
    assertThat(axis.place("-2.0")).contains(new SurrogateAxis.Place(0, 0));
    assertThat(axis.place("-2.1")).isEmpty();
  }

  @Test
  void refusesWhatWasNotMeasured() {
    assertRefused("tree-diabetes", "max_features", "1.01", "max_features from 0.2 to 1");
    assertRefused("tree-diabetes", "max_features", "much", "max_features from 0.2 to 1");
    assertRefused("tree-diabetes", "max_features", "NaN", "max_features from 0.2 to 1");
    assertRefused("tree-diabetes", "max_depth", "2.5", "max_depth from 1 to 12 in whole numbers");
    assertRefused("svc-cancer", "kernel", "linear", "kernel of rbf, poly, sigmoid");
    SortedMap<String, String> point = middle(Surrogates.table("svc-digits").parameters());
    assertThatThrownBy(() -> score(Surrogates.named("svc-digits"), point, 5, SEED))
        .isInstanceOf(ObjectiveException.class)
        .hasMessageContaining("has 5 folds");
  }

  private static List<String> ends(JsonNode range) {
    if (range.has("Values")) {
      List<String> values = new ArrayList<>();
      range.get("Values").forEach(value -> values.add(value.asText()));
      return values;
    }
    return List.of(range.get("MinValue").asText(), range.get("MaxValue").asText());
  }

  private static void assertRefused(String surrogate, String name, String value, String knows) {
    SortedMap<String, String> asked =
        with(middle(Surrogates.table(surrogate).parameters()), name, value);
    assertThatThrownBy(() -> score(Surrogates.named(surrogate), asked, 0, SEED))
        .isInstanceOf(ObjectiveException.class)
        .hasMessage(
            "The surrogate %s knows %s; '%s' was asked for.".formatted(surrogate, knows, value));
  }

  private static double score(
      Objective objective, SortedMap<String, String> hyperParameters, int fold, long seed) {
    return ((Answer.Scored) objective.answer(hyperParameters, fold, seed)).score();
  }

  private static SortedMap<String, String> with(
      SortedMap<String, String> point, String name, String value) {
    SortedMap<String, String> next = new TreeMap<>(point);
    next.put(name, value);
    return next;
  }

  private static SortedMap<String, String> middle(List<SurrogateAxis> axes) {
    SortedMap<String, String> point = new TreeMap<>();
    for (SurrogateAxis axis : axes) {
      point.put(axis.name(), axis.levels().get(axis.levels().size() / 2));
    }
    return point;
  }

  private static List<SortedMap<String, String>> grid(List<SurrogateAxis> axes) {
    List<SortedMap<String, String>> points = List.of(new TreeMap<>());
    for (SurrogateAxis axis : axes) {
      List<SortedMap<String, String>> next = new ArrayList<>();
      for (SortedMap<String, String> point : points) {
        for (String level : axis.levels()) {
          next.add(with(point, axis.name(), level));
        }
      }
      points = next;
    }
    return points;
  }
}
