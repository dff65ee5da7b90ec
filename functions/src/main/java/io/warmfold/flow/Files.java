package io.warmfold.flow;

/** Puts what people read into the study's bucket. Thread-safe. */
@FunctionalInterface
public interface Files {

  /** Writes a whole object, over one that is there. */
  void put(String key, String contentType, String text);
}
