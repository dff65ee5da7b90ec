package io.warmfold.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.local.aws.S3Folder;
import io.warmfold.study.StudyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeUpDataTest {

  @TempDir Path folder;

  private static StudyDocument document(String label, int folds) {
    return StudyDocuments.of(
        "svr-diabetes",
        json -> {
          json.withObject("/Data").put("S3Uri", "s3://mine/rows.csv").put("LabelColumn", label);
          json.withObject("/CrossValidation").put("Folds", folds);
        });
  }

  @Test
  void eachSimulationMakesUpItsOwnAndLeavesWhatSomebodyPutThere() throws IOException {
    S3Folder objects = new S3Folder(folder.resolve("s3"));
    MadeUpData.fill(document("before", 5), objects);
    Path other = objects.file("s3://mine/other.csv");
    Files.writeString(other, "kept");

    MadeUpData.forget(objects);
    assertThat(objects.file("s3://mine/rows.csv")).doesNotExist();
    MadeUpData.fill(document("after", 10), objects);

    assertThat(Files.readAllLines(objects.file("s3://mine/rows.csv")))
        .hasSize(201)
        .first()
        .asString()
        .contains("after");
    assertThat(other).hasContent("kept");
  }

  @Test
  void whatIsThereAlreadyIsTheData() throws IOException {
    S3Folder objects = new S3Folder(folder.resolve("s3"));
    Path rows = objects.file("s3://mine/rows.csv");
    Files.createDirectories(rows.getParent());
    Files.writeString(rows, "real");
    MadeUpData.fill(document("label", 5), objects);
    MadeUpData.forget(objects);
    assertThat(rows).hasContent("real");
  }
}
