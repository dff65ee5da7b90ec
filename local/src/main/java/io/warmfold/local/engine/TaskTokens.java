package io.warmfold.local.engine;

import io.warmfold.local.aws.ServiceException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * The tokens of tasks that wait.
 *
 * <p>A token carries a checksum and who issued it, so that one that was never a token, one of
 * another service and one whose task is over can be told apart without remembering any.
 */
final class TaskTokens {

  private static final int BYTES = Long.BYTES * 6 + Integer.BYTES;

  private final RandomGenerator random;
  private final long issuer;
  private final Map<String, TaskVisit> open = new HashMap<>();

  TaskTokens(RandomGenerator random) {
    this.random = random;
    this.issuer = random.nextLong();
  }

  String issue(TaskVisit visit) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(issuer);
    while (bytes.remaining() > Integer.BYTES) {
      bytes.putLong(random.nextLong());
    }
    bytes.putInt(checksum(bytes.array()));
    String token = Base64.getEncoder().encodeToString(bytes.array());
    open.put(token, visit);
    return token;
  }

  /** Sees to it that a token is not answered any more. */
  void revoke(String token) {
    open.remove(token);
  }

  /**
   * The task that waits for a token.
   *
   * @throws ServiceException InvalidToken, TaskDoesNotExist or TaskTimedOut
   */
  TaskVisit waiting(String token) {
    TaskVisit visit = open.get(token);
    if (visit != null) {
      return visit;
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length != BYTES || buffer.getInt(BYTES - Integer.BYTES) != checksum(bytes)) {
      throw new ServiceException("InvalidToken", "Invalid Token: 'Invalid token'");
    }
    if (buffer.getLong(0) != issuer) {
      throw new ServiceException("TaskDoesNotExist", "Task does not exist");
    }
    throw new ServiceException(
        "TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
  }

  private static int checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, BYTES - Integer.BYTES);
    return (int) crc.getValue();
  }
}
