package io.warmfold.ledger;

import io.warmfold.study.RaceDecision;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The trials of a study that need not be read again: those that run no further fold do not change,
 * save that a stopped one may be resumed. For one thread at a time.
 */
final class KnownTrials {

  /** What to read for everything that is not known. */
  record Gap(List<Integer> single, int from) {}

  /**
   * A query pays for what it reads over, four small rows a unit, and a read of a single row costs a
   * unit: so far apart may unfinished trials be for a query to be worth it.
   */
  private static final int ROWS_A_UNIT = 4;

  private final TreeMap<Integer, Trial> finished = new TreeMap<>();
  // Numbers below the end that are unfinished, or that no trial had when they were read.
  private final TreeSet<Integer> open = new TreeSet<>();
  private int end;

  /** All numbers from {@link Gap#from} on, and single ones before. */
  Gap gap() {
    int from = end;
    int rows = 0;
    for (int number : open.descendingSet()) {
      rows++;
      if (end - number <= ROWS_A_UNIT * rows) {
        from = number;
      }
    }
    return new Gap(List.copyOf(open.headSet(from)), from);
  }

  /** Takes note of trials that were just read. */
  void add(Collection<Trial> read, int folds) {
    for (var trial : read) {
      int number = trial.number();
      for (; end <= number; end++) {
        open.add(end);
      }
      if (trial.finished(folds) && trial.claims().isEmpty()) {
        finished.put(number, trial);
        open.remove(number);
      } else {
        finished.remove(number);
        open.add(number);
      }
    }
  }

  /**
   * Finished trials that were resumed after they were read.
   *
   * @param resumed when trials were resumed last
   */
  List<Integer> resumed(Map<Integer, Instant> resumed) {
    var numbers = new ArrayList<Integer>();
    resumed.forEach(
        (number, at) -> {
          var trial = finished.get(number);
          if (trial != null && trial.stoppedByRace().isPresent() && !knows(trial, at)) {
            numbers.add(number);
          }
        });
    return numbers;
  }

  private static boolean knows(Trial trial, Instant resumed) {
    return trial.decisions().stream()
        .anyMatch(
            decision ->
                decision.verdict() == RaceDecision.Verdict.RESUME
                    && !decision.at().isBefore(resumed));
  }

  /** The finished ones and those that were just read, in the order of their numbers. */
  List<Trial> with(Collection<Trial> read) {
    var unfinished = new TreeMap<Integer, Trial>();
    for (var trial : read) {
      if (!finished.containsKey(trial.number())) {
        unfinished.put(trial.number(), trial);
      }
    }
    var all = new ArrayList<Trial>(finished.size() + unfinished.size());
    for (var trial : finished.values()) {
      while (!unfinished.isEmpty() && unfinished.firstKey() < trial.number()) {
        all.add(unfinished.pollFirstEntry().getValue());
      }
      all.add(trial);
    }
    all.addAll(unfinished.values());
    return List.copyOf(all);
  }
}
