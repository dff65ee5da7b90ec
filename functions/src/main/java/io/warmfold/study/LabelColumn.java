package io.warmfold.study;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Which column of the data holds the label. */
public sealed interface LabelColumn {

  /** The column at a zero-based index. In the document: a number, or a string of digits. */
  record Index(int index) implements LabelColumn {
    public Index {
      if (index < 0) {
        throw new IllegalArgumentException("column index " + index);
      }
    }

    @JsonValue
    int json() {
      return index;
    }
  }

  /** The column that the header calls {@code name}; only data with a header have one. */
  record Name(String name) implements LabelColumn {
    @JsonValue
    String json() {
      return name;
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static LabelColumn of(Object json) {
    return switch (json) {
      case Number number -> new Index(number.intValue());
      case String text when text.matches("\\d{1,9}") -> new Index(Integer.parseInt(text));
      default -> new Name(String.valueOf(json));
    };
  }
}
