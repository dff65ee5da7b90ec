package io.warmfold.report;

import io.warmfold.ledger.StudySnapshot;
import io.warmfold.study.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** What the plots of scores have in common: which trials they show, and on which scale. */
final class Chart {

  private final StudyFacts facts;
  private final double[] means;

  Chart(StudyFacts facts) {
    this.facts = facts;
    this.means =
        facts.snapshot().trials().stream()
            .map(Chart::mean)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
  }

  /** The mean of the scores that a trial has: for a complete one, its CV score. */
  static OptionalDouble mean(Trial trial) {
    return trial.scores().values().stream().mapToDouble(Double::doubleValue).average();
  }

  boolean empty() {
    return means.length == 0;
  }

  /**
   * A scale for the scores, from bottom to top. A few scores that are far worse than the rest would
   * press all others together: they are left outside.
   */
  Axis scores(double bottom, double top) {
    double least = means[0];
    double greatest = means[means.length - 1];
    if (means.length >= 8) {
      double quarter = means[means.length / 4];
      double threeQuarters = means[means.length * 3 / 4];
      double reach = 3 * (threeQuarters - quarter);
      switch (facts.snapshot().document().direction()) {
        case MINIMIZE -> greatest = cut(threeQuarters + reach, least, greatest);
        case MAXIMIZE -> least = cut(quarter - reach, greatest, least);
      }
    }
    return Axis.around(Math.min(least, greatest), Math.max(least, greatest), bottom, top);
  }

  private static double cut(double limit, double best, double worst) {
    // Only where it gains much; otherwise everything stays in sight.
    boolean worthIt =
        Double.isFinite(limit)
            && limit != best
            && Math.abs(worst - best) > 1.5 * Math.abs(limit - best);
    return worthIt ? limit : worst;
  }

  /**
   * At most about {@code limit} trials: those that were the best of their time, the best of all,
   * and evenly picked others; in the order of their numbers.
   */
  List<Trial> thinned(int limit) {
    StudySnapshot snapshot = facts.snapshot();
    List<Trial> all = snapshot.trials();
    if (all.size() <= limit) {
      return all;
    }
    Set<Integer> kept = new HashSet<>();
    improvements().forEach(trial -> kept.add(trial.number()));
    facts.ranking().order().stream().limit(limit / 4).forEach(trial -> kept.add(trial.number()));
    int every = Math.ceilDiv(all.size(), Math.max(1, limit / 2));
    List<Trial> thinned = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i % every == 0 || kept.contains(all.get(i).number())) {
        thinned.add(all.get(i));
      }
    }
    return thinned;
  }

  /** The complete trials that were better than all before them. */
  List<Trial> improvements() {
    var document = facts.snapshot().document();
    List<Trial> improvements = new ArrayList<>();
    double best = Double.NaN;
    for (Trial trial : facts.snapshot().trials()) {
      if (TrialStatus.of(trial, facts.snapshot()) != TrialStatus.COMPLETE) {
        continue;
      }
      double score = trial.cvScore(document.folds()).orElseThrow();
      if (Double.isNaN(best) || document.direction().better(score, best)) {
        best = score;
        improvements.add(trial);
      }
    }
    return improvements;
  }

  /** How many trials have a score that the scale leaves outside. */
  long outside(Axis scores) {
    return Arrays.stream(means).filter(mean -> !scores.covers(mean)).count();
  }

  /** What a mark says when it is pointed at. */
  static String title(Trial trial, StudyFacts facts) {
    int folds = facts.snapshot().document().folds();
    StringBuilder title = new StringBuilder("Trial " + trial.number());
    TrialStatus status = TrialStatus.of(trial, facts.snapshot());
    switch (status) {
      case COMPLETE ->
          title
              .append(": ")
              .append(Words.score(trial.cvScore(folds).orElseThrow(), trial.standardError(folds)));
      case STOPPED_BY_RACE -> title.append(", stopped by the race");
      case FAILED ->
          title.append(", failed: ").append(Words.shortened(trial.failure().orElse(""), 200));
      case RUNNING -> title.append(", running");
      case UNFINISHED -> title.append(", unfinished");
    }
    if (status != TrialStatus.COMPLETE && !trial.scores().isEmpty()) {
      title
          .append("; mean of ")
          .append(Words.count(trial.scores().size(), "fold"))
          .append(": ")
          .append(Words.score(mean(trial).orElseThrow()));
    }
    trial
        .hyperParameters()
        .forEach(
            (name, value) ->
                title.append('\n').append(name).append(" = ").append(Words.shortened(value, 60)));
    return title.toString();
  }
}
