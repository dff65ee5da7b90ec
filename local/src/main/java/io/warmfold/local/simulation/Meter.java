package io.warmfold.local.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps account of what instances are billed for, and knows the bill of every moment, so that one
 * can ask afterwards what had been spent when a trial was found. Times are seconds since the study
 * began, in any order. Not thread-safe.
 */
public final class Meter {

  /** What instances are billed for. */
  public enum Item {
    TRAINING,
    START_UP,
    WARM_IDLE
  }

  /** Instances that are billed, until they are not any more. */
  public static final class Span {
    private final Item item;
    private final int instances;
    private final double from;
    private double to = Double.POSITIVE_INFINITY;

    private Span(Item item, int instances, double from) {
      this.item = item;
      this.instances = instances;
      this.from = from;
    }

    /** Ends it; the first end counts. */
    public void end(double seconds) {
      to = Math.min(to, seconds);
    }

    private double until(double seconds) {
      return instances * Math.max(0, Math.min(to, seconds) - from);
    }
  }

  private final List<Span> spans = new ArrayList<>();

  /** Begins to bill instances for something. */
  public Span begin(Item item, int instances, double seconds) {
    Span span = new Span(item, instances, seconds);
    spans.add(span);
    return span;
  }

  /** What had been billed by a moment; what goes on then counts up to it. */
  public Bill at(double seconds) {
    double training = 0;
    double startUp = 0;
    double warmIdle = 0;
    for (Span span : spans) {
      switch (span.item) {
        case TRAINING -> training += span.until(seconds);
        case START_UP -> startUp += span.until(seconds);
        case WARM_IDLE -> warmIdle += span.until(seconds);
      }
    }
    return new Bill(training, startUp, warmIdle);
  }
}
