package io.warmfold.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.ledger.StudyRow.StudyOutcome;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.report.Locations;
import io.warmfold.report.ResultDocument;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A cloud whose study gets a fold further each time somebody looks at its execution. */
final class FakeCloud implements Cloud {

  private static final int FOLDS = 10;

  final List<String> uploaded = new ArrayList<>();
  final List<JsonNode> started = new ArrayList<>();
  boolean closed;
  boolean stopped;
  int folds;

  /** What it ends with instead of success. */
  Optional<Execution.Failed> failure = Optional.empty();

  /** Whether the ledger never hears of the study. */
  boolean refused;

  /** What goes wrong out of sight. */
  final Troubles troubles = new Troubles();

  Runnable atFold3 = () -> {};
  Runnable atFold5 = () -> {};

  /** Whether the study ends by itself before it can be stopped. */
  boolean overFirst;

  /** Whether the jobs of a study that was stopped never end. */
  boolean deaf;

  private String owner = "arn:before";

  @Override
  public void upload(Path file, String s3Uri) {
    uploaded.add(s3Uri);
  }

  @Override
  public String start(JsonNode document, Optional<String> name) {
    started.add(document);
    owner = "arn:" + name.orElse("made-up");
    return owner;
  }

  @Override
  public Execution execution(String arn) {
    if (stopped) {
      return new Execution.Aborted();
    }
    if (folds < FOLDS && !refused) {
      folds++;
      if (folds == 3) {
        atFold3.run();
      }
      if (folds == 5) {
        atFold5.run();
      }
      return new Execution.Running();
    }
    return failure
        .map(Execution.class::cast)
        .orElseGet(
            () ->
                new Execution.Succeeded(
                    ResultDocument.of(study("quick").orElseThrow(), Locations.none())));
  }

  @Override
  public List<String> troubles() {
    return troubles.take();
  }

  @Override
  public void stop(String arn) {
    if (overFirst) {
      folds = FOLDS;
      return;
    }
    stopped = true;
  }

  @Override
  public Optional<StudySnapshot> study(String nameOrKey) {
    if (refused || (started.isEmpty() && folds == 0) || !nameOrKey.equals("quick")) {
      return Optional.empty();
    }
    Optional<StudyOutcome> outcome =
        stopped
            ? (deaf ? Optional.empty() : Optional.of(StudyOutcome.ABORTED))
            : folds < FOLDS
                ? Optional.empty()
                : Optional.of(failure.isPresent() ? StudyOutcome.FAILED : StudyOutcome.SUCCEEDED);
    return Optional.of(Snapshots.after(folds, owner, outcome));
  }

  @Override
  public Locations locations(StudySnapshot snapshot) {
    return Locations.none();
  }

  @Override
  public Path file(String s3Uri) {
    return Path.of(s3Uri);
  }

  @Override
  public URI listen(int port) {
    return URI.create("http://127.0.0.1:4566");
  }

  @Override
  public String region() {
    return "us-east-1";
  }

  @Override
  public String stateMachineArn() {
    return "arn:aws:states:us-east-1:000000000000:stateMachine:warmfold";
  }

  @Override
  public void close() {
    closed = true;
  }
}
