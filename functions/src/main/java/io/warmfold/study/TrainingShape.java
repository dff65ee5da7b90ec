package io.warmfold.study;

import static io.warmfold.study.ObjectShape.object;
import static io.warmfold.study.Shapes.line;
import static io.warmfold.study.Shapes.list;
import static io.warmfold.study.Shapes.text;
import static io.warmfold.study.Shapes.whole;

/** The shape of {@code TrainingJobDefinition}. */
final class TrainingShape {

  private static final int TWENTY_EIGHT_DAYS = 28 * 24 * 3600;

  private static final String TAG_PATTERN = "[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*";

  private static final ObjectShape METRIC =
      object("an object with Name and Regex")
          .required("Name", line(1, 255, "the name of a metric"), "Name of the metric.")
          .required(
              "Regex",
              line(1, 500, "a regular expression with one capture group"),
              "Regular expression that finds the metric in the log; its one capture group is the value.")
          .build();

  private static final ObjectShape ALGORITHM =
      object("an object with TrainingImage")
          .required(
              "TrainingImage",
              Shapes.IMAGE,
              "URI of the training image. SageMaker's own sagemaker-xgboost is known and checked closely; any other image brings its MetricDefinitions.")
          .optional(
              "TrainingInputMode",
              Leaf.Choice.of("File", "FastFile"),
              "How the channels reach the container. FastFile is for images of your own.",
              "File")
          .optional(
              "MetricDefinitions",
              list(METRIC, 0, 40),
              "How log lines become metrics, at most 40. Required for an image of your own, not allowed for the built-in XGBoost.")
          .refuse("AlgorithmName", "name the image itself as TrainingImage")
          .build();

  private static final ObjectShape RESOURCES =
      object("an object with InstanceType")
          .required(
              "InstanceType",
              Shapes.INSTANCE_TYPE,
              "Instance type of the training jobs, such as ml.m5.large. Its quota for training warm pools is 0 in a new account.")
          .optional(
              "InstanceCount", whole(1, 100, "instances"), "Instances of one training job.", 1)
          .optional("VolumeSizeInGB", whole(1, 16_384, "GB"), "Volume of each instance, in GB.", 10)
          .optional(
              "VolumeKmsKeyId",
              Shapes.KMS_KEY,
              "KMS key of the volumes. Default: none of your own.")
          .optional(
              "KeepAlivePeriodInSeconds",
              whole(1, 3600, "seconds"),
              "How long an idle instance is kept warm at most, in seconds; more than 240 are not asked for. It is released earlier as soon as no fold can use it.",
              240)
          .refuse("InstanceGroups", "heterogeneous clusters cannot use warm pools")
          .refuse("TrainingPlanArn", "training plans are not supported")
          .refuse("InstancePlacementConfig", "it is not supported")
          .build();

  private static final ObjectShape STOPPING =
      object("an object with MaxRuntimeInSeconds")
          .optional(
              "MaxRuntimeInSeconds",
              whole(1, TWENTY_EIGHT_DAYS, "seconds"),
              "The time one training job may take, in seconds. A fold that takes longer fails its trial.",
              3600)
          .refuse("MaxWaitTimeInSeconds", "it is for spot training, which cannot use warm pools")
          .refuse("MaxPendingTimeInSeconds", "capacity is waited for by the study itself")
          .build();

  private static final ObjectShape OUTPUT =
      object("an object with S3OutputPath")
          .optional(
              "S3OutputPath",
              Shapes.S3_URI,
              "S3 prefix of the artifacts, where the jobs' role may write: the one of the stack may under studies/ of the stack's bucket. Default: the study's folder there.")
          .optional(
              "KmsKeyId", Shapes.KMS_KEY, "KMS key of the artifacts. Default: the bucket's own.")
          .refuse("CompressionType", "artifacts are always model.tar.gz")
          .build();

  private static final ObjectShape TAG =
      object("an object with Key and Value")
          .required(
              "Key",
              new Leaf.Text(1, 128, TAG_PATTERN, "letters, digits, spaces and _.:/=+-@"),
              "Key of the tag, not beginning with aws: or warmfold:.")
          .required(
              "Value",
              new Leaf.Text(0, 256, TAG_PATTERN, "letters, digits, spaces and _.:/=+-@"),
              "Value of the tag.")
          .build();

  static final ObjectShape DEFINITION =
      object("an object that says how to train")
          .required("AlgorithmSpecification", ALGORITHM, "The training image.")
          .optional(
              "StaticHyperParameters",
              new MapShape(
                  line(1, 256, "the name of a hyperparameter"),
                  new Leaf.Loose(line(0, 2500, "a value as text, a number or a boolean"), true),
                  100),
              "Hyperparameters that are the same in every trial; with the tuned ones at most 100. For the built-in XGBoost objective (reg:squarederror) and eval_metric (the objective metric) are filled in.")
          .required("ResourceConfig", RESOURCES, "The instances of one training job.")
          .complete("StoppingCondition", STOPPING, "The time one training job may take.")
          .optional(
              "RoleArn",
              Shapes.ROLE_ARN,
              "The role of the training jobs. Default: the stack's own, which is the only one that the stack may pass; another is given to it as ExistingTrainingRoleArn.")
          .optional("OutputDataConfig", OUTPUT, "Where artifacts go. Default: the stack's bucket.")
          .optional("VpcConfig", Shapes.VPC, "Network of the training jobs. Default: none.")
          .optional(
              "EnableNetworkIsolation",
              Shapes.FLAG,
              "Whether the container is without any network.",
              false)
          .optional(
              "EnableInterContainerTrafficEncryption",
              Shapes.FLAG,
              "Whether traffic between the instances of one job is encrypted.",
              false)
          .optional(
              "Environment",
              new MapShape(
                  Shapes.ENVIRONMENT_KEY,
                  new Leaf.Loose(text(0, 512, "a value as text, a number or a boolean"), true),
                  100),
              "Environment variables of the container, at most 100.")
          .optional(
              "Tags",
              list(TAG, 0, 45),
              "Tags of everything the study makes, at most 45; the study adds its own.")
          .refuse("EnableManagedSpotTraining", "spot training cannot use warm pools")
          .refuse("RetryStrategy", "the study itself repeats jobs that failed for want of capacity")
          .refuse("InputDataConfig", "the channels are made from /Data")
          .refuse("CheckpointConfig", "folds and trials would share their checkpoints")
          .refuse("HyperParameterTuningResourceConfig", "the instances are those of ResourceConfig")
          .refuse(
              "HyperParameterRanges",
              "the ranges belong to /HyperParameterTuningJobConfig/ParameterRanges")
          .refuse(
              "TuningObjective",
              "the objective belongs to /HyperParameterTuningJobConfig/HyperParameterTuningJobObjective")
          .refuse("DefinitionName", "a study has one definition, which needs no name")
          .build();

  private TrainingShape() {}
}
