package io.warmfold.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {

  @TempDir private Path folder;
  private Path root;
  private Path object;

  @BeforeEach
  void root() {
    root = folder.resolve("s3");
    object = root.resolve("data/in/rows.csv");
  }

  @Test
  void aFileIsCopiedWithAllItsFolders() throws IOException {
    Path file = Files.writeString(folder.resolve("rows.csv"), "1,2\n");

    Uploads.into(root).file(file, object);

    assertThat(object).hasSameBinaryContentAs(file);
    assertThat(root.resolve(".parts")).doesNotExist();
  }

  @Test
  void aCopyThatFailsLeavesNothing() throws IOException {
    Uploads uploads = Uploads.into(root);

    assertThatThrownBy(() -> uploads.file(folder.resolve("none.csv"), object))
        .isInstanceOf(NoSuchFileException.class);

    assertThat(object.getParent()).isEmptyDirectory();
    assertThat(root.resolve(".parts")).doesNotExist();
  }

  @Test
  void whatAnEndedProcessLeftIsClearedAway() throws IOException {
    Path left = Files.createDirectories(root.resolve(".parts")).resolve("1.part");
    Files.writeString(left, "half");

    Uploads.into(root);

    assertThat(left.getParent()).doesNotExist();
  }
}
