package io.warmfold.fold;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The files of the K shards, all being written at once. Closing it before {@link #finish} leaves
 * none of them behind. Not safe for use by several threads.
 */
final class ShardWriters implements Dealer.Sink, AutoCloseable {

  private final List<ObjectWriter> writers = new ArrayList<>();
  private boolean finished;

  ShardWriters(ObjectStore store, String bucket, int folds, IntFunction<String> keys) {
    for (int shard = 0; shard < folds; shard++) {
      writers.add(new ObjectWriter(store, bucket, keys.apply(shard)));
    }
  }

  @Override
  public void write(int shard, byte[] bytes, int from, int count) throws IOException {
    writers.get(shard).write(bytes, from, count);
  }

  /** Ends all files; those without rows are not listed, and not there. */
  List<ShardFile> finish(Tally tally) throws IOException {
    List<ShardFile> files = new ArrayList<>();
    for (int shard = 0; shard < writers.size(); shard++) {
      ObjectWriter.Written written = writers.get(shard).finish();
      if (written.bytes() > 0) {
        files.add(
            new ShardFile(
                shard, written.key(), tally.rows(shard), written.bytes(), written.sha256()));
      }
    }
    finished = true;
    return files;
  }

  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    IOException failure = null;
    for (ObjectWriter writer : writers) {
      try {
        writer.abort();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
