package io.warmfold.fold;

import java.util.List;

/**
 * What came of one part of the data.
 *
 * @param part its number
 * @param source the {@link SplitPlan.Part#digest} it was made from
 * @param rows all its rows
 * @param leftover those of them that wait in its leftover file
 * @param files of the shards
 * @param classes in the order in which they appeared; null if there are too many to count
 */
public record PartFacts(
    int part,
    String source,
    long rows,
    long leftover,
    List<ShardFile> files,
    List<ClassCount> classes) {

  /**
   * A class.
   *
   * @param name its label
   * @param object the URI of the object in which it first appears
   * @param line the line there, counted from 1
   * @param rows all its rows
   * @param dealt those in each shard
   */
  public record ClassCount(String name, String object, long line, long rows, List<Long> dealt) {}
}
