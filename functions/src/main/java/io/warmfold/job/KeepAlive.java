package io.warmfold.job;

import io.warmfold.study.StudyDocument;

/** For how long a fold job asks for its instances to be kept. */
public final class KeepAlive {

  /**
   * Seconds that an instance is worth keeping when nobody comes for it: a cold start of some three
   * minutes, which is what losing it costs, and the minute within which the next job of its lane is
   * asked for. It only matters when something broke, for a pool that nobody needs is given back.
   */
  public static final int WORTH = 240;

  private KeepAlive() {}

  /** What to ask for, in seconds: the document's period at most. */
  public static int seconds(StudyDocument document) {
    return Math.min(document.keepAliveSeconds(), WORTH);
  }
}
