package io.warmfold.fold;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * Who splits what: independent parts of at least one object each.
 *
 * @param columns what every row has to look like; null if nothing is read
 * @param parts of the data, none if the shards are the user's own
 * @param shards the user's own shards, none otherwise
 */
public record SplitPlan(Columns columns, List<Part> parts, List<List<StoredObject>> shards) {

  public SplitPlan {
    parts = List.copyOf(parts);
    shards = List.copyOf(shards);
  }

  /**
   * Objects that are read one after the other.
   *
   * @param number from 0
   * @param bytes of all of them
   * @param objects in the order of their keys
   */
  public record Part(int number, long bytes, List<StoredObject> objects) {

    public Part {
      objects = List.copyOf(objects);
    }

    /** Tells whether two parts are of the same objects with the same contents. */
    String digest() {
      MessageDigest digest = ObjectWriter.sha256();
      for (StoredObject object : objects) {
        String line = object.uri() + '\n' + object.etag() + '\n';
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
