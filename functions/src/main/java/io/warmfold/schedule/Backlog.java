package io.warmfold.schedule;

import java.time.Duration;

/**
 * What a study has still to run when there are no trials to begin.
 *
 * @param folds still to be begun before the study is over, as far as can be told: of a trial whose
 *     next fold may be its last one half of those it has left
 * @param atOnce how many of them could begin now if there were slots enough
 */
public record Backlog(int folds, int atOnce) {

  static final Backlog NONE = new Backlog(0, 0);

  public Backlog {
    if (folds < 0 || atOnce < 0) {
      throw new IllegalArgumentException("negative backlog");
    }
  }

  /**
   * How much sooner all is run with more lanes.
   *
   * @param lanes that there are, at least 1
   * @param busy how many of them run a fold
   * @param slots how many lanes there might be
   * @param fold how long a fold takes
   */
  public Duration gain(int lanes, int busy, int slots, Duration fold) {
    int more = Math.min(slots, busy + atOnce);
    if (more <= lanes) {
      return Duration.ZERO;
    }
    double rounds = folds / (double) lanes - folds / (double) more;
    return Duration.ofMillis(Math.round(fold.toMillis() * rounds));
  }
}
