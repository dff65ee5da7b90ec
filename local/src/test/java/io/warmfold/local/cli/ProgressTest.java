package io.warmfold.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

  private static Progress after(int folds) {
    return Progress.of(Snapshots.after(folds, "arn", Optional.empty()), Snapshots.BEGUN);
  }

  private static List<String> frame(Progress progress, int width, boolean color) {
    return LiveFrame.lines(progress, SlotBoard.EMPTY.with(progress.running(), 2), width, color);
  }

  @Test
  void aFrameTellsHowFarTheStudyIs() {
    assertThat(String.join("\n", frame(after(4), 100, false)))
        .contains("quick", "smaller is better")
        .contains("1/4 trials, 4/12 folds")
        .contains("best  1.01")
        .contains("eta=0.123457 max_depth=6")
        .contains("slot 1  trial 1 fold 1  for 2 s", "slot 2  trial 1 fold 2");
  }

  @Test
  void theTimeLeftIsThatOfTheFoldsToCome() {
    // 8 of 12 folds to come, 10 seconds each, 2 at once.
    assertThat(after(4).left()).contains(Duration.ofSeconds(40));
    assertThat(after(1).left()).isEmpty();
  }

  @Test
  void noTimeIsLeftForFoldsThatMaxCostDoesNotPayFor() {
    JsonNode json = Snapshots.json();
    // 4 folds of 8 s have been paid for, the final training takes 12 s, and 3 folds are left.
    ((ObjectNode) json.at("/HyperParameterTuningJobConfig/ResourceLimits"))
        .put("MaxCost", (4 * 8 + 12 + 3 * 8 + 1) / 3600.0)
        .put("PricePerInstanceHour", 1);
    Progress progress =
        Progress.of(
            Snapshots.after(4, "arn", Optional.empty(), StudyDocument.require(json)),
            Snapshots.BEGUN);
    assertThat(progress.left()).contains(Duration.ofSeconds(15));
  }

  @Test
  void aFailedTrialNeedsNoFurtherFolds() {
    Progress progress = after(7);

    assertThat(progress.foldsPlanned()).isEqualTo(10);
    assertThat(progress.trialsDone()).isEqualTo(3);
    assertThat(progress.failedTrials()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 33, 40, 61, 80, 200})
  void aFrameIsNeverWiderThanItsTerminal(int width) {
    for (int folds = 0; folds <= 10; folds++) {
      assertThat(frame(after(folds), width, false))
          .allSatisfy(line -> assertThat(line.length()).isLessThan(Math.max(21, width)));
    }
  }

  @Test
  void coloursOnlyWhereTheyAreWanted() {
    assertThat(String.join("", frame(after(4), 100, false))).doesNotContain("\u001b");
    assertThat(String.join("", frame(after(4), 100, true))).contains("\u001b[");
  }

  @Test
  void aJobKeepsItsRowWhileItRuns() {
    Progress before = after(3);
    Progress then = after(4);
    SlotBoard board = SlotBoard.EMPTY.with(before.running(), 2);
    String stays = before.running().get(1).name();

    SlotBoard next = board.with(then.running(), 2);

    assertThat(board.rows().get(1)).contains(stays);
    assertThat(next.rows().get(1)).contains(stays);
    assertThat(next.rows()).hasSize(2).doesNotContain(Optional.empty());
  }

  @Test
  void everyTrialHasItsLine() {
    assertThat(PlainLines.between(Optional.of(after(0)), after(7)))
        .hasSize(4)
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("split: 300 rows in 3 shards"),
            line -> assertThat(line).startsWith("trial 0 (1 of 4): 1.01"),
            line -> assertThat(line).startsWith("trial 1 (2 of 4): 0.91").contains("best so far"),
            line -> assertThat(line).startsWith("trial 2 (3 of 4): failed: bad"));
    assertThat(PlainLines.between(Optional.of(after(7)), after(7))).isEmpty();
  }

  @Test
  void theSecondFrameIsDrawnOverTheFirst() {
    StringWriter screen = new StringWriter();
    Console console =
        new Console(new PrintWriter(screen), new PrintWriter(screen), true, false, () -> 80);
    Display display = Display.on(console);
    display.show(after(4));
    long height = screen.toString().lines().filter(line -> line.contains("\u001b[K")).count();
    screen.getBuffer().setLength(0);

    display.show(after(5));

    assertThat(screen.toString()).startsWith("\r\u001b[" + height + "A").endsWith("\u001b[J");
  }

  @Test
  void noTextOfTheStudyCommandsTheTerminal() {
    String lines =
        String.join("\n", PlainLines.between(Optional.of(after(0)), after(7)))
            + String.join("\n", frame(after(7), 120, false));

    assertThat(lines).doesNotContain("\u001b");
  }

  @Test
  void hyperparametersAreOneLineWhateverTheyAre() {
    Trial trial =
        new Trial(
            0,
            new TreeMap<>(Map.of("kind", "two\nlines", "eta", "0.12345678901")),
            "Random",
            Snapshots.BEGUN,
            new TreeMap<>(),
            new TreeMap<>(),
            Optional.empty());

    assertThat(Summary.parameters(trial)).isEqualTo("eta=0.123457 kind=two lines");
  }

  @Test
  void thePhaseFollowsTheLedger() {
    assertThat(after(0).phase()).isEqualTo(Progress.Phase.SPLITTING);
    assertThat(after(3).phase()).isEqualTo(Progress.Phase.TUNING);
    assertThat(
            Progress.of(
                    Snapshots.after(10, "arn", Optional.of(StudyOutcome.SUCCEEDED)),
                    Snapshots.BEGUN)
                .phase())
        .isEqualTo(Progress.Phase.OVER);
  }
}
