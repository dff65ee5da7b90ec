package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.OTHER;
import static io.warmfold.flow.TestStudy.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.Ledger;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.search.History;
import io.warmfold.study.FixInputException;
import io.warmfold.study.Trial;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the document asks of the search, through whole studies of several lanes. */
class SearchFlowTest {

  private final TestStudy study = new TestStudy();

  private static ObjectNode config(ObjectNode document) {
    return document.withObject("HyperParameterTuningJobConfig");
  }

  private static ObjectNode study(String strategy, int trials, int slots) {
    ObjectNode document = document();
    config(document).put("Strategy", strategy);
    config(document)
        .withObject("ResourceLimits")
        .put("MaxNumberOfTrainingJobs", trials)
        .put("MaxParallelTrainingJobs", slots);
    return document;
  }

  private static ObjectNode criteria(ObjectNode document) {
    return config(document).withObject("TuningJobCompletionCriteria");
  }

  private static double eta(Map<String, String> values) {
    return Double.parseDouble(values.get("eta"));
  }

  private static double bowl(SortedMap<String, String> values, int fold) {
    return (eta(values) - 0.3) * (eta(values) - 0.3) + 0.001 * fold;
  }

  private String endedBy(String key) {
    study.selection.select(key, EXECUTION, 0);
    return study.ledger.find(key).orElseThrow().endedBy().orElseThrow();
  }

  private List<Trial> trials(String key) {
    return study.ledger.trials().all(key);
  }

