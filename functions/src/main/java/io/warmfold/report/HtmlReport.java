package io.warmfold.report;

import io.warmfold.ledger.StudySnapshot;
import io.warmfold.study.StudyDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The report of a study as one HTML page that needs nothing else: no other file, no network, and no
 * JavaScript but to sort the table. The page is well-formed XML too. Whatever comes from the study
 * is escaped.
 */
public final class HtmlReport {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StudyFacts facts;
  private final Locations locations;
  private final Markup html = new Markup();

  private HtmlReport(StudyFacts facts, Locations locations) {
    this.facts = facts;
    this.locations = locations;
  }

  /** The page for a study that may still be running. */
  public static String of(StudySnapshot snapshot, Locations locations) {
    return new HtmlReport(StudyFacts.of(snapshot), locations).page();
  }

  private String page() {
    String name = facts.snapshot().study().studyName();
    html.trusted("<!DOCTYPE html>\n");
    html.open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml").line();
    html.open("head").line();
    html.empty("meta", "charset", "utf-8").line();
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    html.empty("meta", "name", "color-scheme", "content", "light dark").line();
    html.empty(
            "meta",
            "http-equiv",
            "Content-Security-Policy",
            "content",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri"
                + " 'none'; form-action 'none'")
        .line();
    html.leaf("title", name + " · Warmfold").line();
    html.open("style").trusted(resource("report.css")).close().line();
    html.close().line().open("body").line().open("main").line();
    head(name);
    HtmlSummary.write(html, facts, locations);
    Chart chart = new Chart(facts);
    section("History", () -> HistoryPlot.write(html, facts, chart));
    if (facts.ranking().order().size() > 2) {
      section("Parameters", () -> ParameterPlots.write(html, facts, chart));
    }
    section("Trials", () -> TrialTable.write(html, facts));
    section("Slots", () -> SlotTimeline.write(html, facts));
    section("Data and settings", this::settings);
    foot();
    html.close().line();
    html.open("script").trusted(resource("report.js")).close().line();
    html.close().line().close().line();
    return html.toString();
  }

  private void head(String name) {
    html.open("header");
    html.leaf("p", "Warmfold study", "class", "kicker");
    html.open("h1").text(name).text(" ");
    html.leaf("span", facts.status(), "class", "chip " + facts.status()).close();
    html.close().line();
  }

  private void section(String title, Runnable content) {
    html.open("section").leaf("h2", title).line();
    content.run();
    html.close().line();
  }

  private void settings() {
    html.open("div", "class", "columns");
    DataSeal.of(facts.snapshot()).ifPresent(this::shards);
    StudyDocument document = facts.snapshot().document();
    html.open("dl", "class", "facts");
    fact("Objective", document.direction().label() + " " + document.objective().metricName());
    fact("Strategy", document.tuning().strategy().label());
    fact(
        "Cross-validation",
        document.folds()
            + " folds, "
            + document.crossValidation().splitter().label()
            + ", seed "
            + document.crossValidation().seed());
    fact("Race", document.crossValidation().race().type().label());
    fact(
        "Budget",
        Words.count(document.maxTrials(), "trial")
            + ", "
            + Words.count(document.slots(), "slot")
            + ", at most "
            + Words.count(document.parallelFolds(), "fold")
            + " of a trial at once");
    var limits = document.tuning().resourceLimits();
    if (limits.maxRuntimeInSeconds() != null) {
      fact("MaxRuntimeInSeconds", Words.duration(limits.maxRuntimeInSeconds()));
    }
    if (limits.maxCost() != null) {
      fact(
          "MaxCost",
          Words.money(limits.maxCost())
              + ", an hour of an instance at "
              + Words.money(limits.pricePerInstanceHour()));
    }
    fact(
        "Instances",
        document.training().resourceConfig().instanceCount()
            + " × "
            + document.training().resourceConfig().instanceType()
            + " a slot, kept warm for up to "
            + Words.duration(document.keepAliveSeconds()));
    fact("Training image", document.trainingImage());
    if (document.data().s3Uri() != null) {
      fact("Data", document.data().s3Uri());
    }
    document
        .training()
        .staticHyperParameters()
        .forEach((name, value) -> fact(name, Words.shortened(value, 200)));
    html.close().close().line();
  }

  private void fact(String name, String value) {
    html.leaf("dt", name).leaf("dd", value);
  }

  private void shards(DataSeal seal) {
    List<String> classes = seal.classNames();
    boolean few = classes.size() <= 12;
    html.open("div", "class", "scroll");
    html.open("table", "class", "shards").open("caption");
    html.text("Rows of each fold");
    if (!few) {
      html.text(" (" + Words.grouped(classes.size()) + " classes)");
    }
    html.close().open("thead").open("tr").leaf("th", "fold", "scope", "col");
    html.leaf("th", "rows", "scope", "col", "class", "number");
    if (few) {
      classes.forEach(
          name ->
              html.leaf(
                  "th", "class " + Words.shortened(name, 24), "scope", "col", "class", "number"));
    }
    html.close().close().open("tbody");
    for (int fold = 0; fold < seal.shards().size(); fold++) {
      DataSeal.Shard shard = seal.shards().get(fold);
      html.open("tr").leaf("th", Integer.toString(fold), "scope", "row");
      html.leaf(
          "td",
          shard.rows().isPresent() ? Words.grouped(shard.rows().getAsLong()) : "not counted",
          "class",
          "number");
      if (few) {
        for (String name : classes) {
          long rows = shard.classes().getOrDefault(name, 0L);
          long all = Math.max(1, shard.rows().orElse(1));
          html.open("td", "class", "number").text(Words.grouped(rows));
          html.leaf("small", String.format(Locale.ROOT, " %.1f %%", 100.0 * rows / all)).close();
        }
      }
      html.close();
    }
    html.close().close().close().line();
  }

  private void foot() {
    var study = facts.snapshot().study();
    html.open("footer");
    html.open("p");
    html.text("Begun " + TIME.format(study.createdAt()));
    study.closedAt().ifPresent(at -> html.text(", ended " + TIME.format(at)));
    html.text(". As of " + TIME.format(facts.snapshot().taken()) + ". Study key " + study.key());
    html.text(". ");
    // They lie beside this page.
    if (locations.trialsCsv().isPresent()) {
      html.leaf("a", "trials.csv", "href", "trials.csv").text(" ");
    }
    if (locations.trialsJsonl().isPresent()) {
      html.leaf("a", "trials.jsonl", "href", "trials.jsonl").text(" ");
    }
    html.close();
    html.leaf(
        "p",
        "The ± is the standard error of the mean over the folds. A score that was picked as the"
            + " best of many is a little too good: rows that took no part in the study give the"
            + " fair one.",
        "class",
        "note");
    html.close().line();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
