package io.warmfold.report;

import static io.warmfold.report.Markup.px;

import io.warmfold.job.JobKind;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What every slot did, from the first job to the last: starts, trainings, waiting warm. */
final class SlotTimeline {

  private static final double WIDTH = 960;
  private static final double LEFT = 76;
  private static final double RIGHT = 944;
  private static final double TOP = 8;

  /** With more jobs than this, neighbours are drawn as one. */
  private static final int LIMIT = 3000;

  private final StudyFacts facts;
  private final List<List<JobRow>> rows;
  private final Instant zero;
  private final Axis seconds;
  private final double pitch;

  private SlotTimeline(StudyFacts facts) {
    this.facts = facts;
    Instant now = facts.snapshot().taken();
    List<JobRow> jobs = facts.snapshot().jobs();
    this.rows = SlotPacking.pack(jobs, now);
    this.zero = jobs.stream().map(JobRow::createdAt).min(Instant::compareTo).orElse(now);
    double last =
        jobs.stream().mapToDouble(job -> since(SlotPacking.end(job, now))).max().orElse(1);
    this.seconds = new Axis(0, Math.max(last, 1e-3), LEFT, RIGHT);
    this.pitch = rows.size() <= 12 ? 26 : rows.size() <= 40 ? 16 : 7;
  }

  static void write(Markup html, StudyFacts facts) {
    if (facts.snapshot().jobs().isEmpty()) {
      html.leaf("p", "No job has been started yet.", "class", "note");
      return;
    }
    new SlotTimeline(facts).write(html);
  }

