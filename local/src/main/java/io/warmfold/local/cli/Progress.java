package io.warmfold.local.cli;

import io.warmfold.job.JobKind;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.report.StudyFacts;
import io.warmfold.report.TrialStatus;
import io.warmfold.schedule.Budget;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How a study stands, as far as somebody who waits for it wants to know. Immutable. */
final class Progress {

  /** What the study is at. */
  enum Phase {
    SPLITTING("preparing and splitting the data"),
    TUNING("tuning"),
    TRAINING("training on all the data"),
    REGISTERING("registering the model"),
    TRANSFORMING("predicting the new data"),
    CLOSING("writing the report"),
    OVER("over");

    private final String words;

    Phase(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private final StudyFacts facts;
  private final Instant begun;

  /**
   * @param begun when this run began, which may take up what an earlier one left
   */
  Progress(StudyFacts facts, Instant begun) {
    this.facts = facts;
    this.begun = begun;
  }

  static Progress of(StudySnapshot snapshot, Instant begun) {
    return new Progress(StudyFacts.of(snapshot), begun);
  }

  StudyFacts facts() {
    return facts;
  }

  StudyDocument document() {
    return facts.snapshot().document();
  }

  Phase phase() {
    var study = facts.snapshot().study();
    if (study.outcome().isPresent()) {
      return Phase.OVER;
    }
    if (facts.snapshot().shards().isEmpty()) {
      return Phase.SPLITTING;
    }
    if (study.best().isEmpty()) {
      return Phase.TUNING;
    }
    if (facts.finalTraining().isEmpty()) {
      return Phase.TRAINING;
    }
    if (study.modelPackageArn().isEmpty()) {
      return Phase.REGISTERING;
    }
    return document().batchTransform().isPresent() && facts.transform().isEmpty()
        ? Phase.TRANSFORMING
        : Phase.CLOSING;
  }

  /** Trials of which no further fold will be run. */
  int trialsDone() {
    int folds = document().folds();
    return (int) facts.snapshot().trials().stream().filter(trial -> trial.finished(folds)).count();
  }

  int trialsPlanned() {
    return Math.max(document().maxTrials(), facts.snapshot().trials().size());
  }

  long foldsDone() {
    return facts.foldsEnded();
  }

  /** Folds that will have been run if no further trial stops early. */
  long foldsPlanned() {
    int folds = document().folds();
    long planned = (long) (trialsPlanned() - facts.snapshot().trials().size()) * folds;
    for (Trial trial : facts.snapshot().trials()) {
      planned += trial.finished(folds) ? trial.outcomes().size() : folds;
    }
    return planned;
  }

  int failedTrials() {
    return facts.trials(TrialStatus.FAILED);
  }

  Optional<Trial> best() {
    return facts.best().filter(trial -> trial.complete(document().folds()));
  }

  /** The jobs in flight, the oldest first. */
  List<JobRow> running() {
    return facts.snapshot().jobs().stream()
        .filter(job -> job.outcome().isEmpty())
        .sorted(Comparator.comparing(JobRow::createdAt).thenComparing(JobRow::name))
        .toList();
  }

  /** How many slots the study has, as far as the quotas allow. */
  int slots() {
    return facts.snapshot().study().slots(document());
  }

  /** Folds that will still end if no further trial stops early and the money lasts so long. */
  private long foldsToCome() {
    StudySnapshot snapshot = facts.snapshot();
    int folds = document().folds();
    long planned = foldsPlanned() - foldsDone();
    return Budget.of(document(), snapshot.study().keepsWarm())
        .map(budget -> budget.allowance(snapshot.trials(), folds, snapshot.taken()).folds())
        .map(
            further ->
                Math.min(
                    planned,
                    (long) further
                        + snapshot.trials().stream()
                            .mapToInt(trial -> trial.inFlight(snapshot.taken()))
                            .sum()))
        .orElse(planned);
  }

  Duration elapsed() {
    return Duration.between(begun, facts.snapshot().taken());
  }

  /**
   * How long the tuning will take still: the folds to come, or as many of them as the limits of the
   * document allow, at the pace of the last ones. Empty until a fold of every slot has ended, and
   * when the tuning is over.
   */
  Optional<Duration> left() {
    if (phase() != Phase.TUNING) {
      return Optional.empty();
    }
    List<JobRow> ended =
        facts.snapshot().jobs().stream()
            .filter(job -> job.kind() == JobKind.FOLD && job.ended().isPresent())
            .filter(job -> job.outcome().filter(JobOutcome.COMPLETED::equals).isPresent())
            .filter(job -> !job.createdAt().isBefore(begun))
            .sorted(Comparator.comparing(job -> job.ended().get(), Comparator.reverseOrder()))
            .limit(3L * slots() + 10)
            .toList();
    if (ended.size() < slots()) {
      return Optional.empty();
    }
    // From job to job, so that what lies between two jobs of a slot counts as well.
    Instant from = ended.stream().map(JobRow::createdAt).min(Instant::compareTo).orElseThrow();
    Duration took = Duration.between(from, ended.getFirst().ended().get());
    Duration left = took.multipliedBy(foldsToCome()).dividedBy(ended.size());
    Integer limit = document().tuning().resourceLimits().maxRuntimeInSeconds();
    if (limit != null) {
      Instant end = facts.snapshot().study().createdAt().plusSeconds(limit);
      Duration most = Duration.between(facts.snapshot().taken(), end);
      left = most.compareTo(left) < 0 ? most : left;
    }
    return Optional.of(left.isNegative() ? Duration.ZERO : left);
  }

  /** What a job does, in few words. */
  static String words(JobRow job) {
    String attempt = job.attempt() > 1 ? ", attempt " + job.attempt() : "";
    String waiting =
        job.metricPending().isPresent() && job.outcome().isEmpty()
            ? ", completed, its metric is not shown yet"
            : "";
    return switch (job.kind()) {
          case FOLD -> "trial " + job.trial().orElse(0) + " fold " + job.fold().orElse(0);
          case FINAL -> "final training";
          case PROCESSING -> "preparation of the data";
          case TRANSFORM -> "batch transform";
        }
        + attempt
        + waiting;
  }
}
