package io.warmfold.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.ledger.StudySnapshot;
import io.warmfold.study.Trial;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {

  private static final Locations LOCATIONS = Locations.ofReport("s3://bucket/report/");

  @Test
  void theTableAndTheHistoryHoldEveryTrial() throws Exception {
    StudySnapshot snapshot = new ExampleStudy().trials(40).mishaps(0.1, 0.3).play();

    Document page = page(snapshot);

    List<String> numbers = new ArrayList<>();
    for (Element row : all(page, "tr")) {
      if (row.getParentNode().getParentNode() instanceof Element table
          && table.getAttribute("class").contains("trials")
          && row.getParentNode().getNodeName().equals("tbody")) {
        numbers.add(row.getElementsByTagName("td").item(1).getTextContent());
      }
    }
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            snapshot.trials().stream().map(trial -> Integer.toString(trial.number())).toList());
    assertThat(marks(page, "history-title")).hasSize(40);
  }

  @Test
  void saysFirstWhatTheBestTrialScored() throws Exception {
    StudySnapshot snapshot = new ExampleStudy().play();
    Trial best = snapshot.trials().get(snapshot.study().best().getAsInt());

    String text = page(snapshot).getElementsByTagName("section").item(0).getTextContent();

    assertThat(text)
        .startsWith(
            "Trial "
                + best.number()
                + " is the best of 20: over 5 folds its validation:logloss is ")
        .contains(Words.score(best.cvScore(5).getAsDouble(), best.standardError(5)))
        .contains("smaller is better")
        .contains("arn:aws:sagemaker");
  }

  @Test
  void saysWhyAStudyFailed() throws Exception {
    StudySnapshot snapshot =
        new ExampleStudy()
            .trials(3)
            .mishaps(1, 0)
            .failed("GiveUp", "3 trials failed: <all>")
            .play();

    Document page = page(snapshot);

    assertThat(page.getElementsByTagName("section").item(0).getTextContent())
        .contains("The study failed after", "3 trials failed: <all>");
    assertThat(marks(page, "history-title")).hasSize(3);
  }

  @Test
  void drawsEveryJobOnce() throws Exception {
    StudySnapshot snapshot = new ExampleStudy().play();

    long bars =
        titles(page(snapshot), "slots-title").stream()
            .filter(title -> title.contains("0a1b2c3d-"))
            .count();

    assertThat(bars).isEqualTo(snapshot.jobs().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "]]>&amp;<!--",
        "\u0000\u0007\u001b[31m\uFFFF\uD800x\u202Egnp",
        "javascript:alert(1)"
      })
  void hostileTextIsTextOnly(String hostile) throws Exception {
    StudySnapshot snapshot =
        new ExampleStudy()
            .named(hostile)
            .categories(hostile, hostile + "2")
            .failed(hostile, hostile)
            .play();

    Document page = page(snapshot);

    assertThat(all(page, "script")).hasSize(1);
    assertThat(all(page, "img")).isEmpty();
    for (Element element : all(page, "*")) {
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        Node attribute = element.getAttributes().item(i);
        assertThat(attribute.getNodeName()).doesNotStartWith("on");
        if (attribute.getNodeName().equals("href")) {
          assertThat(attribute.getNodeValue()).isIn("trials.csv", "trials.jsonl");
        }
      }
    }
    assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
        .startsWith(
            hostile
                .codePoints()
                .limit(1)
                .filter(c -> c >= 32)
                .mapToObj(Character::toString)
                .findFirst()
                .orElse("\uFFFD"));
  }

  @Test
  void needsNothingFromOutside() throws Exception {
    for (Element element : all(page(new ExampleStudy().play()), "*")) {
      assertThat(element.getAttribute("src")).isEmpty();
      assertThat(element.getNodeName()).isNotIn("link", "iframe", "object", "image", "use");
      if (element.getNodeName().equals("style")) {
        assertThat(element.getTextContent()).doesNotContain("url(", "@import");
      }
    }
  }

  static Stream<ExampleStudy> odd() {
    return Stream.of(
        new ExampleStudy().trials(1),
        new ExampleStudy().trials(1).folds(2).slots(1),
        new ExampleStudy().trials(2).running(0),
        new ExampleStudy().trials(2).running(1),
        new ExampleStudy().scale(0),
        new ExampleStudy().scale(1e300),
        new ExampleStudy().scale(-1e308).maximize(),
        new ExampleStudy().scale(1e-300),
        new ExampleStudy().scale(9.9e-323),
        new ExampleStudy().folds(50).trials(4),
        new ExampleStudy().slots(100).trials(60));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("odd")
  void isAPageForEveryKindOfStudy(ExampleStudy study) throws Exception {
    String page = HtmlReport.of(study.play(), LOCATIONS);

    parse(page);
    // The script, which comes last, has an isNaN of its own.
    String drawn = page.substring(0, page.indexOf("<script>"));
    assertThat(drawn.contains("NaN") || drawn.contains("Infinity")).isFalse();
  }

  @Test
  void staysReadableWithTenThousandTrials() throws Exception {
    StudySnapshot snapshot =
        new ExampleStudy().trials(10_000).slots(50).mishaps(0.01, 0.6).maximize().play();

    String text = HtmlReport.of(snapshot, LOCATIONS);

    Document page = parse(text);
    assertThat(text.length()).isLessThan(6_000_000);
    assertThat(text.contains("The first 1,000 of 10,000 trials")).isTrue();
    Trial best = snapshot.trials().get(snapshot.study().best().getAsInt());
    assertThat(titles(page, "history-title"))
        .anyMatch(title -> title.startsWith("Trial " + best.number() + ":"));
    long drawn = titles(page, "slots-title").stream().mapToLong(HtmlReportTest::jobs).sum();
    assertThat(drawn).isEqualTo(snapshot.jobs().size());
  }

  /** Writes pages for a person to look at: {@code REPORT_SAMPLES=DIR}. */
  @Test
  @org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable(
      named = "REPORT_SAMPLES",
      matches = ".+")
  void samples() throws Exception {
    Path folder = Path.of(System.getenv("REPORT_SAMPLES"));
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("done.html"), HtmlReport.of(new ExampleStudy().play(), LOCATIONS));
    Files.writeString(
        folder.resolve("race.html"),
        HtmlReport.of(
            new ExampleStudy().trials(120).slots(10).mishaps(0.04, 0.5).maximize().play(),
            LOCATIONS));
    Files.writeString(
        folder.resolve("failed.html"),
        HtmlReport.of(
            new ExampleStudy()
                .trials(6)
                .mishaps(1, 0)
                .failed("io.warmfold.study.GiveUpException", "6 trials failed, 5 are allowed")
                .play(),
            LOCATIONS));
    Files.writeString(
        folder.resolve("running.html"),
        HtmlReport.of(new ExampleStudy().running(33).play(), LOCATIONS));
    Files.writeString(
        folder.resolve("one.html"), HtmlReport.of(new ExampleStudy().trials(1).play(), LOCATIONS));
    Files.writeString(
        folder.resolve("huge.html"),
        HtmlReport.of(
            new ExampleStudy().trials(10_000).slots(50).mishaps(0.01, 0.6).play(), LOCATIONS));
    Files.writeString(
        folder.resolve("folds50.html"),
        HtmlReport.of(
            new ExampleStudy().trials(30).folds(50).slots(20).scale(1e9).play(), LOCATIONS));
  }

  private static long jobs(String title) {
    return title.contains("0a1b2c3d-")
        ? 1
        : title.matches("[\\d,]+ jobs?") ? Long.parseLong(title.replaceAll("\\D", "")) : 0;
  }

  private static List<String> titles(Document page, String svg) {
    List<String> titles = new ArrayList<>();
    for (Element plot : all(page, "svg")) {
      if (plot.getAttribute("aria-labelledby").startsWith(svg)) {
        NodeList found = plot.getElementsByTagName("title");
        for (int i = 1; i < found.getLength(); i++) {
          titles.add(found.item(i).getTextContent());
        }
      }
    }
    return titles;
  }

  private static List<String> marks(Document page, String svg) {
    return titles(page, svg).stream().filter(title -> title.startsWith("Trial ")).toList();
  }

  private static List<Element> all(Document page, String name) {
    NodeList found = page.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static Document page(StudySnapshot snapshot) throws Exception {
    return parse(HtmlReport.of(snapshot, LOCATIONS));
  }

  /** A page that an XML parser reads has every element closed and every text escaped. */
  private static Document parse(String page) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
  }
}
