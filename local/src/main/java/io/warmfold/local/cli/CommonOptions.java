package io.warmfold.local.cli;

import io.warmfold.local.aws.S3Folder;
import io.warmfold.local.sagemaker.Images;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that commands share. */
final class CommonOptions {

  /**
   * A file and where it goes.
   *
   * @param s3Uri of the object
   */
  record Upload(Path file, String s3Uri) {}

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = ".warmfold",
      description = "Where objects, ledger and logs are kept (default: ${DEFAULT-VALUE}).")
  private Path work;

  @Option(
      names = "--upload",
      paramLabel = "FILE=S3URI",
      description = "Puts a file into the local S3 first; may be given several times.")
  private List<String> uploads = List.of();

  @Option(
      names = "--image",
      paramLabel = "NAME='COMMAND'",
      description =
          "Runs the jobs of an image by a shell command; may be given several times. The command"
              + " finds its folder in SAGEMAKER_BASE_DIR.")
  private List<String> images = List.of();

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Writes every AWS call as a JSON line.")
  private Path record;

  @Option(
      names = "--json",
      description = "Prints the result document alone on stdout; everything else goes to stderr.")
  private boolean json;

  boolean json() {
    return json;
  }

  /**
   * The folder to work in, which need not be there yet.
   *
   * @throws WrongInputException if something else is there, or in its way
   */
  Path work() {
    requireFolder("--work " + work, work);
    return work;
  }

  /** That a folder is there or can be made. */
  private static void requireFolder(String option, Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw new WrongInputException(option + ": expected a folder; " + there + " is none");
    }
  }

  Path logs() {
    return work.resolve("logs");
  }

  /**
   * The file that gets the AWS calls.
   *
   * @throws WrongInputException if it cannot be written
   */
  Optional<Path> recording() {
    if (record != null) {
      if (Files.isDirectory(record)) {
        throw new WrongInputException("--record " + record + ": expected a file; this is a folder");
      }
      requireFolder("--record " + record, record.toAbsolutePath().getParent());
    }
    return Optional.ofNullable(record);
  }

  /** Those of the given options that only a cloud can heed. */
  List<String> forACloud() {
    List<String> given = new ArrayList<>();
    if (record != null) {
      given.add("--record");
    }
    if (!uploads.isEmpty()) {
      given.add("--upload");
    }
    return given;
  }

  /**
   * The files to upload.
   *
   * @throws WrongInputException if one cannot be read, has no S3 URI or leads out of its bucket
   */
  List<Upload> uploads() {
    List<Upload> all = new ArrayList<>();
    for (String option : uploads) {
      int at = option.lastIndexOf("=s3://");
      if (at < 1 || !option.substring(at + 1).matches("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.*")) {
        throw new WrongInputException(
            "--upload "
                + option
                + ": expected FILE=s3://bucket/key, such as data.csv=s3://my-data/data.csv");
      }
      Path file = Path.of(option.substring(0, at));
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new WrongInputException("--upload " + option + ": cannot read " + file);
      }
      String uri = option.substring(at + 1);
      String object = uri.endsWith("/") ? uri + file.getFileName() : uri;
      try {
        new S3Folder(work).file(object);
      } catch (IllegalArgumentException refused) {
        throw new WrongInputException("--upload " + option + ": " + refused.getMessage());
      }
      all.add(new Upload(file, object));
    }
    return all;
  }

  /**
   * The images that are mapped to commands.
   *
   * @throws WrongInputException if one has no command or is built in
   */
  Images images() {
    Map<String, String> commands = new LinkedHashMap<>();
    for (String option : images) {
      int at = option.indexOf('=');
      if (at < 1 || option.substring(at + 1).isBlank()) {
        throw new WrongInputException(
            "--image "
                + option
                + ": expected NAME='COMMAND', such as my-image:1='python train.py'");
      }
      if (Images.builtIn(option.substring(0, at))) {
        throw new WrongInputException(
            "--image "
                + option
                + ": this machine runs sagemaker-xgboost itself; give an image of your own another"
                + " name");
      }
      commands.put(option.substring(0, at), option.substring(at + 1));
    }
    return new Images(commands);
  }
}
