package io.warmfold.local.sagemaker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The resources of one kind by name, in the order in which they were created; each is a JSON file
 * when there is a folder. Not thread-safe.
 */
final class Store {

  private static final JsonMapper JSON = new JsonMapper();

  private final Optional<Path> folder;
  private final Map<String, ObjectNode> resources = new LinkedHashMap<>();

  /**
   * Reads what an earlier store left in the folder.
   *
   * @param folder where the files are; empty to remember nothing
   */
  Store(Optional<Path> folder) {
    this.folder = folder;
    folder.ifPresent(this::load);
  }

  private void load(Path from) {
    try {
      Files.createDirectories(from);
      List<ObjectNode> found = new ArrayList<>();
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
          found.add((ObjectNode) JSON.readTree(file.toFile()));
        }
      }
      found.sort(
          Comparator.comparing((ObjectNode node) -> node.path("CreationTime").decimalValue())
              .thenComparing(node -> node.path("StoreKey").textValue()));
      for (ObjectNode node : found) {
        resources.put(node.path("StoreKey").textValue(), node);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<ObjectNode> get(String name) {
    return Optional.ofNullable(resources.get(name));
  }

  Collection<ObjectNode> all() {
    return Collections.unmodifiableCollection(resources.values());
  }

  /** Keeps a resource, or what has become of it. */
  void put(String name, ObjectNode resource) {
    resource.put("StoreKey", name);
    resources.put(name, resource);
    folder.ifPresent(to -> write(to, name, resource));
  }

  void remove(String name) {
    resources.remove(name);
    folder.ifPresent(
        from -> {
          try {
            Files.deleteIfExists(file(from, name));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void write(Path folder, String name, ObjectNode resource) {
    Path file = file(folder, name);
    Path draft = folder.resolve(file.getFileName() + ".new");
    try {
      Files.write(draft, JSON.writeValueAsBytes(resource));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Path folder, String name) {
    return folder.resolve(name.replace('/', '#') + ".json");
  }
}
