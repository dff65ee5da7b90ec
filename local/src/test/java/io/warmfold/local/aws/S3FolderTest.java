package io.warmfold.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3FolderTest {

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(strings = {"part ü.csv", "100%.csv", "a%20b", "a#b?c", "x=1/[y]"})
  void aKeyIsTakenAsItIs(String key) throws IOException {
    S3Folder folder = new S3Folder(root);
    Path file = folder.file("s3://made/in/" + key);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "content");
    assertThat(root.resolve("made/in/" + key)).hasContent("content");
    assertThat(folder.list("s3://made/in/")).containsExactly("s3://made/in/" + key);
    assertThat(folder.list("s3://made")).containsExactly("s3://made/in/" + key);
  }

  @Test
  void whatIsNoObjectIsRefused() {
    S3Folder folder = new S3Folder(root);
    assertThatThrownBy(() -> folder.file("/tmp/x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> folder.file("s3://made/../other/x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> folder.file("s3://../x")).isInstanceOf(IllegalArgumentException.class);
  }
}
