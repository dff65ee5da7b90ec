package io.warmfold.fold;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Finds the objects that a location means. */
final class Listing {

  private final ObjectStore store;

  Listing(ObjectStore store) {
    this.store = store;
  }

  /**
   * What a location means.
   *
   * @param objects at least one, in the order of their keys
   * @param prefix what all keys begin with
   * @param folder the folder that names are relative to; null if the location is one object
   */
  record Found(List<StoredObject> objects, String prefix, String folder) {

    /** Whether readers pass an object over. */
    boolean hides(StoredObject object) {
      return folder != null && hidden(object.key(), folder);
    }
  }

  /**
   * The object at the location; or else those in the folder of that name; or else all whose keys
   * begin with it. Objects without bytes, which stand for folders or success, are left out.
   *
   * @throws DataProblem if there is none
   */
  Found of(S3Location location) throws IOException {
    List<StoredObject> listed =
        store.list(location.bucket(), location.key()).stream()
            .filter(object -> !object.key().endsWith("/"))
            .toList();
    List<StoredObject> exact = full(listed, key -> key.equals(location.key()));
    if (!exact.isEmpty()) {
      return new Found(exact, location.key(), null);
    }
    List<StoredObject> inside = full(listed, key -> key.startsWith(location.folder()));
    if (!inside.isEmpty()) {
      return new Found(inside, location.folder(), location.folder());
    }
    List<StoredObject> all = full(listed, key -> true);
    if (all.isEmpty()) {
      throw DataProblem.of(
          location.toString(),
          listed.isEmpty() ? "no object there" : "empty objects only",
          "an object with that key, or objects whose keys begin with it");
    }
    String above = location.key().substring(0, location.key().lastIndexOf('/') + 1);
    return new Found(all, location.key(), above);
  }

  private static List<StoredObject> full(List<StoredObject> listed, Predicate<String> at) {
    return listed.stream().filter(object -> object.size() > 0 && at.test(object.key())).toList();
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
