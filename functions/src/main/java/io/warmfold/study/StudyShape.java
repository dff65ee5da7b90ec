package io.warmfold.study;

import static io.warmfold.study.ObjectShape.object;
import static io.warmfold.study.Shapes.list;
import static io.warmfold.study.Shapes.whole;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The shape of the whole document. */
final class StudyShape {

  static final ObjectShape DATA =
      object("an object that says where the data are")
          .optional(
              "S3Uri",
              Shapes.S3_URI,
              "The rows, as s3://bucket/key: the object with that key; or else all objects in the folder of that name; or else all objects whose keys begin so. Required unless Shards are given.")
          .optional(
              "ContentType",
              Shapes.MIME_TYPE,
              "MIME type of the rows as the training image gets them. Only text/csv can be split into folds; others need Shards. Default: text/csv.")
          .optional(
              "HasHeader",
              Shapes.FLAG,
              "Whether every file starts with a line of column names. The training image never sees that line. Default: false.")
          .optional(
              "LabelColumn",
              new Leaf.Column(),
              "The column to learn: its name (with a header), or its zero-based index as a number or as digits. It is moved to the front for training. Default: 0.")
          .optional(
              "Shards",
              list(Shapes.S3_URI, 2, 50),
              "Your own folds, with Splitter Predefined: one S3 prefix a fold, each ending in a slash, all in one bucket. The files go to the training image as they are.")
          .refuse("S3DataSource", "write its S3Uri as /Data/S3Uri")
          .build();

  static final ObjectShape RACE =
      object("an object with Type")
          .optional(
              "Type",
              Leaf.Choice.of(RaceType.SUPPORTED, List.of(RaceType.values())),
              "Whether a trial may be stopped before its last fold. "
                  + Named.meanings(RaceType.SUPPORTED),
              RaceType.SUPPORTED.getFirst().label())
          .optional(
              "Alpha",
              new Leaf.Real(0.0, 0.5),
              "With a race: a trial is left uncompleted when its chance to beat the best trial is below this (half of it after a single fold). While new trials can be made, one with a chance below 0.15 is put off until there are none; with the Strategy Bayesian and fewer than 100 trials, one with a chance below Alpha. Default: 0.05.")
          .build();

  static final ObjectShape CROSS_VALIDATION =
      object("an object with Folds and the like")
          .optional(
              "Folds",
              whole(2, 50, "folds"),
              "K: how many parts the data are split into, each held out once. Default: 5, or the number of Shards.")
          .optional(
              "Splitter",
              Leaf.Choice.of(SplitterType.SUPPORTED, List.of(SplitterType.values())),
              "How rows become folds. KFold: shuffled rows. StratifiedKFold: the same share of every class in each fold. Predefined: your own Shards. Default: Predefined with Shards, StratifiedKFold for the binary: and multi: objectives of the built-in XGBoost, otherwise KFold.")
          .optional("Seed", whole(0, Integer.MAX_VALUE, ""), "Seed of the shuffle.", 0)
          .optional(
              "ParallelFolds",
              whole(1, 50, "folds"),
              "How many folds of one trial may run at once, at most Folds. With a race only a trial that looks like a new best one runs more than one at once. Default: Folds with a race, otherwise 1.")
          .complete("Race", RACE, "The rule by which a trial may be stopped early.")
          .refuse("RandomState", "write it as Seed")
          .refuse("Shuffle", "rows are always shuffled, by Seed")
          .build();

  static final ObjectShape MODEL =
      object("an object that says how the model is registered")
          .optional(
              "ModelPackageGroupName",
              new Leaf.Text(1, 63, Shapes.NAME_PATTERN, "letters, digits and hyphens"),
              "The group in the model registry, made if it does not exist. Default: StudyName.")
          .optional(
              "ModelApprovalStatus",
              Leaf.Choice.of("PendingManualApproval", "Approved", "Rejected"),
              "Approval status of the new version.",
              "PendingManualApproval")
          .optional(
              "ModelPackageDescription",
              new Leaf.Text(1, 1024, "[^\\u0000-\\u001f]*", "a description without line breaks"),
              "Description of the new version. Default: one that names the study and its score.")
          .optional(
              "CustomerMetadataProperties",
              new MapShape(
                  new Leaf.Text(1, 128, "[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*", "a name of a property"),
                  new Leaf.Text(1, 256, "[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*", "a property"),
                  40),
              "Properties of the new version, at most 40; the study adds its own.")
          .optional(
              "InferenceImage",
              Shapes.IMAGE,
              "The image that serves the model. Default: the training image.")
          .build();

  static final ObjectShape ROOT =
      object("a study document, which is a JSON object")
          .required(
              "StudyName",
              new Leaf.Text(
                  1,
                  63,
                  Shapes.NAME_PATTERN,
                  "letters, digits and hyphens, beginning and ending with a letter or digit"),
              "Name of the study. Jobs, objects and the model package group are named after it; the same name may be used again.")
          .required("Data", DATA, "The data to learn from.")
          .complete("CrossValidation", CROSS_VALIDATION, "How a trial is scored.")
          .required(
              "HyperParameterTuningJobConfig",
              TuningShape.CONFIG,
              "What is tuned, for what, and with what budget: as in Automatic Model Tuning.")
          .required(
              "TrainingJobDefinition",
              TrainingShape.DEFINITION,
              "What every fold and the final training have in common: as in Automatic Model Tuning.")
          .optional(
              "Processing",
              ProcessingShape.DEFINITION,
              "A processing job that prepares the data before they are split: as CreateProcessingJob. Default: none.")
          .complete("Model", MODEL, "How the best model is registered.")
          .optional(
              "Transform",
              TransformShape.DEFINITION,
              "A batch transform with the best model: as CreateTransformJob. Default: none.")
          .optional(
              "WarmStartConfig",
              TuningShape.WARM_START,
              "Earlier studies whose trials inform the search, as in Automatic Model Tuning. They are never the result of this study. Default: none.")
          .refuse("HyperParameterTuningJobName", "the name of the study is StudyName")
          .refuse("TrainingJobDefinitions", "a study has one TrainingJobDefinition")
          .refuse("Autotune", "say what is tuned in /HyperParameterTuningJobConfig/ParameterRanges")
          .refuse("$schema", "name the schema in your editor, not in the document")
          .build();

  private static final Map<String, List<String>> PLACES = new HashMap<>();

  static {
    collect(ROOT, "");
  }

  private StudyShape() {}

  /** Where in the document a field of this name belongs; nothing if there are more than three. */
  static List<String> placesOf(String name) {
    var places = PLACES.getOrDefault(name, List.of());
    return places.size() > 3 ? List.of() : List.copyOf(places);
  }

  private static void collect(Shape shape, String pointer) {
    switch (shape) {
      case ObjectShape(_, var fields, _) ->
          fields.forEach(
              (name, field) -> {
                var at = Problems.member(pointer, name);
                PLACES.computeIfAbsent(name, _ -> new ArrayList<>()).add(at);
                collect(field.shape(), at);
              });
      case ListShape(var item, _, _) -> collect(item, pointer + "/*");
      case MapShape _ -> {}
      case Leaf _ -> {}
    }
  }
}
