package io.warmfold.local.cli;

import io.warmfold.local.cloud.LocalCloud;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where Warmfold itself is.
 *
 * @param folder with the template, the state machine and the examples
 */
record Home(Path folder) {

  /** As the launcher says, else the working directory. */
  static Home ofProcess() {
    return new Home(Path.of(System.getProperty("warmfold.home", ".")).toAbsolutePath().normalize());
  }

  /**
   * @throws IllegalStateException if this is no checkout of Warmfold
   */
  Path template() {
    Path template = folder.resolve("template.yaml");
    if (!Files.isRegularFile(template)) {
      throw new IllegalStateException(
          template + " is missing: -Dwarmfold.home has to name Warmfold's own folder");
    }
    return template;
  }

  /** The example data, the content of the bucket {@value LocalCloud#EXAMPLES_BUCKET}. */
  Path examples() {
    return folder.resolve("events").resolve("data");
  }
}
