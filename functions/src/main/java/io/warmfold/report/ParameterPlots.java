package io.warmfold.report;

import static io.warmfold.report.Markup.px;

import io.warmfold.space.Parameter;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.util.List;
import java.util.OptionalDouble;

/** A small plot for each parameter: its value, on its scale, against the score. */
final class ParameterPlots {

  private static final double WIDTH = 300;
  private static final double HEIGHT = 190;
  private static final double LEFT = 52;
  private static final double RIGHT = 290;
  private static final double TOP = 10;
  private static final double BOTTOM = 150;

  /** Marks in all plots together, to keep the page light. */
  private static final int LIMIT = 6000;

  private final StudyFacts facts;
  private final Axis scores;
  private final List<Trial> shown;

  private ParameterPlots(StudyFacts facts, Chart chart, int parameters) {
    this.facts = facts;
    this.scores = chart.scores(BOTTOM, TOP);
    this.shown =
        chart.thinned(Math.clamp(LIMIT / parameters, 100, 500)).stream()
            .filter(trial -> TrialStatus.of(trial, facts.snapshot()) == TrialStatus.COMPLETE)
            .toList();
  }

  static void write(Markup html, StudyFacts facts, Chart chart) {
    List<Parameter> parameters = TunedParameters.of(facts.snapshot().document());
    var plots = new ParameterPlots(facts, chart, parameters.size());
    html.open("div", "class", "small-plots");
    for (int i = 0; i < parameters.size(); i++) {
      plots.plot(html, parameters.get(i), "param-" + i);
    }
    html.close().line();
  }

  private void plot(Markup html, Parameter parameter, String id) {
    html.open("figure");
    html.leaf("figcaption", parameter.name());
    html.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + px(WIDTH) + " " + px(HEIGHT),
        "role",
        "img",
        "aria-labelledby",
        id);
    html.leaf(
        "title",
        facts.snapshot().document().objective().metricName() + " by " + parameter.name(),
        "id",
        id);
    for (Axis.Tick tick : scores.ticks(4)) {
      String y = px(scores.at(tick.value()));
      html.empty("line", "class", "grid", "x1", px(LEFT), "x2", px(RIGHT), "y1", y, "y2", y);
      html.leaf(
          "text",
          tick.label(),
          "class",
          "tick",
          "x",
          px(LEFT - 6),
          "y",
          y,
          "dy",
          "0.32em",
          "text-anchor",
          "end");
    }
    ends(html, parameter);
    int best = facts.best().map(Trial::number).orElse(-1);
    for (Trial trial : shown) {
      if (trial.number() != best) {
        mark(html, parameter, trial, "mark Complete", 2.6);
      }
    }
    // Last, to lie above the others.
    facts.best().ifPresent(trial -> mark(html, parameter, trial, "mark best", 4.6));
    html.close().close();
  }

  private void ends(Markup html, Parameter parameter) {
    html.empty(
        "line",
        "class",
        "axis",
        "x1",
        px(LEFT),
        "x2",
        px(RIGHT),
        "y1",
        px(BOTTOM + 4),
        "y2",
        px(BOTTOM + 4));
    switch (parameter) {
      case Parameter.Continuous p -> {
        end(html, Words.score(p.min()), LEFT, "start");
        end(html, Words.score(p.max()), RIGHT, "end");
        scale(html, p.scaling().label());
      }
      case Parameter.Integral p -> {
        end(html, Long.toString(p.min()), LEFT, "start");
        end(html, Long.toString(p.max()), RIGHT, "end");
        scale(html, p.scaling().label());
      }
      case Parameter.Categorical p -> {
        int values = p.values().size();
        int room = Math.max(2, 44 / values);
        for (int i = 0; i < values && values <= 8; i++) {
          double x = LEFT + (i + 0.5) / values * (RIGHT - LEFT);
          end(html, Words.shortened(p.values().get(i), room), x, "middle");
        }
      }
    }
  }

  private static void end(Markup html, String text, double x, String anchor) {
    html.leaf(
        "text", text, "class", "tick", "x", px(x), "y", px(BOTTOM + 20), "text-anchor", anchor);
  }

  private static void scale(Markup html, String name) {
    html.leaf(
        "text",
        name.toLowerCase(java.util.Locale.ROOT),
        "class",
        "tick faint",
        "x",
        px((LEFT + RIGHT) / 2),
        "y",
        px(BOTTOM + 20),
        "text-anchor",
        "middle");
  }

  private void mark(Markup html, Parameter parameter, Trial trial, String className, double r) {
    OptionalDouble place =
        TunedParameters.place(parameter, trial.hyperParameters().get(parameter.name()));
    StudyDocument document = facts.snapshot().document();
    OptionalDouble score = trial.cvScore(document.folds());
    if (place.isEmpty() || score.isEmpty()) {
      return;
    }
    double unit = place.getAsDouble();
    if (parameter.cardinality() <= 20) {
      // Values that many trials share are spread a little, always in the same way.
      double spread = (trial.number() * 0.618_034 % 1 - 0.5) * 0.5;
      unit += spread / parameter.cardinality();
    }
    html.open("g", "class", className);
    html.leaf("title", Chart.title(trial, facts));
    html.empty(
        "circle",
        "cx",
        px(LEFT + unit * (RIGHT - LEFT)),
        "cy",
        px(scores.at(score.getAsDouble())),
        "r",
        px(r));
    html.close();
  }
}
