package io.warmfold.local.cli;

import io.warmfold.local.aws.S3Folder;
import io.warmfold.local.cloud.LocalCloud;
import io.warmfold.local.sagemaker.Images;
import io.warmfold.study.Problem;
import io.warmfold.study.StudyDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be known before a study is run on this machine: whether its data and images are here.
 */
final class LocalChecks {

  private final Home home;
  private final CommonOptions options;

  LocalChecks(Home home, CommonOptions options) {
    this.home = home;
    this.options = options;
  }

  /** Problems that a run on this machine would have. */
  List<Problem> ofRun(StudyDocument document) {
    List<Problem> problems = new ArrayList<>(ofData(document, true));
    problems.addAll(
        image(
            document.trainingImage(),
            "/TrainingJobDefinition/AlgorithmSpecification/TrainingImage"));
    if (document.batchTransform().isPresent()
        && !document.model().inferenceImage().equals(document.trainingImage())) {
      problems.addAll(image(document.model().inferenceImage(), "/Model/InferenceImage"));
    }
    return problems;
  }

  /**
   * Data that ought to be there and are not.
   *
   * @param everywhere whether all data have to be local; else only those of buckets that are
   */
  List<Problem> ofData(StudyDocument document, boolean everywhere) {
    List<Problem> problems = new ArrayList<>();
    if (document.preparation().isPresent()) {
      return problems;
    }
    if (document.data().s3Uri() != null) {
      data(document.data().s3Uri(), "/Data/S3Uri", everywhere, problems);
    }
    for (int i = 0; i < document.data().shards().size(); i++) {
      data(document.data().shards().get(i), "/Data/Shards/" + i, everywhere, problems);
    }
    document
        .batchTransform()
        .ifPresent(
            transform ->
                data(
                    transform.transformInput().dataSource().s3DataSource().s3Uri(),
                    "/Transform/TransformInput/DataSource/S3DataSource/S3Uri",
                    everywhere,
                    problems));
    return problems;
  }

  private void data(String uri, String pointer, boolean everywhere, List<Problem> problems) {
    boolean local = everywhere || bucketIsHere(uri);
    if (local && !isThere(uri)) {
      boolean example = uri.startsWith("s3://" + LocalCloud.EXAMPLES_BUCKET + "/");
      problems.add(
          new Problem(
              pointer,
              uri + ", where the local S3 has no object",
              example
                  ? "one of the examples in " + home.examples()
                  : "an object that is there; put a file there with --upload FILE=" + uri));
    }
  }

  private List<Problem> image(String image, String pointer) {
    Images images = options.images();
    return Images.builtIn(image) || images.command(image).isPresent()
        ? List.of()
        : List.of(
            new Problem(
                pointer,
                image + ", which this machine cannot run",
                "the built-in sagemaker-xgboost, or --image " + image + "='COMMAND'"));
  }

  private boolean bucketIsHere(String uri) {
    String bucket = uri.replaceFirst("^s3://([^/]+).*$", "$1");
    return bucket.equals(LocalCloud.EXAMPLES_BUCKET)
        || Files.isDirectory(options.work().resolve("s3").resolve(bucket))
        || options.uploads().stream()
            .anyMatch(upload -> upload.s3Uri().startsWith("s3://" + bucket + "/"));
  }

  private boolean isThere(String uri) {
    if (options.uploads().stream().anyMatch(upload -> upload.s3Uri().startsWith(uri))) {
      return true;
    }
    try {
      if (!new S3Folder(options.work().resolve("s3")).list(uri).isEmpty()) {
        return true;
      }
      String examples = "s3://" + LocalCloud.EXAMPLES_BUCKET + "/";
      return uri.startsWith(examples) && isExample(uri.substring(examples.length()));
    } catch (IllegalArgumentException notOne) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isExample(String key) throws IOException {
    Path examples = home.examples();
    if (!Files.isDirectory(examples)) {
      return false;
    }
    try (var files = Files.walk(examples)) {
      return files
          .filter(Files::isRegularFile)
          .anyMatch(file -> examples.relativize(file).toString().startsWith(key));
    }
  }
}
