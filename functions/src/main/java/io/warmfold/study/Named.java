package io.warmfold.study;

import java.util.List;

/** A constant that has a name in the study document. */
interface Named {

  /** The name as the document writes it. */
  String label();

  /** The labels of the constants, in their order. */
  static List<String> labels(List<? extends Named> constants) {
    return constants.stream().map(Named::label).toList();
  }
}
