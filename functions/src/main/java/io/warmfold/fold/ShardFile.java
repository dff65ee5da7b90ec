package io.warmfold.fold;

/**
 * One file of a shard.
 *
 * @param shard whose it is
 * @param key its key
 * @param rows in it
 * @param bytes its size
 * @param sha256 of its bytes, in hexadecimal digits
 */
public record ShardFile(int shard, String key, long rows, long bytes, String sha256) {}
