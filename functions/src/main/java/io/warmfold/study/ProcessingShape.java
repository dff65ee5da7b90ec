package io.warmfold.study;

import static io.warmfold.study.ObjectShape.object;
import static io.warmfold.study.Shapes.line;
import static io.warmfold.study.Shapes.list;
import static io.warmfold.study.Shapes.text;
import static io.warmfold.study.Shapes.whole;

/** The shape of {@code Processing}: that of {@code CreateProcessingJob} without the name. */
final class ProcessingShape {

  private static final Leaf.Text NAME =
      new Leaf.Text(1, 64, "[A-Za-z0-9._-]+", "letters, digits and ._-");

  private static final ObjectShape INPUT =
      object("an object with InputName and S3Input")
          .required("InputName", NAME, "Name of the input, once only.")
          .required(
              "S3Input",
              object("an object with S3Uri and LocalPath")
                  .required("S3Uri", Shapes.S3_URI, "The objects to bring.")
                  .required(
                      "LocalPath",
                      new Leaf.Text(
                          1,
                          256,
                          "/opt/ml/processing(/[^\\u0000-\\u001f]*)?",
                          "a path that begins with /opt/ml/processing"),
                      "Where the container finds them, under /opt/ml/processing.")
                  .optional(
                      "S3DataType",
                      Leaf.Choice.of("S3Prefix", "ManifestFile"),
                      "Whether S3Uri is a prefix or a manifest.",
                      "S3Prefix")
                  .optional(
                      "S3InputMode",
                      Leaf.Choice.of("File", "Pipe"),
                      "How the objects reach the container.",
                      "File")
                  .optional(
                      "S3DataDistributionType",
                      Leaf.Choice.of("FullyReplicated", "ShardedByS3Key"),
                      "Whether every instance gets all objects or its part of them.",
                      "FullyReplicated")
                  .optional(
                      "S3CompressionType",
                      Leaf.Choice.of("None", "Gzip"),
                      "Whether objects are decompressed on the way; Gzip needs Pipe.",
                      "None")
                  .build(),
              "Objects in S3.")
          .refuse("DatasetDefinition", "inputs come from S3")
          .refuse("AppManaged", "inputs come from S3")
          .build();

  private static final ObjectShape OUTPUT =
      object("an object with OutputName and S3Output")
          .required("OutputName", NAME, "Name of the output, once only.")
          .required(
              "S3Output",
              object("an object with S3Uri and LocalPath")
                  .required(
                      "S3Uri",
                      Shapes.S3_URI,
                      "Where the files go, where the jobs' role may write: the one of the stack may under studies/ of the stack's bucket. For the study to learn from them, /Data/S3Uri or a shard lies here.")
                  .required(
                      "LocalPath",
                      new Leaf.Text(1, 256, "/[^\\u0000-\\u001f]*", "an absolute path"),
                      "The folder in the container that is uploaded.")
                  .optional(
                      "S3UploadMode",
                      Leaf.Choice.of("EndOfJob", "Continuous"),
                      "When files are uploaded.",
                      "EndOfJob")
                  .build(),
              "A prefix in S3.")
          .refuse("FeatureStoreOutput", "outputs go to S3")
          .refuse("AppManaged", "outputs go to S3")
          .build();

  private static final ObjectShape CLUSTER =
      object("an object with InstanceType")
          .required("InstanceType", Shapes.INSTANCE_TYPE, "Instance type, such as ml.m5.large.")
          .optional("InstanceCount", whole(1, 100, "instances"), "Number of instances.", 1)
          .optional("VolumeSizeInGB", whole(1, 16_384, "GB"), "Volume of each instance, in GB.", 30)
          .optional(
              "VolumeKmsKeyId",
              Shapes.KMS_KEY,
              "KMS key of the volumes. Default: none of your own.")
          .build();

  private static final ObjectShape APP =
      object("an object with ImageUri")
          .required("ImageUri", Shapes.IMAGE, "URI of the image.")
          .optional(
              "ContainerEntrypoint",
              list(line(1, 256, "a part of a command"), 1, 100),
              "Entry point. Default: the image's own.")
          .optional(
              "ContainerArguments",
              list(line(1, 256, "an argument"), 1, 100),
              "Arguments. Default: none.")
          .build();

  private static final ObjectShape NETWORK =
      object("an object with VpcConfig and the like")
          .optional(
              "EnableInterContainerTrafficEncryption",
              Shapes.FLAG,
              "Whether traffic between the instances is encrypted.",
              false)
          .optional(
              "EnableNetworkIsolation",
              Shapes.FLAG,
              "Whether the container is without any network.",
              false)
          .optional("VpcConfig", Shapes.VPC, "Network of the job. Default: none.")
          .build();

  static final ObjectShape DEFINITION =
      object("an object as for CreateProcessingJob")
          .optional("ProcessingInputs", list(INPUT, 0, 10), "Inputs, at most 10.")
          .required(
              "ProcessingOutputConfig",
              object("an object with Outputs")
                  .required("Outputs", list(OUTPUT, 1, 10), "Outputs, 1 to 10.")
                  .optional(
                      "KmsKeyId",
                      Shapes.KMS_KEY,
                      "KMS key of the outputs. Default: the bucket's own.")
                  .build(),
              "Where the output goes.")
          .required(
              "ProcessingResources",
              object("an object with ClusterConfig")
                  .required("ClusterConfig", CLUSTER, "The instances.")
                  .build(),
              "The instances.")
          .required("AppSpecification", APP, "The image and what it runs.")
          .optional(
              "Environment",
              new MapShape(
                  new Leaf.Text(
                      1, 256, "[a-zA-Z_][a-zA-Z0-9_]*", "a name of an environment variable"),
                  new Leaf.Loose(text(0, 256, "a value as text, a number or a boolean"), true),
                  100),
              "Environment variables of the container, at most 100.")
          .optional("NetworkConfig", NETWORK, "The network. Default: none.")
          .complete(
              "StoppingCondition",
              object("an object with MaxRuntimeInSeconds")
                  .optional(
                      "MaxRuntimeInSeconds",
                      whole(1, 777_600, "seconds"),
                      "The time the job may take, in seconds.",
                      86_400)
                  .build(),
              "The time the job may take.")
          .optional(
              "RoleArn",
              Shapes.ROLE_ARN,
              "The role of the job. Default: the stack's own, which is the only one that the stack may pass.")
          .refuse("ProcessingJobName", "the study names its jobs")
          .refuse("Tags", "the tags of /TrainingJobDefinition/Tags are used")
          .refuse("ExperimentConfig", "it is not supported")
          .build();

  private ProcessingShape() {}
}
