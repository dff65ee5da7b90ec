package io.warmfold.study;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Unmodifiable copies for the records of the document; nothing given is an empty one. */
final class Copies {

  private Copies() {}

  static <T> List<T> list(List<T> given) {
    return given == null ? List.of() : List.copyOf(given);
  }

  /** Sorted by key, so that equal documents have equal canonical JSON. */
  static Map<String, String> map(Map<String, String> given) {
    return given == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(given));
  }
}
