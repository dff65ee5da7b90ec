package io.warmfold.report;

import static io.warmfold.report.Markup.px;

import io.warmfold.study.Trial;
import java.util.List;
import java.util.OptionalDouble;

/** The CV score of every trial in the order of the trials, and the best one so far. */
final class HistoryPlot {

  static final int LIMIT = 1500;
  private static final double WIDTH = 960;
  private static final double HEIGHT = 330;
  private static final double LEFT = 76;
  private static final double RIGHT = 944;
  private static final double TOP = 14;
  private static final double BOTTOM = 276;

  private final StudyFacts facts;
  private final Chart chart;
  private final Axis scores;
  private final Axis numbers;
  private final double radius;

  private HistoryPlot(StudyFacts facts, Chart chart) {
    this.facts = facts;
    this.chart = chart;
    this.scores = chart.scores(BOTTOM - 10, TOP);
    int last = facts.snapshot().trials().getLast().number();
    this.numbers = new Axis(-0.7, last + 0.7, LEFT, RIGHT);
    this.radius = last < 60 ? 4.5 : last < 300 ? 3.2 : 2;
  }

  static void write(Markup html, StudyFacts facts, Chart chart) {
    if (chart.empty()) {
      html.leaf("p", "No trial has a score yet.", "class", "note");
      return;
    }
    new HistoryPlot(facts, chart).write(html);
  }

