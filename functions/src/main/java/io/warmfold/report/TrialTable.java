package io.warmfold.report;

import io.warmfold.space.Parameter;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;

/** The trials with their folds, best first. */
final class TrialTable {

  static final int LIMIT = 1000;

  /** With more folds than this their columns would push everything else out of sight. */
  private static final int FOLD_COLUMNS = 12;

  private final StudyFacts facts;
  private final List<String> parameters;
  private final int folds;

  private TrialTable(StudyFacts facts) {
    this.facts = facts;
    this.parameters =
        TunedParameters.of(facts.snapshot().document()).stream().map(Parameter::name).toList();
    this.folds = facts.snapshot().document().folds();
  }

  static void write(Markup html, StudyFacts facts) {
    if (facts.snapshot().trials().isEmpty()) {
      html.leaf("p", "There is no trial yet.", "class", "note");
      return;
    }
    new TrialTable(facts).write(html);
  }

  private void write(Markup html) {
    List<Trial> order = order();
    if (order.size() > LIMIT) {
      html.leaf(
          "p",
          "The first "
              + Words.grouped(LIMIT)
              + " of "
              + Words.count(order.size(), "trial")
              + " by rank; trials.csv has all of them.",
          "class",
          "note");
    }
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Trials");
    html.open("table", "class", "trials sortable");
    head(html);
    html.open("tbody").line();
    int best = facts.best().map(Trial::number).orElse(-1);
    for (Trial trial : order.subList(0, Math.min(LIMIT, order.size()))) {
      row(html, trial, trial.number() == best);
    }
    html.close().close().close().line();
  }

  /** The complete ones from the best on, then the others from the newest on. */
  private List<Trial> order() {
    List<Trial> order = new ArrayList<>(facts.ranking().order());
    for (Trial trial : facts.snapshot().trials().reversed()) {
      if (facts.ranking().rank(trial.number()).isEmpty()) {
        order.add(trial);
      }
    }
    return order;
  }

  private void head(Markup html) {
    html.open("thead").open("tr");
    column(html, "rank", "number");
    column(html, "trial", "number");
    column(html, "status", null);
    column(html, "mean", "number");
    column(html, "± se", "number");
    parameters.forEach(name -> column(html, name, "number parameter"));
    if (folds <= FOLD_COLUMNS) {
      for (int fold = 0; fold < folds; fold++) {
        column(html, "fold " + fold, "number fold");
      }
    } else {
      column(html, "worst fold", "number fold");
      column(html, "best fold", "number fold");
    }
    column(html, "s a fold", "number");
    html.close().close();
  }

  private static void column(Markup html, String name, String className) {
    html.leaf("th", name, "scope", "col", "class", className);
  }

  private void row(Markup html, Trial trial, boolean best) {
    TrialStatus status = TrialStatus.of(trial, facts.snapshot());
    html.open("tr", "class", best ? "best" : null);
    var rank = facts.ranking().rank(trial.number());
    number(html, rank.isPresent() ? Integer.toString(rank.getAsInt()) : "", "number");
    number(html, Integer.toString(trial.number()), "number");
    html.open("td").leaf("span", words(status), "class", "status " + status.label());
    trial
        .failure()
        .or(trial::stoppedByRace)
        .ifPresent(why -> html.leaf("small", Words.shortened(why, 160)));
    html.close();
    boolean complete = status == TrialStatus.COMPLETE;
    score(html, complete ? trial.cvScore(folds) : OptionalDouble.empty(), "number");
    score(html, complete ? trial.standardError(folds) : OptionalDouble.empty(), "number");
    for (String name : parameters) {
      String value = trial.hyperParameters().getOrDefault(name, "");
      html.leaf(
          "td",
          shown(value),
          "class",
          "number parameter",
          "data-v",
          Words.shortened(value, 60),
          "title",
          value.length() > 12 ? Words.shortened(value, 400) : null);
    }
    folds(html, trial);
    var seconds =
        trial.outcomes().values().stream()
            .filter(FoldOutcome.Scored.class::isInstance)
            .mapToLong(outcome -> ((FoldOutcome.Scored) outcome).seconds())
            .average();
    number(
        html,
        seconds.isPresent() ? Long.toString(Math.round(seconds.getAsDouble())) : "",
        "number");
    html.close().line();
  }

  private void folds(Markup html, Trial trial) {
    SortedMap<Integer, Double> scores = trial.scores();
    if (folds > FOLD_COLUMNS) {
      boolean minimize =
          facts.snapshot().document().direction() == io.warmfold.study.Direction.MINIMIZE;
      var figures = scores.values().stream().mapToDouble(Double::doubleValue).summaryStatistics();
      boolean none = scores.isEmpty();
      double worst = minimize ? figures.getMax() : figures.getMin();
      double best = minimize ? figures.getMin() : figures.getMax();
      score(html, none ? OptionalDouble.empty() : OptionalDouble.of(worst), "number fold");
      score(html, none ? OptionalDouble.empty() : OptionalDouble.of(best), "number fold");
      return;
    }
    for (int fold = 0; fold < folds; fold++) {
      Double score = scores.get(fold);
      if (trial.outcomes().get(fold) instanceof FoldOutcome.Failed failed) {
        html.leaf(
            "td",
            "failed",
            "class",
            "number fold failed",
            "title",
            Words.shortened(failed.reason(), 400));
      } else {
        score(
            html, score == null ? OptionalDouble.empty() : OptionalDouble.of(score), "number fold");
      }
    }
  }

  private static void score(Markup html, OptionalDouble score, String className) {
    if (score.isEmpty() || !Double.isFinite(score.getAsDouble())) {
      html.leaf("td", "", "class", className);
    } else {
      String exact = Double.toString(score.getAsDouble());
      html.leaf(
          "td",
          Words.score(score.getAsDouble()),
          "class",
          className,
          "data-v",
          exact,
          "title",
          exact);
    }
  }

  private static void number(Markup html, String text, String className) {
    html.leaf("td", text, "class", className);
  }

  /** Long decimals are shortened for the eye. */
  static String shown(String value) {
    if (value.length() > 8 && value.matches("-?\\d*\\.\\d+(?:[eE]-?\\d+)?")) {
      double number = Double.parseDouble(value);
      if (Double.isFinite(number)) {
        return Words.score(number);
      }
    }
    return Words.shortened(value, 60);
  }

  private static String words(TrialStatus status) {
    return switch (status) {
      case COMPLETE -> "complete";
      case STOPPED_BY_RACE -> "stopped by race";
      case FAILED -> "failed";
      case RUNNING -> "running";
      case UNFINISHED -> "unfinished";
    };
  }
}
