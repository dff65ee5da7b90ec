package io.warmfold.local.cli;

import io.warmfold.ledger.JobRow;
import io.warmfold.report.Words;
import io.warmfold.study.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A frame of the live display: lines that fit the terminal. Pure. */
final class LiveFrame {

  /** More rows of slots than this would scroll the rest away. */
  private static final int MOST_ROWS = 8;

  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String BLUE = "\u001b[34m";
  private static final String YELLOW = "\u001b[33m";
  private static final String RED = "\u001b[31m";

  private final Progress progress;
  private final SlotBoard board;
  private final int width;
  private final boolean color;
  private final List<String> lines = new ArrayList<>();

  private LiveFrame(Progress progress, SlotBoard board, int width, boolean color) {
    this.progress = progress;
    this.board = board;
    this.width = Math.max(20, width - 1);
    this.color = color;
  }

  /** The lines, none wider than the terminal less one column. */
  static List<String> lines(Progress progress, SlotBoard board, int width, boolean color) {
    LiveFrame frame = new LiveFrame(progress, board, width, color);
    frame.head();
    frame.bar();
    frame.best();
    frame.slots();
    return frame.lines;
  }

  private void head() {
    var document = progress.document();
    String direction = document.direction() == Direction.MINIMIZE ? "smaller" : "larger";
    line(
        part(BOLD, document.studyName()),
        part(
            "",
            "  "
                + document.objective().metricName()
                + " ("
                + direction
                + " is better), "
                + document.folds()
                + " folds"));
  }

  private void bar() {
    String figures =
        " "
            + progress.trialsDone()
            + "/"
            + progress.trialsPlanned()
            + " trials, "
            + progress.foldsDone()
            + "/"
            + progress.foldsPlanned()
            + " folds";
    String time =
        clock(progress.elapsed())
            + progress.left().map(left -> ", about " + clock(left) + " left").orElse("");
    int room = Math.clamp(width - 2L - figures.length(), 0, 40);
    if (room >= 8) {
      int done = (int) (room * progress.foldsDone() / Math.max(1, progress.foldsPlanned()));
      line(
          part("", "  "),
          part(BLUE, "█".repeat(done)),
          part(DIM, "░".repeat(room - done)),
          part("", figures));
    } else {
      line(part("", " " + figures));
    }
    line(
        part("", "  " + progress.phase().words() + ", " + time),
        part(
            RED,
            progress.failedTrials() == 0
                ? ""
                : ", " + Words.count(progress.failedTrials(), "trial") + " failed"));
  }

  private void best() {
    var document = progress.document();
    progress
        .best()
        .ifPresentOrElse(
            best -> {
              line(
                  part("", "  best  "),
                  part(
                      BOLD + YELLOW,
                      Words.score(
                          best.cvScore(document.folds()).orElseThrow(),
                          best.standardError(document.folds()))),
                  part("", "  trial " + best.number()));
              line(part(DIM, "        " + Summary.parameters(best)));
            },
            () -> {
              line(part("", "  best  none yet"));
              line(part("", ""));
            });
  }

  private void slots() {
    Map<String, JobRow> jobs =
        progress.running().stream().collect(Collectors.toMap(JobRow::name, Function.identity()));
    int shown = 0;
    int more = 0;
    for (int row = 0; row < board.rows().size(); row++) {
      JobRow job = board.rows().get(row).map(jobs::get).orElse(null);
      if (row >= MOST_ROWS) {
        more += job == null ? 0 : 1;
        continue;
      }
      shown++;
      if (job == null) {
        line(part(DIM, "  slot " + (row + 1) + "  -"));
      } else {
        Duration since =
            Duration.between(
                job.started().orElse(job.createdAt()), progress.facts().snapshot().taken());
        line(
            part("", "  slot " + (row + 1) + "  " + Progress.words(job)),
            part(DIM, "  for " + Math.max(0, since.toSeconds()) + " s"));
      }
    }
    if (shown < board.rows().size()) {
      line(part(DIM, "  and " + more + " more at work"));
    }
  }

  /** Minutes and seconds, with hours if there are any. */
  static String clock(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    return seconds >= 3600
        ? "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60)
        : "%d:%02d".formatted(seconds / 60, seconds % 60);
  }

  private record Part(String style, String text) {}

  private static Part part(String style, String text) {
    return new Part(style, text);
  }

  private void line(Part... parts) {
    StringBuilder line = new StringBuilder();
    int left = width;
    for (Part part : parts) {
      String text = Words.shortened(Summary.printable(part.text()), Math.max(1, left));
      if (text.isEmpty() || left <= 0) {
        continue;
      }
      left -= text.length();
      boolean styled = color && !part.style().isEmpty();
      line.append(styled ? part.style() : "").append(text).append(styled ? RESET : "");
    }
    lines.add(line.toString());
  }
}