  private void write(Markup html) {
    List<Trial> shown = chart.thinned(LIMIT);
    String metric = facts.snapshot().document().objective().metricName();
    html.open("div", "class", "plot");
    html.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + px(WIDTH) + " " + px(HEIGHT),
        "role",
        "img",
        "aria-labelledby",
        "history-title history-desc");
    html.leaf("title", "History of the study", "id", "history-title");
    html.leaf(
        "desc",
        "The " + metric + " of each trial with its standard error, and the best one so far.",
        "id",
        "history-desc");
    grid(html, metric);
    bestSoFar(html);
    for (Trial trial : shown) {
      mark(html, trial);
    }
    facts.best().ifPresent(best -> ring(html, best));
    html.close().close().line();
    notes(html, shown.size());
  }

  private void grid(Markup html, String metric) {
    for (Axis.Tick tick : scores.ticks(6)) {
      String y = px(scores.at(tick.value()));
      html.empty("line", "class", "grid", "x1", px(LEFT), "x2", px(RIGHT), "y1", y, "y2", y);
      html.leaf(
          "text",
          tick.label(),
          "class",
          "tick",
          "x",
          px(LEFT - 8),
          "y",
          y,
          "dy",
          "0.32em",
          "text-anchor",
          "end");
    }
    for (Axis.Tick tick : numbers.ticks(12)) {
      if (tick.value() == Math.rint(tick.value()) && tick.value() >= 0) {
        html.leaf(
            "text",
            tick.label(),
            "class",
            "tick",
            "x",
            px(numbers.at(tick.value())),
            "y",
            px(BOTTOM + 18),
            "text-anchor",
            "middle");
      }
    }
    html.empty(
        "line",
        "class",
        "axis",
        "x1",
        px(LEFT),
        "x2",
        px(RIGHT),
        "y1",
        px(BOTTOM),
        "y2",
        px(BOTTOM));
    html.leaf(
        "text",
        "trial",
        "class",
        "label",
        "x",
        px((LEFT + RIGHT) / 2),
        "y",
        px(BOTTOM + 42),
        "text-anchor",
        "middle");
    html.leaf(
        "text",
        Words.shortened(metric, 40),
        "class",
        "label",
        "transform",
        "translate(14 " + px((TOP + BOTTOM) / 2) + ") rotate(-90)",
        "text-anchor",
        "middle");
  }

  private void bestSoFar(Markup html) {
    List<Trial> improvements = chart.improvements();
    if (improvements.isEmpty()) {
      return;
    }
    StringBuilder path = new StringBuilder();
    for (Trial trial : improvements) {
      double x = numbers.at(trial.number());
      double y = scores.at(Chart.mean(trial).orElseThrow());
      path.append(path.isEmpty() ? "M" + px(x) + " " + px(y) : "H" + px(x) + "V" + px(y));
    }
    html.empty("path", "class", "best-so-far", "d", path.append("H").append(px(RIGHT)).toString());
  }

  private void mark(Markup html, Trial trial) {
    TrialStatus status = TrialStatus.of(trial, facts.snapshot());
    OptionalDouble mean = Chart.mean(trial);
    double x = numbers.at(trial.number());
    html.open("g", "class", "mark " + status.label());
    html.leaf("title", Chart.title(trial, facts));
    if (status == TrialStatus.FAILED) {
      double y = BOTTOM;
      double r = radius;
      html.empty(
          "path",
          "d",
          "M" + px(x - r) + " " + px(y - r) + "L" + px(x + r) + " " + px(y + r) + "M" + px(x - r)
              + " " + px(y + r) + "L" + px(x + r) + " " + px(y - r));
    } else if (mean.isPresent() && scores.covers(mean.getAsDouble())) {
      whisker(html, trial, x, mean.getAsDouble());
      html.empty("circle", "cx", px(x), "cy", px(scores.at(mean.getAsDouble())), "r", px(radius));
    } else if (mean.isPresent()) {
      // Beyond the scale: an arrow at its end.
      double y = scores.at(mean.getAsDouble());
      double up = mean.getAsDouble() > scores.high() ? -1 : 1;
      html.empty(
          "path",
          "class",
          "outside",
          "d",
          "M"
              + px(x - radius)
              + " "
              + px(y)
              + "L"
              + px(x + radius)
              + " "
              + px(y)
              + "L"
              + px(x)
              + " "
              + px(y + up * 2 * radius)
              + "Z");
    }
    html.close();
  }

  private void whisker(Markup html, Trial trial, double x, double mean) {
    OptionalDouble error = trial.standardError(facts.snapshot().document().folds());
    if (error.isPresent() && error.getAsDouble() > 0) {
      html.empty(
          "line",
          "class",
          "whisker",
          "x1",
          px(x),
          "x2",
          px(x),
          "y1",
          px(scores.at(mean - error.getAsDouble())),
          "y2",
          px(scores.at(mean + error.getAsDouble())));
    }
  }

  private void ring(Markup html, Trial best) {
    Chart.mean(best)
        .ifPresent(
            mean ->
                html.empty(
                    "circle",
                    "class",
                    "ring",
                    "cx",
                    px(numbers.at(best.number())),
                    "cy",
                    px(scores.at(mean)),
                    "r",
                    px(radius + 4)));
  }

  private void notes(Markup html, int shown) {
    html.open("p", "class", "legend");
    key(html, "Complete", "complete, with its standard error");
    for (TrialStatus status :
        List.of(TrialStatus.STOPPED_BY_RACE, TrialStatus.RUNNING, TrialStatus.UNFINISHED)) {
      if (facts.trials(status) > 0) {
        key(
            html,
            status.label(),
            (status == TrialStatus.STOPPED_BY_RACE
                    ? "stopped by the race"
                    : status.label().toLowerCase(java.util.Locale.ROOT))
                + ": mean of the folds it has");
      }
    }
    if (facts.trials(TrialStatus.FAILED) > 0) {
      html.leaf("span", "× failed", "class", "key-failed");
    }
    html.open("span").leaf("i", "", "class", "key line").text("best so far").close();
    html.close();
    long outside = chart.outside(scores);
    if (outside > 0) {
      html.leaf(
          "p",
          (outside == 1 ? "1 trial is" : Words.grouped(outside) + " trials are")
              + " far worse than the rest and drawn as arrows at the edge.",
          "class",
          "note");
    }
    if (shown < facts.snapshot().trials().size()) {
      html.leaf(
          "p",
          "Of "
              + Words.count(facts.snapshot().trials().size(), "trial")
              + " "
              + Words.grouped(shown)
              + " are drawn: the best ones and an even choice of the others.",
          "class",
          "note");
    }
  }

  private static void key(Markup html, String className, String text) {
    html.open("span").leaf("i", "", "class", "key " + className).text(text).close();
  }
}
