package io.warmfold.ledger;

import io.warmfold.study.StudyDocument;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a study besides its document.
 *
 * @param key 8 hexadecimal digits, the study's identity
 * @param owner the execution that drives it
 * @param closing why no job may be started any more; absent while it is open
 * @param outcome absent until it is closed
 * @param forgiven failed trials that a study which was taken up again does not count
 * @param fatal why it cannot succeed, as a lane found out
 * @param best the trial that was selected
 * @param capacity what the account's quotas allow; absent in rows of an older release
 * @param converged why no improvement was expected any more, with the numbers, once that was so
 * @param endedBy the criterion that ended tuning, by its name in the document
 */
public record StudyRow(
    String key,
    String studyName,
    String documentHash,
    String owner,
    Instant ownedSince,
    Instant createdAt,
    Optional<String> closing,
    Optional<StudyOutcome> outcome,
    Optional<Instant> closedAt,
    Optional<String> error,
    Optional<String> cause,
    int forgiven,
    Optional<String> fatal,
    OptionalInt best,
    Optional<String> modelPackageArn,
    Optional<Capacity> capacity,
    Optional<String> converged,
    Optional<String> endedBy) {

  /** How a study ended. */
  public enum StudyOutcome {
    SUCCEEDED("Succeeded"),
    FAILED("Failed"),
    ABORTED("Aborted");

    private final String label;

    StudyOutcome(String label) {
      this.label = label;
    }

    /** As the result document writes it. */
    public String label() {
      return label;
    }
  }

  /** How many jobs may run at once. */
  public int slots(StudyDocument document) {
    return capacity.map(Capacity::slots).orElse(document.slots());
  }

  /** Whether instances can be kept warm at all. */
  public boolean keepsWarm() {
    return capacity.map(Capacity::warmSlots).orElse(1) > 0;
  }

  /** Whether jobs may be started for it. */
  public boolean open() {
    return closing.isEmpty() && outcome.isEmpty();
  }

  /** Whether this execution may start jobs for it. */
  public boolean openFor(String execution) {
    return open() && owner.equals(execution);
  }
}
