package io.warmfold.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.StudyDocument.Read;
import java.util.List;

/** Documents for tests, and changes to them. */
final class Documents {

  static final ObjectMapper JSON = new ObjectMapper();

  static final String XGBOOST =
      "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1";

  /** A regression with the built-in XGBoost that leaves out everything it can. */
  static final String SMALL =
      """
      { "StudyName": "abalone",
        "Data": { "S3Uri": "s3://bucket/abalone.csv" },
        "HyperParameterTuningJobConfig": {
          "HyperParameterTuningJobObjective": { "Type": "Minimize", "MetricName": "validation:rmse" },
          "ParameterRanges": {
            "ContinuousParameterRanges": [ { "Name": "eta", "MinValue": "0.01", "MaxValue": "0.5" } ],
            "IntegerParameterRanges": [ { "Name": "max_depth", "MinValue": "2", "MaxValue": "8" } ] } },
        "TrainingJobDefinition": {
          "AlgorithmSpecification": { "TrainingImage": "%s" },
          "StaticHyperParameters": { "num_round": "100" },
          "ResourceConfig": { "InstanceType": "ml.m5.large" } } }
      """
          .formatted(XGBOOST);

  /** An image of one's own, with a processing job, shards and a transform. */
  static final String LARGE =
      """
      { "StudyName": "churn",
        "Data": { "Shards": [ "s3://bucket/shards/0/", "s3://bucket/shards/1/", "s3://bucket/shards/2/" ],
                  "ContentType": "application/x-parquet" },
        "CrossValidation": { "ParallelFolds": 3 },
        "HyperParameterTuningJobConfig": {
          "Strategy": "Grid",
          "HyperParameterTuningJobObjective": { "Type": "Maximize", "MetricName": "auc" },
          "ResourceLimits": { "MaxParallelTrainingJobs": 4, "MaxRuntimeInSeconds": 86400,
                              "MaxCost": 12.5, "PricePerInstanceHour": 0.115 },
          "ParameterRanges": {
            "CategoricalParameterRanges": [ { "Name": "optimizer", "Values": [ "sgd", "adam" ] },
                                            { "Name": "width", "Values": [ 16, 32, 64 ] } ] },
          "TuningJobCompletionCriteria": { "TargetObjectiveMetricValue": 0.99 } },
        "TrainingJobDefinition": {
          "AlgorithmSpecification": {
            "TrainingImage": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn@sha256:abc",
            "TrainingInputMode": "FastFile",
            "MetricDefinitions": [ { "Name": "auc", "Regex": "auc=([0-9.]+)" } ] },
          "StaticHyperParameters": { "epochs": 10, "nesterov": true },
          "ResourceConfig": { "InstanceType": "ml.p4d.24xlarge", "InstanceCount": 2, "VolumeKmsKeyId": "alias/mine" },
          "RoleArn": "arn:aws:iam::123456789012:role/service-role/training",
          "OutputDataConfig": { "S3OutputPath": "s3://bucket/models/" },
          "VpcConfig": { "SecurityGroupIds": [ "sg-1" ], "Subnets": [ "subnet-1" ] },
          "EnableInterContainerTrafficEncryption": true,
          "Environment": { "LOG_LEVEL": "info" },
          "Tags": [ { "Key": "team", "Value": "" } ] },
        "Processing": {
          "ProcessingInputs": [ { "InputName": "raw",
            "S3Input": { "S3Uri": "s3://bucket/raw/", "LocalPath": "/opt/ml/processing/raw" } } ],
          "ProcessingOutputConfig": { "Outputs": [ { "OutputName": "shards",
            "S3Output": { "S3Uri": "s3://bucket/shards/", "LocalPath": "/opt/ml/processing/shards" } } ] },
          "ProcessingResources": { "ClusterConfig": { "InstanceType": "ml.m5.large" } },
          "AppSpecification": { "ImageUri": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/prepare:1",
            "ContainerArguments": [ "--folds", "3" ] },
          "NetworkConfig": { "EnableNetworkIsolation": true } },
        "Model": { "ModelPackageDescription": "Who leaves, and when", "CustomerMetadataProperties": { "owner": "team" } },
        "Transform": {
          "TransformInput": { "DataSource": { "S3DataSource": { "S3Uri": "s3://bucket/new/" } }, "SplitType": "None" },
          "TransformResources": { "InstanceType": "ml.m5.large" },
          "DataProcessing": { "InputFilter": "$[1:]" },
          "MaxConcurrentTransforms": 4, "MaxPayloadInMB": 6,
          "Environment": { "THREADS": 2 } } }
      """;

  private Documents() {}

  static ObjectNode json(String text) {
    return (ObjectNode) node(text);
  }

  static JsonNode node(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Puts a value where the pointer says; objects on the way are made, a list grows by one. */
  static void set(ObjectNode document, String pointer, JsonNode value) {
    var at = JsonPointer.compile(pointer);
    JsonNode parent = document.at(at.head());
    if (parent.isMissingNode()) {
      set(document, at.head().toString(), JSON.createObjectNode());
      parent = document.at(at.head());
    }
    var name = at.last().getMatchingProperty();
    switch (parent) {
      case ObjectNode object when value.isMissingNode() -> object.remove(name);
      case ObjectNode object -> object.set(name, value);
      case ArrayNode list when at.last().getMatchingIndex() == list.size() -> list.add(value);
      case ArrayNode list -> list.set(at.last().getMatchingIndex(), value);
      default -> throw new IllegalArgumentException(pointer);
    }
  }

  static StudyDocument valid(JsonNode json) {
    assertThat(StudyDocument.read(json)).isInstanceOf(Read.Valid.class);
    return StudyDocument.require(json);
  }

  static List<Problem> problems(JsonNode json) {
    return StudyDocument.read(json) instanceof Read.Invalid(var problems) ? problems : List.of();
  }
}
