package io.warmfold.race;

import io.warmfold.study.FoldOutcome;
import io.warmfold.study.RaceDecision;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Trials made of scores. */
final class Scores {

  private Scores() {}

  static Trial trial(int number, double... scores) {
    return trial(number, List.of(), scores);
  }

  static Trial trial(int number, List<RaceDecision> decisions, double... scores) {
    return trial(number, Map.of(), decisions, scores);
  }

  static Trial trial(
      int number,
      Map<String, String> hyperParameters,
      List<RaceDecision> decisions,
      double... scores) {
    var outcomes = new TreeMap<Integer, FoldOutcome>();
    for (int fold = 0; fold < scores.length; fold++) {
      outcomes.put(fold, new FoldOutcome.Scored("job", scores[fold], Instant.EPOCH, 1, 1));
    }
    return new Trial(
        number,
        new TreeMap<>(hyperParameters),
        "test",
        Instant.EPOCH,
        new TreeMap<>(),
        outcomes,
        Optional.empty(),
        decisions);
  }

  static Trial failed(int number) {
    var outcomes = new TreeMap<Integer, FoldOutcome>();
    outcomes.put(0, new FoldOutcome.Failed("job", "bad", Instant.EPOCH));
    return new Trial(
        number,
        new TreeMap<>(),
        "test",
        Instant.EPOCH,
        new TreeMap<>(),
        outcomes,
        Optional.empty());
  }

  /** Complete trials with a common fold effect, and last one that has some folds. */
  static List<Trial> study(
      long seed, int complete, int folds, int seen, double scale, double shift) {
    var random = new SplittableRandom(seed);
    double[] effect = random.doubles(folds).toArray();
    var trials = new ArrayList<Trial>();
    for (int t = 0; t <= complete; t++) {
      double level = random.nextDouble();
      double[] scores = new double[t == complete ? seen : folds];
      for (int fold = 0; fold < scores.length; fold++) {
        scores[fold] = scale * (level + effect[fold] + 0.1 * random.nextGaussian()) + shift;
      }
      trials.add(trial(t, scores));
    }
    return trials;
  }
}