  private void write(Markup html) {
    double bottom = TOP + rows.size() * pitch + 4;
    html.open("div", "class", "plot");
    html.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + px(WIDTH) + " " + px(bottom + 44),
        "role",
        "img",
        "aria-labelledby",
        "slots-title slots-desc");
    html.leaf("title", "Timeline of the slots", "id", "slots-title");
    html.leaf(
        "desc",
        "A row for each slot, a bar for each job: its start, then its work.",
        "id",
        "slots-desc");
    time(html, bottom);
    for (int row = 0; row < rows.size(); row++) {
      row(html, row);
    }
    html.close().close().line();
    legend(html);
  }

  private void time(Markup html, double bottom) {
    double unit = seconds.high() > 2 * 86_400 ? 3600 : seconds.high() > 300 ? 60 : 1;
    String name = unit == 3600 ? "hours" : unit == 60 ? "minutes" : "seconds";
    Axis inUnits = new Axis(0, seconds.high() / unit, LEFT, RIGHT);
    for (Axis.Tick tick : inUnits.ticks(10)) {
      String x = px(inUnits.at(tick.value()));
      html.empty("line", "class", "grid", "x1", x, "x2", x, "y1", px(TOP), "y2", px(bottom));
      html.leaf(
          "text",
          tick.label(),
          "class",
          "tick",
          "x",
          x,
          "y",
          px(bottom + 16),
          "text-anchor",
          "middle");
    }
    html.leaf(
        "text",
        name + " since the first job",
        "class",
        "label",
        "x",
        px((LEFT + RIGHT) / 2),
        "y",
        px(bottom + 36),
        "text-anchor",
        "middle");
  }

  private void row(Markup html, int row) {
    double y = TOP + row * pitch;
    double height = pitch * 0.72;
    boolean label = pitch > 10 || row % 10 == 0;
    if (label) {
      html.leaf(
          "text",
          "slot " + (row + 1),
          "class",
          "tick",
          "x",
          px(LEFT - 8),
          "y",
          px(y + height / 2),
          "dy",
          "0.32em",
          "text-anchor",
          "end");
    }
    List<JobRow> jobs = rows.get(row);
    boolean merge = facts.snapshot().jobs().size() > LIMIT;
    for (int i = 0; i < jobs.size(); i++) {
      if (merge) {
        int last = sameSpot(jobs, i);
        if (last > i) {
          merged(html, jobs.subList(i, last + 1), y, height);
          i = last;
          continue;
        }
      }
      job(html, jobs.get(i), y, height);
    }
  }

  /** The last job of a run of ordinary ones that is too narrow to be told apart. */
  private int sameSpot(List<JobRow> jobs, int first) {
    double from = x(jobs.get(first).createdAt());
    double narrow = Math.max(1.5, rows.size() * (RIGHT - LEFT) / LIMIT);
    int last = first;
    while (last + 1 < jobs.size()
        && ordinary(jobs.get(last + 1))
        && x(end(jobs.get(last + 1))) < from + narrow) {
      last++;
    }
    return ordinary(jobs.get(first)) ? last : first;
  }

  private static boolean ordinary(JobRow job) {
    return job.kind() == JobKind.FOLD
        && job.outcome().filter(JobOutcome.COMPLETED::equals).isPresent();
  }

  private void merged(Markup html, List<JobRow> jobs, double y, double height) {
    double from = x(jobs.getFirst().createdAt());
    html.open("g", "class", "job Fold");
    html.leaf("title", Words.count(jobs.size(), "job"));
    rect(html, "work", from, Math.max(x(end(jobs.getLast())), from + 1), y, height);
    html.close();
  }

  private void job(Markup html, JobRow job, double y, double height) {
    double created = x(job.createdAt());
    double ended = x(end(job));
    double started =
        job.started().map(this::x).map(at -> Math.clamp(at, created, ended)).orElse(ended);
    html.open("g", "class", "job " + JobCaption.className(job));
    html.leaf("title", JobCaption.title(job, end(job)));
    rect(html, job.warmStart() ? "warm" : "cold", created, started, y, height);
    if (job.started().isPresent()) {
      rect(html, "work", started, Math.max(ended, started + 0.5), y, height);
    }
    html.close();
    if (job.retained() > 0) {
      double until = seconds.at(since(end(job)) + facts.keptWarm(job));
      html.open("g", "class", "job idle");
      html.leaf("title", "kept warm for " + Words.duration(facts.keptWarm(job)));
      rect(html, "kept", ended, until, y + height * 0.4, height * 0.2);
      html.close();
    }
  }

  private void rect(
      Markup html, String className, double from, double to, double y, double height) {
    if (to > from) {
      html.empty(
          "rect",
          "class",
          className,
          "x",
          px(from),
          "y",
          px(y),
          "width",
          px(to - from),
          "height",
          px(height));
    }
  }

  private void legend(Markup html) {
    html.open("p", "class", "legend");
    key(html, "cold", "cold start");
    key(html, "warm", "warm start");
    key(html, "fold", "fold training");
    for (JobKind kind : new JobKind[] {JobKind.PROCESSING, JobKind.FINAL, JobKind.TRANSFORM}) {
      if (facts.jobs(kind) > 0) {
        key(
            html,
            kind.label(),
            switch (kind) {
              case PROCESSING -> "preparation";
              case FINAL -> "final training";
              default -> "transform";
            });
      }
    }
    if (facts.snapshot().jobs().stream()
        .anyMatch(job -> JobCaption.className(job).equals("failed"))) {
      key(html, "failed", "failed");
    }
    if (facts.snapshot().jobs().stream()
        .anyMatch(job -> JobCaption.className(job).equals("stopped"))) {
      key(html, "stopped", "stopped");
    }
    if (facts.warmIdleSeconds() > 0) {
      key(html, "idle", "kept warm, waiting");
    }
    html.close();
  }

  private static void key(Markup html, String className, String text) {
    html.open("span").leaf("i", "", "class", "key bar " + className).text(text).close();
  }

  private Instant end(JobRow job) {
    return SlotPacking.end(job, facts.snapshot().taken());
  }

  private double x(Instant at) {
    return seconds.at(since(at));
  }

  private double since(Instant at) {
    return Duration.between(zero, at).toMillis() / 1000.0;
  }
}
