package io.warmfold.fold;

import java.util.List;
import java.util.Map;

/**
 * The facts of a finished split, small enough for one row of the ledger. Two splits with the same
 * digest are of the same shards, so that a score from other shards can be told.
 *
 * @param splitter how the rows were dealt
 * @param folds K
 * @param seed of the shuffle
 * @param rows of all shards; null if the shards are the user's own
 * @param columns with the label; null if the shards are the user's own
 * @param bytes of all shards
 * @param classCount how many classes there are; null if they were not counted
 * @param classes the rows of each class in the order of the classes; null if they were not counted,
 *     or take too much room, and are in {@code sealed.json} only
 * @param shards in the order of the folds
 * @param digest the SHA-256 over the shards' digests, as hexadecimal digits one after the other
 */
public record SealedFolds(
    Splitter splitter,
    int folds,
    long seed,
    Long rows,
    Integer columns,
    long bytes,
    Integer classCount,
    Map<String, Long> classes,
    List<Shard> shards,
    String digest) {

  public SealedFolds {
    shards = List.copyOf(shards);
  }

  /**
   * A shard.
   *
   * @param rows null if the shards are the user's own
   * @param bytes of its files
   * @param files how many there are
   * @param digest of its only file the SHA-256; of several files the SHA-256 over theirs, as
   *     hexadecimal digits in the order of the manifest; of the user's own files over their ETags
   * @param classes the rows of each class; null as above
   */
  public record Shard(Long rows, long bytes, int files, String digest, Map<String, Long> classes) {}

  /** The same without the classes. */
  SealedFolds withoutClasses() {
    List<Shard> bare =
        shards.stream()
            .map(shard -> new Shard(shard.rows, shard.bytes, shard.files, shard.digest, null))
            .toList();
    return new SealedFolds(
        splitter, folds, seed, rows, columns, bytes, classCount, null, bare, digest);
  }
}
