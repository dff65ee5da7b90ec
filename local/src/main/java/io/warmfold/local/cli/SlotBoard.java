package io.warmfold.local.cli;

import io.warmfold.ledger.JobRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which running job is shown in which row, so that a job stays where it is while it runs.
 *
 * @param rows a job's name, or empty for a slot that has none
 */
record SlotBoard(List<Optional<String>> rows) {

  static final SlotBoard EMPTY = new SlotBoard(List.of());

  SlotBoard {
    rows = List.copyOf(rows);
  }

  /** The board for the jobs that run now: those that ran before keep their rows. */
  SlotBoard with(List<JobRow> running, int slots) {
    List<String> names = running.stream().map(JobRow::name).toList();
    List<Optional<String>> next = new ArrayList<>();
    for (Optional<String> row : rows) {
      next.add(row.filter(names::contains));
    }
    while (next.size() < slots) {
      next.add(Optional.empty());
    }
    for (String name : names) {
      if (!next.contains(Optional.of(name))) {
        int free = next.indexOf(Optional.<String>empty());
        if (free < 0) {
          next.add(Optional.of(name));
        } else {
          next.set(free, Optional.of(name));
        }
      }
    }
    while (next.size() > slots && next.getLast().isEmpty()) {
      next.removeLast();
    }
    return new SlotBoard(next);
  }
}
