package io.warmfold.local.cloud;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a work folder for one process. The operating system gives the lock back when the process
 * dies, however it dies.
 */
final class WorkFolderLock implements AutoCloseable {

  private final FileChannel channel;

  private WorkFolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder, which is made if need be.
   *
   * @throws WorkFolderInUseException if somebody has it
   */
  static WorkFolderLock take(Path work) throws IOException {
    Files.createDirectories(work);
    Path file = work.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      // Past the process id, which others may read.
      lock = channel.tryLock(1024, 1, false);
    } catch (OverlappingFileLockException thisProcess) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new WorkFolderInUseException(work, Files.readString(file).strip());
    }
    channel.truncate(0);
    byte[] owner = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    channel.write(ByteBuffer.wrap(owner), 0);
    channel.force(true);
    return new WorkFolderLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
