package io.warmfold.study;

import static io.warmfold.study.ObjectShape.object;
import static io.warmfold.study.Shapes.text;
import static io.warmfold.study.Shapes.whole;

/** The shape of {@code Transform}: that of {@code CreateTransformJob} without names. */
final class TransformShape {

  private static final ObjectShape INPUT =
      object("an object with DataSource")
          .required(
              "DataSource",
              object("an object with S3DataSource")
                  .required(
                      "S3DataSource",
                      object("an object with S3Uri")
                          .optional(
                              "S3DataType",
                              Leaf.Choice.of("S3Prefix", "ManifestFile"),
                              "Whether S3Uri is a prefix or a manifest.",
                              "S3Prefix")
                          .required(
                              "S3Uri",
                              Shapes.S3_URI,
                              "The rows to predict for: features only, in the order of training, without a header.")
                          .build(),
                      "Objects in S3.")
                  .build(),
              "Where the rows are.")
          .optional("ContentType", Shapes.MIME_TYPE, "MIME type of the rows.", "text/csv")
          .optional(
              "CompressionType",
              Leaf.Choice.of("None", "Gzip"),
              "Whether the objects are compressed.",
              "None")
          .optional(
              "SplitType",
              Leaf.Choice.of("Line", "None", "RecordIO", "TFRecord"),
              "How an object is cut into records.",
              "Line")
          .build();

  private static final ObjectShape OUTPUT =
      object("an object with S3OutputPath and the like")
          .optional(
              "S3OutputPath",
              Shapes.S3_URI,
              "S3 prefix of the predictions, one <name>.out for each object, where the jobs' role may write: the one of the stack may under studies/ of the stack's bucket. Default: the study's folder there.")
          .optional(
              "Accept", Shapes.MIME_TYPE, "MIME type of the predictions. Default: the image's own.")
          .optional(
              "AssembleWith",
              Leaf.Choice.of("Line", "None"),
              "How predictions are put together. Default: Line if SplitType is Line, otherwise None.")
          .optional(
              "KmsKeyId", Shapes.KMS_KEY, "KMS key of the predictions. Default: the bucket's own.")
          .build();

  private static final ObjectShape RESOURCES =
      object("an object with InstanceType")
          .required("InstanceType", Shapes.INSTANCE_TYPE, "Instance type, such as ml.m5.large.")
          .optional("InstanceCount", whole(1, 100, "instances"), "Number of instances.", 1)
          .optional(
              "VolumeKmsKeyId",
              Shapes.KMS_KEY,
              "KMS key of the volumes. Default: none of your own.")
          .build();

  private static final ObjectShape DATA_PROCESSING =
      object("an object with InputFilter, JoinSource and OutputFilter")
          .optional(
              "InputFilter",
              text(1, 63, "a JSONPath"),
              "Which columns reach the model, as JSONPath: $[1:] leaves out the first.")
          .optional(
              "OutputFilter", text(1, 63, "a JSONPath"), "Which columns are written, as JSONPath.")
          .optional(
              "JoinSource",
              Leaf.Choice.of("None", "Input"),
              "Input: each prediction is written behind its row.",
              "None")
          .build();

  static final ObjectShape DEFINITION =
      object("an object as for CreateTransformJob")
          .required("TransformInput", INPUT, "What to predict for.")
          .complete("TransformOutput", OUTPUT, "Where the predictions go.")
          .required("TransformResources", RESOURCES, "The instances.")
          .optional(
              "BatchStrategy",
              Leaf.Choice.of("MultiRecord", "SingleRecord"),
              "Whether a request has as many records as fit, or one. Default: MultiRecord, but SingleRecord if SplitType is None.")
          .optional("DataProcessing", DATA_PROCESSING, "Filters of columns. Default: none.")
          .optional(
              "MaxConcurrentTransforms",
              whole(0, 100, "requests"),
              "Requests at once to each instance. Default: SageMaker's own choice.")
          .optional(
              "MaxPayloadInMB",
              whole(0, 100, "MB"),
              "Largest request, in MB; with MaxConcurrentTransforms at most 100 together. Default: SageMaker's own 6.")
          .optional(
              "Environment",
              new MapShape(
                  new Leaf.Text(
                      1, 1024, "[a-zA-Z_][a-zA-Z0-9_]*", "a name of an environment variable"),
                  new Leaf.Loose(text(0, 10_240, "a value as text, a number or a boolean"), true),
                  16),
              "Environment variables of the container, at most 16.")
          .refuse("TransformJobName", "the study names its jobs")
          .refuse("ModelName", "the model is the study's own")
          .refuse("Tags", "the tags of /TrainingJobDefinition/Tags are used")
          .refuse("ModelClientConfig", "it is not supported")
          .refuse("DataCaptureConfig", "it is not supported")
          .refuse("ExperimentConfig", "it is not supported")
          .build();

  private TransformShape() {}
}
