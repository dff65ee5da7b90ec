package io.warmfold.local.simulation;

import java.util.Locale;

/**
 * A moment at which a simulated study did what no study may do.
 *
 * @param seconds since the study began
 */
public record Breach(Invariant invariant, double seconds, String what) {

  /** What holds in every study, whatever its document and whatever goes wrong. */
  public enum Invariant {
    /** Never more training jobs at once than slots. */
    JOBS_WITHIN_SLOTS,
    /** No job on new instances while warm ones wait. */
    NO_NEEDLESS_COLD_START,
    /**
     * Instances that no further job runs on are given back within a minute; while SageMaker refuses
     * to start jobs they wait for one of those.
     */
    NO_IDLE_INSTANCE_KEPT,
    /** No job runs when the study is over. */
    NO_JOB_LEFT,
    /** No instance is kept warm when the study is over. */
    NO_POOL_LEFT,
    /** A fold that has completed is not trained again. */
    NO_FOLD_TRAINED_TWICE,
    /** The history of every execution stays below Step Functions' limit. */
    HISTORY_WITHIN_LIMIT
  }

  /** The breach as a line of text. */
  public String text() {
    return String.format(Locale.ROOT, "%s at %.1f s: %s", invariant, seconds, what);
  }
}
