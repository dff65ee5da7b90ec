package io.warmfold.study;

import static io.warmfold.study.Documents.json;
import static io.warmfold.study.Documents.problems;
import static io.warmfold.study.Documents.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyDocumentTest {

  @Test
  void fillsInWhatIsLeftOut() {
    var study = valid(json(Documents.SMALL));

    assertThat(study.data())
        .isEqualTo(
            new StudyData(
                "s3://bucket/abalone.csv", "text/csv", false, new LabelColumn.Index(0), List.of()));
    assertThat(study.folds()).isEqualTo(5);
    assertThat(study.parallelFolds()).isEqualTo(5);
    assertThat(study.crossValidation().race().alpha()).isEqualTo(0.05);
    assertThat(study.crossValidation().splitter()).isEqualTo(SplitterType.KFOLD);
    assertThat(study.crossValidation().race().type()).isEqualTo(RaceType.SUPPORTED.getFirst());
    assertThat(study.maxTrials()).isEqualTo(20);
    assertThat(study.slots()).isEqualTo(2);
    assertThat(study.maxFailedTrials()).isEqualTo(3);
    assertThat(study.tuning().strategy()).isEqualTo(StrategyType.SUPPORTED.getFirst());
    assertThat(study.direction()).isEqualTo(Direction.MINIMIZE);
    assertThat(study.keepAliveSeconds()).isEqualTo(240);
    assertThat(study.maxFoldSeconds()).isEqualTo(3600);
    assertThat(study.usesBuiltInXgboost()).isTrue();
    assertThat(study.training().staticHyperParameters())
        .containsEntry("objective", "reg:squarederror")
        .containsEntry("eval_metric", "rmse");
    assertThat(study.model().modelPackageGroupName()).isEqualTo("abalone");
    assertThat(study.model().inferenceImage()).isEqualTo(Documents.XGBOOST);
    assertThat(study.preparation()).isEmpty();
    assertThat(study.batchTransform()).isEmpty();
    assertThat(study.targetScore()).isEmpty();
  }

  @Test
  void derivesDefaultsFromShardsGridAndSplitType() {
    var study = valid(json(Documents.LARGE));

    assertThat(study.folds()).isEqualTo(3);
    assertThat(study.crossValidation().splitter()).isEqualTo(SplitterType.PREDEFINED);
    assertThat(study.data().labelColumn()).isNull();
    assertThat(study.maxTrials()).as("the grid's size").isEqualTo(6);
    assertThat(study.targetScore()).contains(0.99);
    assertThat(study.usesBuiltInXgboost()).isFalse();
    assertThat(study.training().staticHyperParameters())
        .containsEntry("epochs", "10")
        .containsEntry("nesterov", "true")
        .hasSize(2);
    assertThat(study.training().tags()).containsExactly(new Tag("team", ""));
    assertThat(study.preparation().orElseThrow().stoppingCondition().maxRuntimeInSeconds())
        .isEqualTo(86_400);
    var transform = study.batchTransform().orElseThrow();
    assertThat(transform.batchStrategy()).isEqualTo("SingleRecord");
    assertThat(transform.transformOutput().assembleWith()).isEqualTo("None");
  }

  @Test
  void stratifiesClassificationByDefault() {
    var document = json(Documents.SMALL);
    Documents.set(
        document,
        "/TrainingJobDefinition/StaticHyperParameters/objective",
        TextNode.valueOf("binary:logistic"));

    assertThat(valid(document).crossValidation().splitter())
        .isEqualTo(SplitterType.STRATIFIED_KFOLD);
  }

  @ParameterizedTest
  @ValueSource(strings = {Documents.LARGE, "small"})
  void readsItsOwnCanonicalJsonAsAnEqualDocument(String text) {
    var study = valid(json(text.equals("small") ? Documents.SMALL : text));
    var again = valid(study.toJson());

    assertThat(again).isEqualTo(study);
    assertThat(again.toJson()).isEqualTo(study.toJson());
    assertThat(again.contentHash()).isEqualTo(study.contentHash()).matches("[0-9a-f]{64}");
  }

  @Test
  void hashesWhatIsMeantAndNotHowItIsWritten() {
    var document = json(Documents.SMALL);
    var hash = valid(document).contentHash();

    Documents.set(document, "/CrossValidation/Folds", Documents.node("5.0"));
    Documents.set(
        document,
        "/TrainingJobDefinition/StaticHyperParameters",
        json("{\"objective\": \"reg:squarederror\", \"num_round\": 100}"));
    assertThat(valid(document).contentHash()).isEqualTo(hash);

    Documents.set(document, "/CrossValidation/Folds", IntNode.valueOf(6));
    assertThat(valid(document).contentHash()).isNotEqualTo(hash);
  }

  @Test
  void takesALabelByNumberDigitsOrName() {
    assertThat(label("3")).isEqualTo(new LabelColumn.Index(3));
    assertThat(label("\"3\"")).isEqualTo(new LabelColumn.Index(3));
    assertThat(label("\"rings\"")).isEqualTo(new LabelColumn.Name("rings"));
  }

  private static LabelColumn label(String label) {
    var document = json(Documents.SMALL);
    Documents.set(document, "/Data/HasHeader", Documents.node("true"));
    Documents.set(document, "/Data/LabelColumn", Documents.node(label));
    return valid(document).data().labelColumn();
  }

  @Test
  void takesBoundsAsNumbersOrAsText() {
    var document = json(Documents.SMALL);
    var eta = "/HyperParameterTuningJobConfig/ParameterRanges/ContinuousParameterRanges/0";
    Documents.set(document, eta + "/MinValue", Documents.node("1e-3"));

    var range = valid(document).tuning().parameterRanges().continuousParameterRanges().getFirst();

    assertThat(range.min()).isEqualTo(0.001);
    assertThat(range.max()).isEqualTo(0.5);
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    var document = json(Documents.SMALL);
    var tuning = "/HyperParameterTuningJobConfig";
    var training = "/TrainingJobDefinition";
    Documents.set(document, "/StudyName", TextNode.valueOf("-abalone"));
    Documents.set(document, "/Data/S3Uri", TextNode.valueOf("/abalone.csv"));
    Documents.set(document, "/CrossValidation/Folds", IntNode.valueOf(1));
    Documents.set(document, "/CrossValidation/Splitter", TextNode.valueOf("StratifiedKFold"));
    Documents.set(
        document, tuning + "/HyperParameterTuningJobObjective/Type", TextNode.valueOf("Maximize"));
    Documents.set(
        document,
        tuning + "/ParameterRanges/ContinuousParameterRanges/0/MaxValue",
        TextNode.valueOf("0.001"));
    Documents.set(document, training + "/StaticHyperParameters/max_dept", TextNode.valueOf("3"));
    Documents.set(document, training + "/EnableManagedSpotTraining", Documents.node("true"));
    Documents.set(
        document, training + "/ResourceConfig/KeepAlivePeriodInSeconds", IntNode.valueOf(7200));
    Documents.set(document, "/Transfrom", Documents.node("{}"));

    assertThat(problems(document))
        .extracting(Problem::pointer)
        .as("in the order of the document")
        .containsExactly(
            "/StudyName",
            "/Data/S3Uri",
            tuning + "/HyperParameterTuningJobObjective/Type",
            tuning + "/ParameterRanges/ContinuousParameterRanges/0/MaxValue",
            training + "/StaticHyperParameters/max_dept",
            training + "/ResourceConfig/KeepAlivePeriodInSeconds",
            training + "/EnableManagedSpotTraining",
            "/CrossValidation/Folds",
            "/CrossValidation/Splitter",
            "/Transfrom");
    assertThatThrownBy(() -> StudyDocument.require(document))
        .isInstanceOf(FixInputException.class)
        .hasMessageContaining("10 problems")
        .hasMessageContaining(
            "/CrossValidation/Folds: found 1; expected a whole number from 2 to 50 (folds)");
  }

  @Test
  void refusesWhatIsTooLargeOrTooDeepWithoutLookingIntoIt() {
    var large = json(Documents.SMALL);
    Documents.set(large, "/StudyName", TextNode.valueOf("x".repeat(StudyReader.MAX_BYTES)));
    assertThat(problems(large)).singleElement().extracting(Problem::pointer).isEqualTo("");

    var deep = json("[".repeat(500).replace("[", "{\"a\":") + "1" + "}".repeat(500));
    assertThat(problems(deep)).singleElement().extracting(Problem::pointer).isEqualTo("");
    assertThat(problems(null)).singleElement().extracting(Problem::found).isEqualTo("nothing");
  }
}
