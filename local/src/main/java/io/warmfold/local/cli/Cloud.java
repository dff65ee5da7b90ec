package io.warmfold.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.report.Locations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the commands need of a local cloud. Thread-safe. */
interface Cloud extends AutoCloseable {

  /** How an execution stands. */
  sealed interface Execution {
    /** It runs. */
    record Running() implements Execution {}

    /** It has ended with this output. */
    record Succeeded(JsonNode output) implements Execution {}

    /** It failed or ran out of time. */
    record Failed(String error, String cause) implements Execution {}

    /** It was stopped. */
    record Aborted() implements Execution {}
  }

  /** Opens clouds. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens the cloud of a work folder.
     *
     * @throws WrongInputException if an option does not fit, or the folder is in use
     */
    Cloud open(CommonOptions options) throws IOException;
  }

  /** Puts a file into the local S3 as an object of this URI; every study may read it. */
  void upload(Path file, String s3Uri) throws IOException;

  /**
   * Starts an execution of the state machine.
   *
   * @param name of the execution; by default one is made up
   * @return its ARN
   */
  String start(JsonNode document, Optional<String> name);

  /** How the execution of an ARN that {@link #start} answered stands at this moment. */
  Execution execution(String arn);

  /**
   * What has gone wrong since the last call where nobody waits for an answer: lines that a terminal
   * can show, each once.
   */
  List<String> troubles();

  /** Stops an execution, unless it is over; the functions clear up after it. */
  void stop(String arn);

  /** What the ledger knows of a study, by its name (the newest one) or its key. */
  Optional<StudySnapshot> study(String nameOrKey);

  /** Where the artifacts of a study are, as far as there are any yet. */
  Locations locations(StudySnapshot snapshot);

  /** The file of an object, whether it exists or not. */
  Path file(String s3Uri);

  /**
   * Listens on loopback until the cloud is closed; to be called once.
   *
   * @param port 0 for one that is free
   * @throws java.net.BindException if the port is taken
   */
  URI listen(int port) throws IOException;

  String region();

  String stateMachineArn();

  /** Ends the cloud, and with it the jobs in flight. */
  @Override
  void close() throws IOException;
}
