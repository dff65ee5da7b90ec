package io.warmfold.local.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FunctionLogTest {

  @TempDir Path work;

  @Test
  void writesEachLineAtOnceIntoTheFileOfItsFunction() throws Exception {
    try (var log = new FunctionLog(work.resolve("functions"))) {
      log.write("NextFold", "one");
      log.write("NextFold", "two\n");
      log.write("StartJob", "three");

      assertThat(work.resolve("functions/NextFold.log")).hasContent("one\ntwo\n");
      assertThat(work.resolve("functions/StartJob.log")).hasContent("three\n");
    }
  }

  @Test
  void leavesTheFolderAloneOnceItIsClosed() throws Exception {
    Path folder = work.resolve("functions");
    var log = new FunctionLog(folder);
    log.write("AbandonStudy", "in time");
    log.close();
    Files.delete(folder.resolve("AbandonStudy.log"));
    Files.delete(folder);

    log.write("AbandonStudy", "too late");

    assertThat(folder).doesNotExist();
  }
}
