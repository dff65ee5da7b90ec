package io.warmfold.report;

import io.warmfold.ledger.StudySnapshot;
import io.warmfold.study.Direction;
import io.warmfold.study.Trial;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The complete trials in the order of their CV scores; ties go to the smaller standard error, then
 * to the older trial. A trial that failed is not among them, even if all its folds have scores.
 */
final class Ranking {

  private final List<Trial> order;
  private final Map<Integer, Integer> ranks = new HashMap<>();

  private Ranking(List<Scored> scored) {
    this.order = scored.stream().map(Scored::trial).toList();
    double before = Double.NaN;
    int rank = 0;
    for (int i = 0; i < scored.size(); i++) {
      if (scored.get(i).mean() != before) {
        rank = i + 1;
        before = scored.get(i).mean();
      }
      ranks.put(scored.get(i).trial().number(), rank);
    }
  }

  static Ranking of(StudySnapshot snapshot) {
    int folds = snapshot.document().folds();
    return new Ranking(
        snapshot.trials().stream()
            .filter(trial -> TrialStatus.of(trial, snapshot) == TrialStatus.COMPLETE)
            .map(trial -> Scored.of(trial, folds))
            .sorted(best(snapshot.document().direction()))
            .toList());
  }

  /** From best to worst. */
  List<Trial> order() {
    return order;
  }

  /** From 1 on; equal scores have equal ranks and leave the next ones out, as scikit-learn does. */
  OptionalInt rank(int trial) {
    Integer rank = ranks.get(trial);
    return rank == null ? OptionalInt.empty() : OptionalInt.of(rank);
  }

  Optional<Trial> first() {
    return order.stream().findFirst();
  }

  private static Comparator<Scored> best(Direction direction) {
    Comparator<Scored> ascending = Comparator.comparingDouble(Scored::mean);
    return (direction == Direction.MAXIMIZE ? ascending.reversed() : ascending)
        .thenComparingDouble(Scored::error)
        .thenComparingInt(scored -> scored.trial().number());
  }

  private record Scored(Trial trial, double mean, double error) {
    static Scored of(Trial trial, int folds) {
      return new Scored(
          trial, trial.cvScore(folds).orElseThrow(), trial.standardError(folds).orElse(0));
    }
  }
}
