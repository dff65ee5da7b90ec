package io.warmfold.fold;

/** Which column holds the label. */
public sealed interface LabelColumn {

  /** The column at a zero-based index. */
  record Index(int index) implements LabelColumn {
    public Index {
      if (index < 0) {
        throw new IllegalArgumentException("column index " + index);
      }
    }
  }

  /** The column that the header calls {@code name}. */
  record Name(String name) implements LabelColumn {
    public Name {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a label column needs a name");
      }
    }
  }
}
