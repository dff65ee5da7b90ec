package io.warmfold.report;

import io.warmfold.job.JobKind;
import io.warmfold.ledger.JobOutcome;
import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.study.Trial;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a snapshot says in sum. Immutable once made; the figures are those of the result document.
 */
public final class StudyFacts {

  /** Seconds that the beginning and the end of a pool are uncertain by. */
  private static final long BLUR = 10;

  private final StudySnapshot snapshot;
  private final Ranking ranking;
  private final Map<TrialStatus, Integer> counts = new EnumMap<>(TrialStatus.class);
  private final Map<Integer, List<JobRow>> jobsByTrial;

  private StudyFacts(StudySnapshot snapshot) {
    this.snapshot = snapshot;
    this.ranking = Ranking.of(snapshot);
    this.jobsByTrial =
        snapshot.jobs().stream()
            .filter(job -> job.trial().isPresent())
            .collect(Collectors.groupingBy(job -> job.trial().getAsInt()));
    for (Trial trial : snapshot.trials()) {
      counts.merge(TrialStatus.of(trial, snapshot), 1, Integer::sum);
    }
  }

  /** The facts of a study at a moment. */
  public static StudyFacts of(StudySnapshot snapshot) {
    return new StudyFacts(snapshot);
  }

  /** What they were derived from. */
  public StudySnapshot snapshot() {
    return snapshot;
  }

  /** {@code Succeeded}, {@code Failed}, {@code Aborted}, or {@code Running} until it is closed. */
  public String status() {
    return snapshot.study().outcome().map(StudyOutcome::label).orElse("Running");
  }

  /** How many trials have this status. */
  public int trials(TrialStatus status) {
    return counts.getOrDefault(status, 0);
  }

  /** The selected trial; before the selection the best one that is complete. */
  public Optional<Trial> best() {
    OptionalInt selected = snapshot.study().best();
    return selected.isEmpty()
        ? ranking.first()
        : snapshot.trials().stream()
            .filter(trial -> trial.number() == selected.getAsInt())
            .findFirst();
  }

  /** Jobs of a kind, all attempts counted. */
  public long jobs(JobKind kind) {
    return snapshot.jobs().stream().filter(job -> job.kind() == kind).count();
  }

  /** Folds whose outcome is in the ledger. */
  public long foldsEnded() {
    return snapshot.trials().stream().mapToLong(trial -> trial.outcomes().size()).sum();
  }

  /** Jobs of all kinds that are not their first attempt. */
  public long retriedJobs() {
    return snapshot.jobs().stream().filter(job -> job.attempt() > 1).count();
  }

  /** Jobs of all kinds that ran on instances which an earlier job had left warm. */
  public long warmHits() {
    return snapshot.jobs().stream().filter(JobRow::warmStart).count();
  }

  /** Fold jobs that ran on new instances. */
  public long coldStarts() {
    return coldFolds().count();
  }

  /**
   * Fold jobs that ran on new instances while an instance of the study waited warm, as far as the
   * times say that SageMaker reports; a job that was asked for within seconds of a pool's beginning
   * or end does not count.
   */
  public long warmMisses() {
    List<Instant[]> waits =
        snapshot.jobs().stream()
            .filter(job -> job.ended().isPresent() && job.pool() == JobRow.Pool.RELEASED)
            .filter(job -> keptWarm(job) > 2 * BLUR)
            .map(
                job ->
                    new Instant[] {
                      job.ended().get().plusSeconds(BLUR),
                      job.ended().get().plusSeconds(keptWarm(job) - BLUR)
                    })
            .toList();
    return coldFolds()
        .filter(
            job ->
                waits.stream()
                    .anyMatch(
                        wait ->
                            job.createdAt().isAfter(wait[0]) && job.createdAt().isBefore(wait[1])))
        .count();
  }

  /** For how many seconds a job's instances were kept warm after it. */
  long keptWarm(JobRow job) {
    return job.retained() / snapshot.document().training().resourceConfig().instanceCount();
  }

  private Stream<JobRow> coldFolds() {
    return snapshot.jobs().stream()
        .filter(job -> job.kind() == JobKind.FOLD && job.started().isPresent() && !job.warmStart());
  }

  /** From the study's creation to its end, or to the moment of the snapshot. */
  public long elapsedSeconds() {
    Instant end = snapshot.study().closedAt().orElse(snapshot.taken());
    return Math.max(0, end.getEpochSecond() - snapshot.study().createdAt().getEpochSecond());
  }

  /** Instance seconds that jobs were billed for. */
  public long billableSeconds() {
    return snapshot.jobs().stream().mapToLong(JobRow::billable).sum();
  }

  /** Instance seconds that warm instances waited for work, as far as SageMaker has reported it. */
  public long warmIdleSeconds() {
    return snapshot.jobs().stream().mapToLong(JobRow::retained).sum();
  }

  /**
   * What the training jobs have cost, and the instances that waited warm, in the currency of the
   * document's price; empty if it has none.
   */
  public OptionalDouble cost() {
    Double price = snapshot.document().tuning().resourceLimits().pricePerInstanceHour();
    return price == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            snapshot.jobs().stream()
                    .filter(job -> job.kind() == JobKind.FOLD || job.kind() == JobKind.FINAL)
                    .mapToLong(job -> job.billable() + job.retained())
                    .sum()
                * price
                / 3600);
  }

  /** The job that trained on all the data, if it has completed. */
  public Optional<JobRow> finalTraining() {
    return completed(JobKind.FINAL);
  }

  /** The job that predicted the new data, if it has completed. */
  public Optional<JobRow> transform() {
    return completed(JobKind.TRANSFORM);
  }

  Ranking ranking() {
    return ranking;
  }

  List<JobRow> jobsOf(int trial) {
    return jobsByTrial.getOrDefault(trial, List.of());
  }

  private Optional<JobRow> completed(JobKind kind) {
    return snapshot.jobs().stream()
        .filter(job -> job.kind() == kind)
        .filter(job -> job.outcome().filter(JobOutcome.COMPLETED::equals).isPresent())
        .reduce((first, second) -> second);
  }
}
