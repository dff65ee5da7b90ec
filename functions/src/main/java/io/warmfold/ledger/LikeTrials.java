package io.warmfold.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The trials that a decision names, with how many first folds of each, as a short text: {@code
 * 2:0-3,7;5:4} is two folds of the trials 0, 1, 2, 3 and 7, and five of trial 4. Every turn reads
 * the decisions of all unfinished trials, and a map of the same took most of what it read.
 */
final class LikeTrials {

  private LikeTrials() {}

  static String text(SortedMap<Integer, Integer> firstFolds) {
    var trials = new TreeMap<Integer, List<Integer>>();
    firstFolds.forEach(
        (trial, folds) -> trials.computeIfAbsent(folds, some -> new ArrayList<>()).add(trial));
    return trials.entrySet().stream()
        .map(group -> group.getKey() + ":" + ranges(group.getValue()))
        .collect(Collectors.joining(";"));
  }

  private static String ranges(List<Integer> ascending) {
    var ranges = new ArrayList<String>();
    for (int from = 0; from < ascending.size(); ) {
      int to = from;
      while (to + 1 < ascending.size() && ascending.get(to + 1) == ascending.get(to) + 1) {
        to++;
      }
      int first = ascending.get(from);
      ranges.add(from == to ? Integer.toString(first) : first + "-" + ascending.get(to));
      from = to + 1;
    }
    return String.join(",", ranges);
  }

  /**
   * Reads what was written.
   *
   * @param item the text, or the object with a field for each trial that it was once
   */
  static SortedMap<Integer, Integer> of(JsonNode item) {
    var like = new TreeMap<Integer, Integer>();
    item.properties()
        .forEach(one -> like.put(Integer.valueOf(one.getKey()), one.getValue().intValue()));
    if (!item.isTextual() || item.textValue().isEmpty()) {
      return like;
    }
    for (var group : item.textValue().split(";", -1)) {
      int colon = group.indexOf(':');
      int folds = Integer.parseInt(group, 0, colon, 10);
      for (var range : group.substring(colon + 1).split(",", -1)) {
        int dash = range.indexOf('-');
        int last = Integer.parseInt(range.substring(dash + 1));
        for (int trial = dash < 0 ? last : Integer.parseInt(range, 0, dash, 10);
            trial <= last;
            trial++) {
          like.put(trial, folds);
        }
      }
    }
    return like;
  }
}
