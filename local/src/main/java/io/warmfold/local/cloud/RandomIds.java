package io.warmfold.local.cloud;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids that a seed decides. */
final class RandomIds {

  private RandomIds() {}

  /** A UUID of version 4. */
  static String uuid(RandomGenerator random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