  @Test
  void theBudgetOfTrialsEndsAStudyWithoutGaps() {
    String key = study.open(study("Bayesian", 23, 5));
    new Lanes(study, key, SearchFlowTest::bowl).run(5);
    assertThat(trials(key)).extracting(Trial::number).doesNotHaveDuplicates().hasSize(23);
    assertThat(trials(key)).last().extracting(Trial::number).isEqualTo(22);
    assertThat(trials(key)).allMatch(trial -> trial.complete(2));
    assertThat(endedBy(key)).isEqualTo("MaxNumberOfTrainingJobs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bayesian", "Random"})
  void seedTrialsComeFirstWhateverTheStrategy(String strategy) {
    ObjectNode document = study(strategy, 6, 2);
    var seeds = config(document).putArray("SeedTrials");
    seeds.addObject().put("eta", "0.123");
    seeds.addObject().put("eta", 0.45);
    seeds.addObject().put("eta", "0.200");
    String key = study.open(document);
    new Lanes(study, key, SearchFlowTest::bowl).run(2);
    assertThat(trials(key).subList(0, 3))
        .extracting(trial -> trial.hyperParameters().get("eta"))
        .containsExactly("0.123", "0.45", "0.2");
    assertThat(trials(key).subList(0, 3)).allMatch(trial -> trial.origin().equals("SeedTrial"));
    assertThat(trials(key).get(3).origin()).isNotEqualTo("SeedTrial");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Grid", "Bayesian", "Random"})
  void aFiniteSpaceThatIsExhaustedEndsTheStudyWithEveryCombinationOnce(String strategy) {
    ObjectNode document = study(strategy, 50, 4);
    ObjectNode ranges = config(document).withObject("ParameterRanges");
    ranges.removeAll();
    ranges
        .putArray("CategoricalParameterRanges")
        .addObject()
        .put("Name", "booster")
        .putArray("Values")
        .add("gbtree")
        .add("dart");
    ranges
        .putArray("IntegerParameterRanges")
        .addObject()
        .put("Name", "max_depth")
        .put("MinValue", "3")
        .put("MaxValue", "7");
    config(document).putArray("SeedTrials").addObject().put("max_depth", 6);
    String key = study.open(document);
    new Lanes(study, key, (values, fold) -> Double.parseDouble(values.get("max_depth"))).run(4);
    assertThat(trials(key)).hasSize(10);
    assertThat(new HashSet<>(trials(key).stream().map(Trial::hyperParameters).toList()))
        .hasSize(10);
    assertThat(trials(key).getFirst().origin()).isEqualTo("SeedTrial");
    assertThat(endedBy(key)).isEqualTo("SearchSpaceExhausted");
  }

  @Test
  void aStudyThatNoLongerImprovesFinishesWhatHasBegunAndEnds() {
    ObjectNode document = study("Random", 60, 3);
    criteria(document)
        .withObject("BestObjectiveNotImproving")
        .put("MaxNumberOfTrainingJobsNotImproving", 7);
    String key = study.open(document);
    new Lanes(study, key, (values, fold) -> 1).run(3);
    assertThat(trials(key)).hasSizeBetween(8, 8 + 3).allMatch(trial -> trial.complete(2));
    assertThat(endedBy(key)).isEqualTo("BestObjectiveNotImproving");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aModelThatExpectsNothingMoreEndsTheStudyWithItsNumbers(int slots) {
    ObjectNode document = study("Bayesian", 200, slots);
    criteria(document).withObject("ConvergenceDetected").put("CompleteOnConvergence", "Enabled");
    String key = study.open(document);
    new Lanes(
            study,
            key,
            (values, fold) -> bowl(values, fold) + 0.01 * Math.sin(1000 * eta(values) + 7 * fold))
        .run(slots);
    assertThat(trials(key)).hasSizeLessThan(120).allMatch(trial -> trial.complete(2));
    assertThat(endedBy(key)).isEqualTo("ConvergenceDetected");
    assertThat(study.ledger.find(key).orElseThrow().converged().orElseThrow())
        .contains("standard error");
    study
        .ledger
        .studies()
        .close(key, EXECUTION, StudyOutcome.SUCCEEDED, Optional.empty(), Optional.empty());
  }

  @Test
  void convergenceThatIsDisabledIsNotWatched() {
    ObjectNode document = study("Bayesian", 40, 2);
    criteria(document).withObject("ConvergenceDetected").put("CompleteOnConvergence", "Disabled");
    String key = study.open(document);
    new Lanes(study, key, (values, fold) -> bowl(values, fold) + 0.1 * fold * eta(values)).run(2);
    assertThat(trials(key)).hasSize(40);
  }

  // Earlier studies

  private static ObjectNode child(ObjectNode document, String type, String... parents) {
    document.put("StudyName", "child");
    ObjectNode warm = document.withObject("WarmStartConfig").put("WarmStartType", type);
    var list = warm.putArray("ParentHyperParameterTuningJobs");
    for (String parent : parents) {
      list.addObject().put("HyperParameterTuningJobName", parent);
    }
    return document;
  }

  /** A study that has ended, with its data sealed. */
  private String parent(ObjectNode document, String digest) {
    String key = study.open(document);
    study.ledger.seal(key, seal(digest));
    new Lanes(study, key, SearchFlowTest::bowl).run(2);
    study.closing.abandon(key, EXECUTION, StudyOutcome.ABORTED, "Aborted", "enough");
    return key;
  }

  private static ObjectNode seal(String digest) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("splitter", "KFOLD")
        .put("folds", 2)
        .put("seed", 0)
        .put("rows", 100)
        .put("digest", digest);
  }

  private String openChild(ObjectNode document) {
    return study.opening.open(document, OTHER).path("Key").textValue();
  }

  @Test
  void aChildLearnsFromItsParentAndKeepsItsOwnScoresApart() {
    parent(study("Bayesian", 25, 2), "a");
    ObjectNode document = child(study("Bayesian", 8, 2), "IdenticalDataAndAlgorithm", "test");
    String key = openChild(document);
    List<History.Parent> parents = study.ledger.parents().of(key);
    assertThat(parents).hasSize(1);
    assertThat(parents.getFirst().trials()).hasSize(25);
    study.ledger.seal(key, seal("a"));
    ObjectNode first =
        study.lane.next(new Lane.Request(key, OTHER, 0, 0, 0, Optional.empty(), Optional.empty()));
    assertThat(first.path("Trial").intValue()).isZero();
    Trial trial = study.trial(key, 0);
    assertThat(trial.origin()).isEqualTo("Parent");
    assertThat(eta(trial.hyperParameters())).isBetween(0.27, 0.33);
    assertThat(trials(key)).hasSize(1);
  }

  @Test
  void whatBecomesOfAParentLaterChangesNothing() {
    String parent = parent(study("Random", 5, 2), "a");
    String key = openChild(child(study("Bayesian", 8, 2), "TransferLearning", "test"));
    var before = study.ledger.parents().of(key);
    study.ledger.trials().cvScore(parent, 0, 77);
    assertThat(new Ledger(study.table, study).parents().of(key)).isEqualTo(before);
  }

  @Test
  void parentsThatCannotBeLearntFromAreRefusedByNameBeforeAnythingIsMade() {
    study.open(study("Random", 5, 2));
    ObjectNode document = child(study("Bayesian", 8, 2), "TransferLearning", "test", "nobody");
    assertThatThrownBy(() -> openChild(document))
        .isInstanceOf(FixInputException.class)
        .hasMessageContaining("/WarmStartConfig/ParentHyperParameterTuningJobs/0")
        .hasMessageContaining("study test, which execution " + EXECUTION)
        .hasMessageContaining("study nobody");
    assertThat(study.ledger.newest("child")).isEmpty();
  }

  @Test
  void aParentWithAnotherObjectiveOrOtherHyperparametersIsRefused() {
    parent(study("Random", 3, 2), "a");
    ObjectNode objective = child(study("Bayesian", 8, 2), "TransferLearning", "test");
    config(objective)
        .withObject("HyperParameterTuningJobObjective")
        .put("MetricName", "validation:mae");
    assertThatThrownBy(() -> openChild(objective))
        .hasMessageContaining("Minimize validation:rmse")
        .hasMessageContaining("Minimize validation:mae");
    ObjectNode other = child(study("Bayesian", 8, 2), "TransferLearning", "test");
    config(other)
        .withObject("ParameterRanges")
        .putArray("IntegerParameterRanges")
        .addObject()
        .put("Name", "max_depth")
        .put("MinValue", "2")
        .put("MaxValue", "9");
    assertThatThrownBy(() -> openChild(other))
        .hasMessageContaining("has no hyperparameter max_depth");
  }

  @Test
  void identicalMeansTheSameImageHyperparametersAndData() {
    String parent = parent(study("Random", 3, 2), "a");
    ObjectNode image = child(study("Bayesian", 8, 2), "IdenticalDataAndAlgorithm", "test");
    image
        .withObject("TrainingJobDefinition")
        .withObject("AlgorithmSpecification")
        .put(
            "TrainingImage",
            "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.5-1");
    assertThatThrownBy(() -> openChild(image)).hasMessageContaining("sagemaker-xgboost:1.5-1");
    ObjectNode statics = child(study("Bayesian", 8, 2), "IdenticalDataAndAlgorithm", "test");
    statics
        .withObject("TrainingJobDefinition")
        .withObject("StaticHyperParameters")
        .put("num_round", "11");
    assertThatThrownBy(() -> openChild(statics)).hasMessageContaining("[num_round]");

    ObjectNode same = child(study("Bayesian", 8, 2), "IdenticalDataAndAlgorithm", "test");
    String key = openChild(same);
    var warmStart = new WarmStart(study.parts);
    warmStart.requireSameData(key, seal("a"));
    assertThatThrownBy(() -> warmStart.requireSameData(key, seal("b")))
        .isInstanceOf(FixInputException.class)
        .hasMessageContaining("study test")
        .hasMessageContaining("digest");
    // A newer study of the parent's name is not the one that was learnt from.
    assertThat(parent(study("Random", 4, 2), "c")).isNotEqualTo(parent);
    warmStart.requireSameData(key, seal("a"));
  }

  @Test
  void aParameterThatTheParentHeldFixedHasItsValueThere() {
    parent(study("Random", 4, 2), "a");
    ObjectNode document = child(study("Bayesian", 8, 2), "TransferLearning", "test");
    document
        .withObject("TrainingJobDefinition")
        .withObject("StaticHyperParameters")
        .remove("num_round");
    config(document)
        .withObject("ParameterRanges")
        .putArray("IntegerParameterRanges")
        .addObject()
        .put("Name", "num_round")
        .put("MinValue", "5")
        .put("MaxValue", "50");
    String key = openChild(document);
    assertThat(study.ledger.parents().of(key).getFirst().trials())
        .hasSize(4)
        .allMatch(trial -> trial.hyperParameters().get("num_round").equals("10"));
  }
}
