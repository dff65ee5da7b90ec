package io.warmfold.study;

import java.util.List;

/**
 * Where the rows are.
 *
 * @param s3Uri one object or a prefix; null if {@code shards} are given
 * @param contentType of the rows as the training image gets them
 * @param hasHeader whether every file starts with a line of column names
 * @param labelColumn the column to learn; null if {@code shards} are given
 * @param shards the user's own folds, one S3 prefix ending in a slash each, all in one bucket;
 *     empty unless the splitter is {@link SplitterType#PREDEFINED}
 */
public record StudyData(
    String s3Uri,
    String contentType,
    boolean hasHeader,
    LabelColumn labelColumn,
    List<String> shards) {

  public StudyData {
    shards = Copies.list(shards);
  }
}
