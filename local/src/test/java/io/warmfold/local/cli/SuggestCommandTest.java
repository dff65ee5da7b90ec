package io.warmfold.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SuggestCommandTest {

  private static final String SPACE =
      """
      {"ParameterRanges": {
         "ContinuousParameterRanges": [{"Name": "eta", "MinValue": "0.01", "MaxValue": "0.5", "ScalingType": "Logarithmic"}],
         "IntegerParameterRanges": [{"Name": "depth", "MinValue": "2", "MaxValue": "9"}],
         "CategoricalParameterRanges": [{"Name": "booster", "Values": ["gbtree", "dart"]}]},
       "HyperParameterTuningJobObjective": {"Type": "Minimize", "MetricName": "validation:rmse"},
       "RandomSeed": 3, "CrossValidation": {"Folds": 2}}
      """;

  @TempDir private Path folder;

  private final ObjectMapper mapper = new ObjectMapper();
  private final StringWriter err = new StringWriter();
  private final List<Integer> halts = new ArrayList<>();
  private final Interrupts interrupts = new Interrupts(Duration.ofDays(1), halts::add);
  private Path space;

  @BeforeEach
  void writeSpace() throws IOException {
    space = Files.writeString(folder.resolve("space.json"), SPACE);
  }

  private Tools tools(StringWriter out) {
    Console console =
        new Console(new PrintWriter(out), new PrintWriter(err), false, false, () -> 80);
    return new Tools(
        console,
        options -> {
          throw new IllegalStateException("the searcher needs no cloud");
        },
        new Home(folder),
        interrupts,
        Duration.ZERO,
        InstantSource.system());
  }

  private List<JsonNode> talk(String... lines) throws IOException {
    var in = new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    StringWriter out = new StringWriter();
    int exit = new CommandLine(new SuggestCommand(tools(out), in)).execute(space.toString());
    assertThat(exit).isZero();
    List<JsonNode> answers = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      answers.add(mapper.readTree(line));
    }
    return answers;
  }

  @Test
  void asksAreAnsweredWithinTheRanges() throws IOException {
    var answers =
        talk(
            "{\"ask\":{\"id\":3}}",
            "{\"tell\":{\"id\":3,\"score\":0.21,\"folds\":[0.2,0.22]}}",
            "{\"ask\":{\"id\":\"next\"}}");
    assertThat(answers.get(0).get("id").asInt()).isEqualTo(3);
    var values = answers.get(0).get("hyperParameters");
    assertThat(Double.parseDouble(values.get("eta").textValue())).isBetween(0.01, 0.5);
    assertThat(values.get("depth").textValue()).matches("[2-9]");
    assertThat(values.get("booster").textValue()).isIn("gbtree", "dart");
    assertThat(answers.get(1).toString()).isEqualTo("{\"ok\":true}");
    assertThat(answers.get(2).get("id").textValue()).isEqualTo("next");
    assertThat(answers.get(2).get("hyperParameters")).isNotEqualTo(values);
  }

  @Test
  void anAskThatIsRepeatedIsAnsweredTheSame() throws IOException {
    var answers = talk("{\"ask\":{\"id\":1}}", "{\"ask\":{\"id\":2}}", "{\"ask\":{\"id\":1}}");
    assertThat(answers.get(2)).isEqualTo(answers.get(0)).isNotEqualTo(answers.get(1));
  }

  @Test
  void twoConversationsAreTheSame() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      lines.add("{\"ask\":{\"id\":%d}}".formatted(i));
      lines.add("{\"tell\":{\"id\":%d,\"folds\":[%f,%f]}}".formatted(i, i % 5 * 0.1, i % 3 * 0.1));
    }
    assertThat(talk(lines.toArray(String[]::new))).isEqualTo(talk(lines.toArray(String[]::new)));
  }

  @Test
  void wrongLinesChangeNothing() throws IOException {
    var plain = talk("{\"ask\":{\"id\":1}}", "{\"ask\":{\"id\":2}}");
    var disturbed =
        talk(
            "{\"ask\":{\"id\":1}}",
            "nonsense",
            "[]",
            "{\"ask\":{\"id\":7}} {\"ask\":{\"id\":8}}",
            "{\"ask\":{}}",
            "{\"ask\":{\"id\":1.5}}",
            "{\"tell\":{\"id\":1}}",
            "{\"tell\":{\"id\":9,\"score\":1}}",
            "{\"tell\":{\"id\":1,\"folds\":[1,2,3]}}",
            "{\"tell\":{\"id\":1,\"folds\":[1,\"x\"]}}",
            "{\"tell\":{\"id\":9,\"score\":1,\"hyperParameters\":{\"eta\":\"0.1\"}}}",
            "{\"space\":{\"ParameterRanges\":{}}}",
            "{\"ask\":{\"id\":2}}");
    assertThat(disturbed.subList(1, 12))
        .allSatisfy(answer -> assertThat(answer.has("error")).isTrue());
    assertThat(disturbed.getLast()).isEqualTo(plain.getLast());
  }

  @Test
  void partialTellsFailuresAndForeignTrialsAreTaken() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      lines.add("{\"ask\":{\"id\":%d}}".formatted(i));
      lines.add("{\"tell\":{\"id\":%d,\"folds\":[0.5]}}".formatted(i));
      lines.add(
          i % 3 == 0
              ? "{\"tell\":{\"id\":%d,\"failed\":true}}".formatted(i)
              : "{\"tell\":{\"id\":%d,\"folds\":[0.5,%s]}}".formatted(i, i == 4 ? "NaN" : "0.6"));
    }
    lines.set(14, lines.get(14).replace("NaN", "\"NaN\""));
    lines.add(
        "{\"tell\":{\"id\":\"mine\",\"score\":0.1,\"hyperParameters\":{\"eta\":\"0.1\",\"depth\":\"3\",\"booster\":\"dart\"}}}");
    lines.add("{\"tell\":{\"id\":1,\"folds\":[0.4],\"stopped\":true}}");
    lines.add("{\"ask\":{\"id\":99}}");
    assertThat(talk(lines.toArray(String[]::new)))
        .noneSatisfy(answer -> assertThat(answer.has("error")).isTrue())
        .last()
        .satisfies(answer -> assertThat(answer.has("hyperParameters")).isTrue());
  }

  @Test
  void anExhaustedSpaceSaysSo() throws IOException {
    var answers =
        talk(
            "{\"space\":{\"Strategy\":\"Grid\",\"ParameterRanges\":{\"CategoricalParameterRanges\":[{\"Name\":\"c\",\"Values\":[\"a\",\"b\"]}]},\"HyperParameterTuningJobObjective\":{\"Type\":\"Maximize\"}}}",
            "{\"ask\":{\"id\":1}}",
            "{\"ask\":{\"id\":2}}",
            "{\"ask\":{\"id\":3}}");
    Set<String> values = new HashSet<>();
    answers.subList(1, 3).forEach(one -> values.add(one.at("/hyperParameters/c").asText()));
    assertThat(values).containsExactlyInAnyOrder("a", "b");
    assertThat(answers.getLast().get("exhausted").asBoolean()).isTrue();
  }

  @Test
  void aWrongSpaceIsRefusedWithAllItsProblems() throws IOException {
    Files.writeString(
        space,
        """
        {"ParameterRanges": {
           "ContinuousParameterRanges": [{"Name": "a", "MinValue": "x", "MaxValue": "1"}],
           "IntegerParameterRanges": [{"Name": "b", "MinValue": "3", "MaxValue": "1"}]},
         "HyperParameterTuningJobObjective": {"Type": "Least"}, "Strategy": "Best"}
        """);
    assertThat(Main.run(tools(new StringWriter()), "suggest", space.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("/ParameterRanges/ContinuousParameterRanges/0")
        .contains("/ParameterRanges/IntegerParameterRanges/0")
        .contains("/HyperParameterTuningJobObjective/Type")
        .contains("/Strategy");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void ctrlCEndsItAtOnceWhileItWaitsForALine() {
    InputStream silent =
        new InputStream() {
          @Override
          public int read() {
            return -1;
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            interrupts.shutDown();
            return -1;
          }
        };

    new CommandLine(new SuggestCommand(tools(new StringWriter()), silent))
        .execute(space.toString());

    assertThat(halts).containsExactly(130);
  }
}
