package io.warmfold.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The trials of a study that need not be read again: those that run no further fold do not change,
 * save that a stopped one may be resumed. For one thread at a time.
 */
final class KnownTrials {

  /**
   * What to read for everything that is not known.
   *
   * @param single the numbers of single trials
   * @param from all trials from this number on, above the single ones
   */
  record Gap(List<Integer> single, int from) {}

  private record Row(ObjectNode item, Trial trial) {}

  /**
   * A query pays for what it reads over, about four rows a unit, and a read of a single row costs a
   * unit: so far apart may unfinished trials be for a query to be worth it.
   */
  private static final int ROWS_A_UNIT = 4;

  // By number; null where a trial is unfinished, or nobody had the number when it was read.
  private final List<Trial> finished = new ArrayList<>();
  private final TreeSet<Integer> open = new TreeSet<>();
  // Most unfinished trials are read many times before they change.
  private final Map<Integer, Row> rows = new HashMap<>();

  Gap gap() {
    int from = finished.size();
    int many = 0;
    for (int number : open.descendingSet()) {
      many++;
      if (finished.size() - number <= ROWS_A_UNIT * many) {
        from = number;
      }
    }
    return new Gap(List.copyOf(open.headSet(from)), from);
  }

  /** The trial that an item of the table is, which is not worked out again if it is the same. */
  Trial trial(ObjectNode item) {
    var row = rows.get((int) Json.number(item, "Trial", -1));
    if (row == null) {
      return remember(item, List.of());
    }
    return row.item.equals(item) ? row.trial : remember(item, row.trial.decisions());
  }

  private Trial remember(ObjectNode item, List<RaceDecision> decisions) {
    var trial = Rows.trial(item, decisions);
    rows.put(trial.number(), new Row(item, trial));
    return trial;
  }

  /** Takes note of trials that were just read. */
  void add(Collection<Trial> read, int folds) {
    for (var trial : read) {
      int number = trial.number();
      while (finished.size() <= number) {
        open.add(finished.size());
        finished.add(null);
      }
      if (trial.finished(folds) && trial.claims().isEmpty()) {
        finished.set(number, trial);
        open.remove(number);
        rows.remove(number);
      } else {
        finished.set(number, null);
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
          var trial = number < finished.size() ? finished.get(number) : null;
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

  /** The finished ones and those that were just read and added, in the order of their numbers. */
  List<Trial> with(Collection<Trial> read) {
    var unfinished = new TreeMap<Integer, Trial>();
    for (var trial : read) {
      if (finished.get(trial.number()) == null) {
        unfinished.put(trial.number(), trial);
      }
    }
    var all = new ArrayList<>(finished);
    unfinished.forEach(all::set);
    all.removeIf(Objects::isNull);
    return List.copyOf(all);
  }
}
