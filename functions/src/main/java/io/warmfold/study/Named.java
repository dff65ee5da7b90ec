package io.warmfold.study;

import java.util.List;
import java.util.stream.Collectors;

/** A constant that has a name in the study document. */
interface Named {

  /** The name as the document writes it. */
  String label();

  /** What it means, in a sentence that follows its label and a colon. */
  default String meaning() {
    return "";
  }

  /** What each of the constants means, by its label. */
  static String meanings(List<? extends Named> constants) {
    return constants.stream()
        .map(constant -> constant.label() + ": " + constant.meaning())
        .collect(Collectors.joining(" "));
  }

  /** The labels of the constants, in their order. */
  static List<String> labels(List<? extends Named> constants) {
    return constants.stream().map(Named::label).toList();
  }
}
