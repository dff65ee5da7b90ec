package io.warmfold.local.engine;

import static io.warmfold.local.engine.Lab.json;
import static io.warmfold.local.engine.Lab.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.local.engine.Lab.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The machine that is deployed, with functions that say what ours would. */
final class StudyMachineTest {

  private final Lab lab = new Lab();
  private final List<String> kinds = new ArrayList<>();
  private JsonNode definition;

  @BeforeEach
  void setUp() throws IOException {
    String text = Files.readString(Path.of("..", "statemachine", "study.asl.json"));
    definition = json(text.replaceAll("\\$\\{(\\w+)Arn}", "$1"));
    lab.functions.on(
        "OpenStudy",
        payload ->
            json(
                """
                {"Key": "k", "Prepare": true, "Split": true, "Transform": true, "Lanes": 4,
                  "Slots": 2, "PrepareTimeout": 600, "FoldTimeout": 600, "FinalTimeout": 600,
                  "TransformTimeout": 600}
                """));
    lab.functions.on("PlanSplit", payload -> json("{\"Parts\": 3}"));
    lab.functions.on("ShardObject", payload -> json("{\"Rows\": 10}"));
    lab.functions.on("SealFolds", payload -> json("{}"));
    lab.functions.on(
        "NextFold",
        payload ->
            switch (payload.get("Turn").intValue()) {
              case 0, 2 -> json("{\"Action\": \"Run\", \"Trial\": 1, \"Fold\": 0}");
              case 1 -> json("{\"Action\": \"Wait\", \"Seconds\": 15}");
              default -> json("{\"Action\": \"Done\"}");
            });
    lab.functions.on(
        "StartJob",
        payload -> {
          kinds.add(payload.get("Kind").textValue());
          String token = payload.get("Token").textValue();
          lab.timeline.after(Duration.ofSeconds(100), () -> lab.answer(token, "{}"));
          return json("{}");
        });
    lab.functions.on("SelectBest", payload -> json("{\"Next\": \"TrainFinal\"}"));
    lab.functions.on("RegisterModel", payload -> json("{}"));
    lab.functions.on("CloseStudy", payload -> json("{\"Status\": \"Succeeded\"}"));
    lab.functions.on("AbandonStudy", payload -> json("{}"));
  }

  @Test
  void goesFromDataToAModel() {
    JsonNode ended = lab.run(definition, "{\"StudyName\": \"abalone\"}");
    assertThat(ended.path("output").asText()).isEqualTo("{\"Status\":\"Succeeded\"}");
    assertThat(kinds)
        .hasSize(1 + 4 * 2 + 2)
        .startsWith("Processing", "Fold")
        .endsWith("Final", "Transform");
    assertThat(lab.functions.calls).filteredOn("ShardObject"::equals).hasSize(3);
    // Two lanes at a time, two shifts, two folds and a wait each; then three more jobs.
    assertThat(lab.timeline.instant())
        .isEqualTo(Lab.START.plusSeconds(100 + 2 * (100 + 15 + 100) + 100 + 100));
  }

  @Test
  void aSecondRoundOfTuningIsAnotherMapRun() {
    lab.functions.on(
        "SelectBest",
        payload ->
            json(
                payload.get("Round").intValue() == 0
                    ? "{\"Next\": \"Tune\"}"
                    : "{\"Next\": \"TrainFinal\"}"));
    String arn = lab.start(definition, "{}");
    lab.timeline.runUntilIdle();
    assertThat(lab.service.call("ListMapRuns", request("executionArn", arn)).get("mapRuns"))
        .hasSize(2);
    assertThat(lab.describe(arn).get("status").textValue()).isEqualTo("SUCCEEDED");
  }

  @Test
  void aWrongDocumentIsRefusedWithItsProblems() {
    lab.functions.on(
        "OpenStudy",
        payload -> {
          throw new Failure("io.warmfold.study.FixInputException", "/Folds: at least 2");
        });
    JsonNode ended = lab.run(definition, "{}");
    assertThat(ended.get("error").textValue()).isEqualTo("InputRefused");
    assertThat(ended.get("cause").textValue()).isEqualTo("/Folds: at least 2");
    assertThat(lab.functions.calls).containsExactly("OpenStudy");
  }

  @Test
  void whatFailsIsAbandoned() {
    lab.functions.on(
        "SealFolds",
        payload -> {
          throw new Failure("java.lang.IllegalStateException", "no shards");
        });
    JsonNode ended = lab.run(definition, "{}");
    assertThat(ended.get("error").textValue()).isEqualTo("java.lang.IllegalStateException");
    assertThat(lab.functions.payloads.getLast().get("Study").textValue()).isEqualTo("k");
    assertThat(lab.functions.calls).last().isEqualTo("AbandonStudy");
  }

  @Test
  void aTimeoutHasNoCauseAndKeepsItsName() {
    lab.functions.on("StartJob", payload -> json("{}"));
    JsonNode ended = lab.run(definition, "{}");
    assertThat(ended.get("status").textValue()).isEqualTo("FAILED");
    assertThat(ended.get("error").textValue()).isEqualTo("States.Timeout");
    assertThat(lab.functions.payloads.getLast().get("Error").textValue())
        .isEqualTo("States.Timeout");
  }

  @Test
  void aFailingLaneLeavesTheStudyToTheLedger() {
    lab.functions.on(
        "NextFold",
        payload -> {
          if (payload.get("Lane").intValue() == 0) {
            throw new Failure("java.lang.ArithmeticException", "");
          }
          return json("{\"Action\": \"Done\"}");
        });
    JsonNode ended = lab.run(definition, "{}");
    assertThat(ended.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(lab.path).contains("LaneFailed");
  }

  @Test
  void anInfrastructureFailureIsTriedAgain() {
    List<Integer> folds = new ArrayList<>();
    lab.functions.on(
        "StartJob",
        payload -> {
          String token = payload.get("Token").textValue();
          if (payload.get("Kind").textValue().equals("Fold") && folds.size() < 2) {
            folds.add(1);
            lab.service.call(
                "SendTaskFailure",
                request("taskToken", token).put("error", "InfrastructureFailure"));
          } else {
            lab.answer(token, "{}");
          }
          return json("{}");
        });
    JsonNode ended = lab.run(definition, "{}");
    assertThat(ended.get("status").textValue()).isEqualTo("SUCCEEDED");
    assertThat(folds).hasSize(2);
  }
}
