package io.warmfold.fold;

import java.io.IOException;
import java.util.List;

/** Finds the objects that a location means. */
final class Listing {

  private final ObjectStore store;

  Listing(ObjectStore store) {
    this.store = store;
  }

  /**
   * The object at the location, or else those in the folder of that name, in the order of their
   * keys. Objects without bytes, which stand for folders or success, are left out.
   *
   * @throws DataProblem if there is none
   */
  List<StoredObject> of(S3Location location) throws IOException {
    List<StoredObject> listed =
        store.list(location.bucket(), location.key()).stream()
            .filter(object -> isAt(object, location))
            .toList();
    List<StoredObject> exact =
        listed.stream().filter(object -> object.key().equals(location.key())).toList();
    List<StoredObject> found =
        (exact.isEmpty() || exact.getFirst().size() == 0 ? listed : exact)
            .stream().filter(object -> object.size() > 0).toList();
    if (found.isEmpty()) {
      throw DataProblem.of(
          location.toString(),
          listed.isEmpty() ? "no object there" : "empty objects only",
          "an object with that key, or objects in the folder of that name");
    }
    return found;
  }

  private static boolean isAt(StoredObject object, S3Location location) {
    String key = object.key();
    return !key.endsWith("/") && (key.equals(location.key()) || key.startsWith(location.folder()));
  }

  /**
   * Whether readers pass the object over: its name, or a folder's below {@code folder}, is hidden.
   */
  static boolean hidden(String key, String folder) {
    for (String name : key.substring(folder.length()).split("/", -1)) {
      if (name.startsWith(".") || name.startsWith("_")) {
        return true;
      }
    }
    return false;
  }
}
