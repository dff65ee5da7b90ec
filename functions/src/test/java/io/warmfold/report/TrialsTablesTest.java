package io.warmfold.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.study.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialsTablesTest {

  @Test
  void theCsvHoldsEveryScoreToItsLastDigit() {
    StudySnapshot snapshot = new ExampleStudy().trials(40).mishaps(0.1, 0.3).play();

    List<Map<String, String>> rows = parse(TrialsCsv.of(snapshot));

    assertThat(rows).hasSize(40);
    for (Trial trial : snapshot.trials()) {
      Map<String, String> row = rows.get(trial.number());
      assertThat(row).containsEntry("trial", Integer.toString(trial.number()));
      trial
          .hyperParameters()
          .forEach((name, value) -> assertThat(row).containsEntry("param_" + name, value));
      for (int fold = 0; fold < 5; fold++) {
        String cell = row.get("split" + fold + "_test_score");
        if (trial.scores().containsKey(fold)) {
          assertThat(Double.parseDouble(cell)).isEqualTo(trial.scores().get(fold));
        } else {
          assertThat(cell).isEmpty();
        }
      }
    }
  }

  @Test
  void theCsvHasTheFiguresOfScikitLearn() {
    StudySnapshot snapshot = new ExampleStudy().trials(30).mishaps(0.1, 0.2).maximize().play();

    List<Map<String, String>> complete =
        parse(TrialsCsv.of(snapshot)).stream()
            .filter(row -> row.get("status").equals("Complete"))
            .toList();

    assertThat(complete).isNotEmpty();
    for (Map<String, String> row : complete) {
      double[] scores = new double[5];
      for (int fold = 0; fold < 5; fold++) {
        scores[fold] = Double.parseDouble(row.get("split" + fold + "_test_score"));
      }
      double mean = 0;
      for (double score : scores) {
        mean += score / 5;
      }
      double squares = 0;
      for (double score : scores) {
        squares += (score - mean) * (score - mean);
      }
      double meanScore = Double.parseDouble(row.get("mean_test_score"));
      assertThat(meanScore).isCloseTo(mean, within(1e-12));
      assertThat(Double.parseDouble(row.get("std_test_score")))
          .isCloseTo(Math.sqrt(squares / 5), within(1e-12));
      assertThat(Double.parseDouble(row.get("standard_error")))
          .isCloseTo(Math.sqrt(squares / 4 / 5), within(1e-12));
      long better =
          complete.stream()
              .filter(other -> Double.parseDouble(other.get("mean_test_score")) > meanScore)
              .count();
      assertThat(row).containsEntry("rank_test_score", Long.toString(better + 1));
    }
  }

  @Test
  void whatIsNotCompleteHasNoMeanAndNoRank() {
    StudySnapshot snapshot = new ExampleStudy().trials(40).mishaps(0.3, 0.3).play();

    List<Map<String, String>> others =
        parse(TrialsCsv.of(snapshot)).stream()
            .filter(row -> !row.get("status").equals("Complete"))
            .toList();

    assertThat(others).extracting(row -> row.get("status")).contains("Failed", "StoppedByRace");
    assertThat(others)
        .allSatisfy(
            row -> {
              assertThat(row.get("mean_test_score")).isEmpty();
              assertThat(row.get("rank_test_score")).isEmpty();
            });
  }

  @Test
  void theCsvQuotesWhatWouldBreakIt() {
    String hostile = "a,\"b\"\r\n<c>";
    StudySnapshot snapshot = new ExampleStudy().categories(hostile, hostile + "2").trials(5).play();

    List<Map<String, String>> rows = parse(TrialsCsv.of(snapshot));

    assertThat(rows).hasSize(5);
    assertThat(rows)
        .extracting(row -> row.get("param_booster"))
        .allSatisfy(value -> assertThat(value).startsWith(hostile));
  }

  @Test
  void everyLineOfJsonHoldsATrialWithItsJobsButNoToken() throws Exception {
    StudySnapshot snapshot = new ExampleStudy().trials(30).mishaps(0.2, 0.2).play();

    String text = TrialsJsonl.of(snapshot);

    assertThat(text).doesNotContain("oken");
    List<String> lines = text.lines().toList();
    assertThat(lines).hasSize(30);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = new ObjectMapper().readTree(lines.get(i));
      Trial trial = snapshot.trials().get(i);
      assertThat(line.path("Trial").asInt()).isEqualTo(i);
      assertThat(line.path("Folds")).hasSameSizeAs(trial.outcomes().keySet());
      assertThat(line.path("Jobs")).hasSameSizeAs(trial.outcomes().keySet());
      assertThat(line.has("Rank")).isEqualTo(line.path("Status").asText().equals("Complete"));
    }
  }

  /** RFC 4180, by the letter. */
  private static List<Map<String, String>> parse(String csv) {
    List<List<String>> records = new ArrayList<>();
    List<String> record = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\r')) {
        record.add(cell.toString());
        cell.setLength(0);
        if (c == '\r') {
          assertThat(csv.charAt(++i)).isEqualTo('\n');
          records.add(record);
          record = new ArrayList<>();
        }
      } else {
        cell.append(c);
      }
    }
    assertThat(record).isEmpty();
    List<Map<String, String>> rows = new ArrayList<>();
    for (List<String> values : records.subList(1, records.size())) {
      assertThat(values).hasSameSizeAs(records.getFirst());
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < values.size(); i++) {
        row.put(records.getFirst().get(i), values.get(i));
      }
      rows.add(row);
    }
    return rows;
  }
}
