package io.warmfold.local.sagemaker.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FoldersTest {

  @Test
  void onlyTheContainersOwnFolderIsElsewhereOnThisMachine() {
    assertThat(
            Folders.local(
                "/opt/mlenv/bin/python /opt/ml/code/a.py --dir=/opt/ml:/opt/ml-x", Path.of("/$1")))
        .isEqualTo("/opt/mlenv/bin/python /$1/code/a.py --dir=/$1:/opt/ml-x");
  }
}
