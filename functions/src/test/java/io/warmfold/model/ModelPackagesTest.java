package io.warmfold.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPackagesTest {

  /** Of the API's CustomerMetadataValue. */
  private static final String PROPERTY = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,256}";

  /** Of the API's EntityDescription. */
  private static final String DESCRIPTION = "[\\p{L}\\p{M}\\p{Z}\\p{S}\\p{N}\\p{P}]{0,1024}";

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private static ObjectNode version(String metric) throws JsonProcessingException {
    return version(metric, "By our team");
  }

  private static ObjectNode version(String metric, String description)
      throws JsonProcessingException {
    var json =
        (ObjectNode)
            new ObjectMapper()
                .readTree(
                    """
                    { "StudyName": "churn",
                      "Data": { "S3Uri": "s3://bucket/churn.csv" },
                      "CrossValidation": { "Folds": 2 },
                      "HyperParameterTuningJobConfig": {
                        "HyperParameterTuningJobObjective": { "Type": "Maximize", "MetricName": "?" },
                        "ParameterRanges": {
                          "IntegerParameterRanges": [ { "Name": "depth", "MinValue": "2", "MaxValue": "8" } ] } },
                      "TrainingJobDefinition": {
                        "AlgorithmSpecification": {
                          "TrainingImage": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1",
                          "MetricDefinitions": [ { "Name": "?", "Regex": "score=([0-9.]+)" } ] },
                        "ResourceConfig": { "InstanceType": "ml.m5.large" } } }
                    """);
    json.withObject("/HyperParameterTuningJobConfig/HyperParameterTuningJobObjective")
        .put("MetricName", metric);
    ((ObjectNode) json.at("/TrainingJobDefinition/AlgorithmSpecification/MetricDefinitions/0"))
        .put("Name", metric);
    json.putObject("Model").put("ModelPackageDescription", description);
    var outcomes = new TreeMap<Integer, FoldOutcome>();
    outcomes.put(0, new FoldOutcome.Scored("job-0", 0.5, AT, 1, 1));
    outcomes.put(1, new FoldOutcome.Scored("job-1", 0.75, AT, 1, 1));
    var best =
        new Trial(
            7,
            new TreeMap<>(Map.of("depth", "3")),
            "Random",
            AT,
            new TreeMap<>(),
            outcomes,
            Optional.empty());
    return ModelPackages.version(
        StudyDocument.require(json),
        "0123abcd",
        best,
        "s3://bucket/model.tar.gz",
        "s3://bucket/evaluation.json");
  }

  @Test
  void aVersionSaysWhereItComesFrom() throws JsonProcessingException {
    var properties = version("validation:f1").path("CustomerMetadataProperties");
    assertThat(properties.path("warmfold:study").textValue()).isEqualTo("churn");
    assertThat(properties.path("warmfold:key").textValue()).isEqualTo("0123abcd");
    assertThat(properties.path("warmfold:trial").textValue()).isEqualTo("7");
    assertThat(properties.path("warmfold:metric").textValue()).isEqualTo("validation:f1");
    assertThat(properties.path("warmfold:cv-score").textValue()).isEqualTo("0.625");
  }

  @ParameterizedTest
  @ValueSource(strings = {"f1 (macro)", "recall@5%", "loss|val", "précision_μ", "F₁ 📈"})
  void aMetricOfAnyNameCanBeRegistered(String metric) throws JsonProcessingException {
    assertThat(version(metric).path("CustomerMetadataProperties").properties())
        .allSatisfy(property -> assertThat(property.getValue().textValue()).matches(PROPERTY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"By our 👩\u200d🔬", "\ufeffBy our team", "By\u007f our team"})
  void aDescriptionWithWhatNobodySeesCanBeRegistered(String description)
      throws JsonProcessingException {
    assertThat(version("f1", description).path("ModelPackageDescription").textValue())
        .startsWith(description.startsWith("B") ? "By" : " By")
        .matches(DESCRIPTION);
  }
}
