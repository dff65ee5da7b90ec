package io.warmfold.flow;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How SageMaker's delay in showing the metrics of a completed job is dealt with.
 *
 * @param most after this a completed job without metrics has none; zero where metrics are there as
 *     soon as the job is
 * @param pause waits; called by the function that has to, for a few seconds altogether
 */
public record MetricsLag(Duration most, Consumer<Duration> pause) {

  /**
   * What the function waits before it looks again. Its caller would try again only after a minute,
   * and for that long an instance would be kept warm for nothing.
   */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

  public MetricsLag {
    if (most.isNegative()) {
      throw new IllegalArgumentException("a lag of " + most);
    }
    Objects.requireNonNull(pause, "pause");
  }

  /** Where metrics are there as soon as the job is. */
  public static MetricsLag none() {
    return new MetricsLag(Duration.ZERO, duration -> {});
  }

  /** The waits that are worth it at once. */
  List<Duration> pauses() {
    return most.isZero() ? List.of() : PAUSES;
  }
}
