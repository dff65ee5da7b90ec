package io.warmfold.local.sagemaker.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.warmfold.local.aws.S3Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Copies objects of the local S3 to an instance's folders and back. */
record Transfer(S3Folder objects) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Copies objects into a folder, under their names relative to what they were asked for by. */
  void download(String dataType, String uri, Path into) throws IOException, JobFailure {
    Files.createDirectories(into);
    for (var object : list(dataType, uri).entrySet()) {
      Path to = into.resolve(object.getKey()).normalize();
      if (!to.startsWith(into)) {
        throw JobFailure.client(
            "Data download failed: " + object.getKey() + " leaves its channel.");
      }
      Files.createDirectories(to.getParent());
      Files.copy(object.getValue(), to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * The objects that a data source names.
   *
   * @return files by their relative names, in the order of the manifest or else of their keys
   */
  Map<String, Path> list(String dataType, String uri) throws IOException, JobFailure {
    try {
      return switch (dataType) {
        case "S3Prefix" -> prefix(uri);
        case "ManifestFile" -> manifest(uri);
        default -> throw JobFailure.client("S3DataType " + dataType + " is not served locally.");
      };
    } catch (IllegalArgumentException e) {
      throw (JobFailure) JobFailure.client("Data download failed: " + e.getMessage()).initCause(e);
    }
  }

  private Map<String, Path> prefix(String uri) throws IOException, JobFailure {
    Map<String, Path> found = new LinkedHashMap<>();
    String folder = uri.endsWith("/") ? uri : uri + "/";
    String parent = uri.substring(0, uri.lastIndexOf('/') + 1);
    for (String object : objects.list(uri)) {
      String name =
          object.startsWith(folder)
              ? object.substring(folder.length())
              : object.substring(parent.length());
      found.put(name, objects.file(object));
    }
    if (found.isEmpty()) {
      throw JobFailure.client(
          "Data download failed:No S3 objects found under S3 URL \""
              + uri
              + "\" given in input data source. Please ensure that the bucket exists, that objects"
              + " exist under that S3 prefix, and that the role can list the bucket.");
    }
    return found;
  }

  private Map<String, Path> manifest(String uri) throws IOException, JobFailure {
    Path file = objects.file(uri);
    if (!Files.isRegularFile(file)) {
      throw JobFailure.client("Data download failed:Unable to find the manifest file " + uri + ".");
    }
    JsonNode entries = JSON.readTree(file.toFile());
    String prefix = entries.path(0).path("prefix").asText();
    if (!entries.isArray() || entries.size() < 2 || !prefix.startsWith("s3://")) {
      throw JobFailure.client(
          "Data download failed:The manifest file "
              + uri
              + " is not a list of a prefix and at least one name.");
    }
    Map<String, Path> found = new LinkedHashMap<>();
    for (int i = 1; i < entries.size(); i++) {
      String name = entries.get(i).asText();
      Path object = objects.file(prefix + name);
      if (!Files.isRegularFile(object)) {
        throw JobFailure.client(
            "Data download failed:The object "
                + prefix
                + name
                + " of the manifest file "
                + uri
                + " does not exist.");
      }
      found.put(name, object);
    }
    return found;
  }

  /** Puts a file's content under a URI. */
  void upload(Path file, String uri) throws IOException {
    Path draft = draft(uri);
    Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
    publish(draft, uri);
  }

  /** Puts every file below a folder under a URI's prefix; a missing folder has no files. */
  void uploadAll(Path folder, String uri) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      upload(file, uri.replaceFirst("/+$", "") + "/" + folder.relativize(file));
    }
  }

  /**
   * A file to write before an object appears, outside its bucket, for readers never to see half of
   * it.
   */
  Path draft(String uri) throws IOException {
    Path to = objects.file(uri);
    Files.createDirectories(to.getParent());
    Path drafts = objects.root().resolveSibling("uploads");
    Files.createDirectories(drafts);
    return Files.createTempFile(drafts, "upload", null);
  }

  void publish(Path draft, String uri) throws IOException {
    Files.move(
        draft,
        objects.file(uri),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
