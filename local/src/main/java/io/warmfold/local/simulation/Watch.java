package io.warmfold.local.simulation;

import io.warmfold.local.simulation.Breach.Invariant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Watches what training jobs and their instances do, from SageMaker's side, and notes every breach
 * of an {@link Invariant}. Times are seconds since the study began. For one thread.
 */
final class Watch {

  /** Longer than this no instance may wait for a job that never comes. */
  static final double MOST_IDLE = 60;

  /** Step Functions' limit of events. */
  static final long MOST_EVENTS = 25_000;

  /** A fold of a trial. */
  record Fold(int trial, int fold) {}

  private record Idle(String after, double since) {}

  private final int slots;
  private final double usualDelay;
  private final double poolDelay;
  private final Map<String, Double> unheard = new HashMap<>();
  // Until when a lane may not know that its job is over whose instances another lane's job took.
  private final List<Double> unaware = new ArrayList<>();
  private final List<Breach> breaches = new ArrayList<>();
  private final Set<String> running = new HashSet<>();
  private final Map<Object, Idle> idle = new LinkedHashMap<>();
  private final Map<Fold, String> completed = new HashMap<>();
  private int peak;
  private int coldStarts;
  private int warmStarts;
  private double lastFold;
  private double lastRefusal = Double.NEGATIVE_INFINITY;

  /**
   * @param slots how many training jobs may run at once
   * @param usualDelay how long it takes to hear that a job is over
   * @param poolDelay how long instances that wait cannot be used yet
   */
  Watch(int slots, double usualDelay, double poolDelay) {
    this.slots = slots;
    this.usualDelay = usualDelay;
    this.poolDelay = poolDelay;
  }

  /** The end of a job is not told, so that it may be known so much later than usual. */
  void unheard(String job, double later) {
    unheard.put(job, later);
  }

  /** A job begins to take instances: {@code instances} if it found them warm, else new ones. */
  void started(double now, String job, Optional<Object> instances) {
    running.add(job);
    peak = Math.max(peak, running.size());
    if (running.size() > slots) {
      note(
          Invariant.JOBS_WITHIN_SLOTS,
          now,
          running.size() + " training jobs at once on " + slots + " slots, " + job + " the last");
    }
    if (instances.isPresent()) {
      warmStarts++;
      Idle taken = idle.remove(instances.get());
      // All warm instances are alike, so the lane that knows nothing owes others in their place.
      if (taken != null && unheard.containsKey(taken.after())) {
        unaware.add(taken.since() + usualDelay + unheard.get(taken.after()) + MOST_IDLE);
      }
    } else {
      coldStarts++;
      idle.values().stream()
          .filter(other -> now - other.since() >= poolDelay)
          .findFirst()
          .ifPresent(
              other ->
                  note(
                      Invariant.NO_NEEDLESS_COLD_START,
                      now,
                      job + " starts cold, and the instances of " + other.after() + " are warm"));
    }
  }

  /** A fold's job begins. */
  void startedFold(double now, String job, Fold fold) {
    if (completed.containsKey(fold)) {
      twice(now, job, fold);
    }
  }

  /** A fold's job has completed. */
  void completedFold(double now, String job, Fold fold) {
    lastFold = Math.max(lastFold, now);
    if (completed.putIfAbsent(fold, job) != null) {
      twice(now, job, fold);
    }
  }

  private void twice(double now, String job, Fold fold) {
    note(
        Invariant.NO_FOLD_TRAINED_TWICE,
        now,
        job + " trains what " + completed.get(fold) + " has completed");
  }

  /** A job is over. */
  void ended(String job) {
    running.remove(job);
  }

  /**
   * SageMaker refuses to start a job now, to be asked again: whatever instances wait, wait for it.
   */
  void refused(double now) {
    lastRefusal = now;
  }

  /** Instances wait for a job. */
  void waits(double now, Object instances, String after) {
    idle.put(instances, new Idle(after, now));
  }

  /** Instances are given back, having waited or not. */
  void released(double now, Object instances) {
    Idle waited = idle.remove(instances);
    if (waited == null) {
      return;
    }
    double most = MOST_IDLE + usualDelay + unheard.getOrDefault(waited.after(), 0.0);
    double since = Math.max(waited.since(), lastRefusal);
    if (now - since > most && !excused(now)) {
      note(
          Invariant.NO_IDLE_INSTANCE_KEPT,
          now,
          String.format(
              Locale.ROOT,
              "the instances of %s waited %.0f s for nothing, %.0f s at most",
              waited.after(),
              now - since,
              most));
    }
  }

  private boolean excused(double now) {
    Optional<Double> excuse =
        unaware.stream().filter(until -> until >= now).min(Comparator.naturalOrder());
    excuse.ifPresent(unaware::remove);
    return excuse.isPresent();
  }

  /** An execution has ended. */
  void history(double now, String execution, long events) {
    if (events >= MOST_EVENTS) {
      note(Invariant.HISTORY_WITHIN_LIMIT, now, events + " events of " + execution);
    }
  }

  /** The study is over and has had its time to clear up. */
  void over(double now) {
    if (!running.isEmpty()) {
      note(Invariant.NO_JOB_LEFT, now, String.join(", ", running.stream().sorted().toList()));
    }
    idle.values()
        .forEach(
            pool ->
                note(
                    Invariant.NO_POOL_LEFT,
                    now,
                    "the instances of " + pool.after() + " are kept warm"));
  }

  private void note(Invariant invariant, double now, String what) {
    breaches.add(new Breach(invariant, now, what));
  }

  List<Breach> breaches() {
    return List.copyOf(breaches);
  }

  /** The most training jobs at once. */
  int peak() {
    return peak;
  }

  int coldStarts() {
    return coldStarts;
  }

  int warmStarts() {
    return warmStarts;
  }

  /** When the last fold completed; 0 before the first. */
  double lastFold() {
    return lastFold;
  }
}
