package io.warmfold.local.sagemaker.xgboost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A channel's files as the image reads them: in the order of their names, three folders deep. */
final class DataFiles {

  private static final int DEEPEST = 3;

  private DataFiles() {}

  /** The content types that are read locally. */
  enum Format {
    CSV,
    LIBSVM;

    /**
     * Reads a channel's content type.
     *
     * @param contentType as the channel has it; null for the image's default, which is libsvm
     */
    static Format of(String contentType) throws UserError {
      if (contentType == null) {
        return LIBSVM;
      }
      List<String> parts = List.of(contentType.toLowerCase(Locale.ROOT).split(";", -1));
      return switch (parts.getFirst().strip()) {
        case "csv", "text/csv" -> csv(contentType, parts);
        case "libsvm", "text/libsvm", "text/x-libsvm" -> LIBSVM;
        case "parquet",
            "application/x-parquet",
            "recordio-protobuf",
            "application/x-recordio-protobuf" ->
            throw new UserError(contentType + " is not read by the local XGBoost image");
        default ->
            throw new UserError(
                contentType
                    + " is not an accepted ContentType: csv, libsvm, parquet, recordio-protobuf,"
                    + " text/csv, text/libsvm, text/x-libsvm, application/x-parquet,"
                    + " application/x-recordio-protobuf.");
      };
    }

    private static Format csv(String contentType, List<String> parts) throws UserError {
      for (String part : parts) {
        if (part.strip().startsWith("label_size=") && !part.strip().equals("label_size=1")) {
          throw new UserError(
              contentType
                  + " is not an accepted csv ContentType. Optional parameter label_size must be"
                  + " equal to 1");
        }
      }
      return CSV;
    }
  }

  /**
   * Lists a channel's files that hold data.
   *
   * @param warnings takes a line for what is left out
   */
  static List<Path> list(Path channel, Consumer<String> warnings) throws IOException, UserError {
    if (!Files.isDirectory(channel)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(channel)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      if (file.getFileName().toString().startsWith(".")) {
        throw new UserError("Hidden file found in the data path! Remove that before training.");
      }
    }
    List<Path> near =
        files.stream().filter(file -> channel.relativize(file).getNameCount() <= DEEPEST).toList();
    if (near.size() < files.size()) {
      warnings.accept(
          "The depth of folder "
              + channel
              + " exceed the limit "
              + DEEPEST
              + ". Files in deeper sub dirs won't be loaded. Please adjust the folder structure"
              + " accordingly.");
    }
    return near;
  }
}
