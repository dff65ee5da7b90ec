package io.warmfold.fold;

import java.util.List;
import java.util.Objects;

/**
 * Where the rows are, and how to read them.
 *
 * @param locations objects or folders. Of CSV usually one; several are read as one after the other.
 *     For {@link Splitter#PREDEFINED} either one for each shard, or one folder whose subfolders are
 *     the shards
 * @param hasHeader whether every object starts with a line of column names
 * @param label the column to learn; not looked at for {@link Splitter#PREDEFINED}
 */
public record DataSpec(List<S3Location> locations, boolean hasHeader, LabelColumn label) {

  public DataSpec {
    locations = List.copyOf(locations);
    if (locations.isEmpty()) {
      throw new IllegalArgumentException("no location of data");
    }
    Objects.requireNonNull(label, "label");
  }
}
