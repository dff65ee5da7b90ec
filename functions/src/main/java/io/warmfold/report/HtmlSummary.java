package io.warmfold.report;

import static io.warmfold.report.Markup.px;

import io.warmfold.job.JobKind;
import io.warmfold.space.Parameter;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.util.List;
import java.util.OptionalDouble;

/** The top of the report: the verdict, the figures, the best hyperparameters, warnings. */
final class HtmlSummary {

  private final Markup html;
  private final StudyFacts facts;
  private final Locations locations;
  private final StudyDocument document;

  private HtmlSummary(Markup html, StudyFacts facts, Locations locations) {
    this.html = html;
    this.facts = facts;
    this.locations = locations;
    this.document = facts.snapshot().document();
  }

  static void write(Markup html, StudyFacts facts, Locations locations) {
    HtmlSummary summary = new HtmlSummary(html, facts, locations);
    summary.verdict();
    summary.tiles();
    summary.warnings();
    facts.best().ifPresent(summary::best);
  }

  private void verdict() {
    html.open("section", "class", "verdict");
    boolean succeeded = facts.status().equals("Succeeded");
    if (!succeeded) {
      html.leaf("p", Verdict.status(facts), "class", "state");
    }
    Verdict.best(facts).ifPresent(text -> html.leaf("p", text, "class", "lead"));
    html.open("p");
    Verdict.lead(facts).ifPresent(text -> html.text(text).text(" "));
    html.text(Verdict.cost(facts));
    html.close();
    if (facts.finalTraining().isPresent()) {
      html.open("p").text("A model was trained with it on all the data");
      facts
          .snapshot()
          .study()
          .modelPackageArn()
          .ifPresent(arn -> html.text(" and registered as ").leaf("code", arn));
      html.text(".");
      locations
          .transformOutput()
          .ifPresent(uri -> html.text(" Its predictions are in ").leaf("code", uri).text("."));
      html.close();
    }
    html.close().line();
  }

  private void tiles() {
    html.open("ul", "class", "tiles");
    facts
        .best()
        .filter(best -> best.complete(document.folds()))
        .ifPresent(
            best ->
                tile(
                    Words.score(
                        best.cvScore(document.folds()).orElseThrow(),
                        best.standardError(document.folds())),
                    document.objective().metricName()));
    tile(
        Words.grouped(facts.trials(TrialStatus.COMPLETE))
            + " of "
            + Words.grouped(facts.snapshot().trials().size()),
        "trials complete" + others());
    long folds = facts.jobs(JobKind.FOLD);
    tile(
        Words.grouped(folds),
        "fold jobs" + (facts.retriedJobs() > 0 ? ", " + facts.retriedJobs() + " retried" : ""));
    if (!facts.snapshot().jobs().isEmpty()) {
      tile(
          Math.round(100.0 * facts.warmHits() / facts.snapshot().jobs().size()) + " %",
          "of the jobs started warm");
    }
    tile(Words.duration(facts.elapsedSeconds()), "elapsed");
    tile(Words.duration(facts.billableSeconds()), "billed instance time");
    facts
        .cost()
        .ifPresent(
            spent ->
                tile(
                    Words.money(spent),
                    "spent of "
                        + Words.money(document.tuning().resourceLimits().maxCost())
                        + " (MaxCost)"));
    html.close().line();
  }

  private String others() {
    int stopped = facts.trials(TrialStatus.STOPPED_BY_RACE);
    int failed = facts.trials(TrialStatus.FAILED);
    return (stopped > 0 ? ", " + stopped + " stopped by the race" : "")
        + (failed > 0 ? ", " + failed + " failed" : "");
  }

  private void tile(String figure, String meaning) {
    html.open("li").leaf("strong", figure).leaf("span", meaning).close();
  }

  private void warnings() {
    List<String> warnings = Warnings.of(facts);
    if (warnings.isEmpty()) {
      return;
    }
    html.open("aside", "class", "warnings").leaf("h2", "Worth knowing").open("ul");
    warnings.forEach(warning -> html.leaf("li", warning));
    html.close().close().line();
  }

  private void best(Trial best) {
    html.open("section").leaf("h2", "Best hyperparameters");
    html.open("div", "class", "columns");
    html.open("div", "class", "scroll").open("table", "class", "best-parameters");
    html.open("thead").open("tr");
    html.leaf("th", "parameter", "scope", "col");
    html.leaf("th", "value", "scope", "col");
    html.leaf("th", "in its range", "scope", "col");
    html.close().close().open("tbody");
    for (Parameter parameter : TunedParameters.of(document)) {
      String value = best.hyperParameters().getOrDefault(parameter.name(), "");
      html.open("tr").leaf("th", parameter.name(), "scope", "row");
      html.open("td").leaf("code", value).close().open("td", "class", "range");
      range(parameter, value);
      html.close().close();
    }
    html.close().close().close();
    if (!best.scores().isEmpty()) {
      foldScores(best);
    }
    html.close().close().line();
  }

  private void range(Parameter parameter, String value) {
    switch (parameter) {
      case Parameter.Continuous p -> slider(p, value, Words.score(p.min()), Words.score(p.max()));
      case Parameter.Integral p -> slider(p, value, Long.toString(p.min()), Long.toString(p.max()));
      case Parameter.Categorical p -> {
        int more = p.values().size() - 12;
        p.values().stream()
            .limit(12)
            .forEach(
                choice ->
                    html.leaf(
                            "span",
                            Words.shortened(choice, 40),
                            "class",
                            choice.equals(value) ? "choice chosen" : "choice")
                        .text(" "));
        if (more > 0) {
          html.text("and " + more + " more");
        }
      }
    }
  }

  private void slider(Parameter parameter, String value, String min, String max) {
    OptionalDouble place = TunedParameters.place(parameter, value);
    html.leaf("small", min).text(" ");
    html.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "slider",
        "viewBox",
        "0 0 120 14",
        "width",
        "120",
        "height",
        "14",
        "role",
        "img");
    html.leaf("title", value + " in the range from " + min + " to " + max);
    html.empty("line", "class", "axis", "x1", "5", "x2", "115", "y1", "7", "y2", "7");
    if (place.isPresent()) {
      html.empty("circle", "cx", px(5 + 110 * place.getAsDouble()), "cy", "7", "r", "5");
    }
    html.close().text(" ").leaf("small", max);
  }

  private void foldScores(Trial best) {
    html.open("div", "class", "scroll").open("table", "class", "fold-scores");
    html.leaf("caption", "Its score in each fold");
    html.open("tbody");
    double least = best.scores().values().stream().mapToDouble(s -> s).min().orElseThrow();
    double greatest = best.scores().values().stream().mapToDouble(s -> s).max().orElseThrow();
    Axis axis = Axis.around(least, greatest, 5, 195);
    best.scores()
        .forEach(
            (fold, score) -> {
              html.open("tr").leaf("th", "fold " + fold, "scope", "row");
              html.leaf(
                  "td", Words.score(score), "class", "number", "title", Double.toString(score));
              html.open("td")
                  .open(
                      "svg",
                      "xmlns",
                      "http://www.w3.org/2000/svg",
                      "class",
                      "slider",
                      "viewBox",
                      "0 0 200 14",
                      "width",
                      "200",
                      "height",
                      "14",
                      "aria-hidden",
                      "true");
              html.empty("line", "class", "axis", "x1", "5", "x2", "195", "y1", "7", "y2", "7");
              html.empty("circle", "cx", px(axis.at(score)), "cy", "7", "r", "4");
              html.close().close().close();
            });
    html.close().close().close();
  }
}
