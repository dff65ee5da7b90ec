package io.warmfold.local.sagemaker.instance;

/** The end of a job that failed; its message is the API's FailureReason. */
final class JobFailure extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 1024;

  private JobFailure(String message) {
    super(message);
  }

  /** The request, or what it refers to, was wrong. */
  static JobFailure client(String message) {
    return new JobFailure("ClientError: " + message);
  }

  /**
   * The container failed.
   *
   * @param message what it left in its failure file; may be empty
   */
  static JobFailure algorithm(String message, int exitCode) {
    String end = ", exit code: " + exitCode;
    String text = message.isBlank() ? "See job logs for more information" : message.strip();
    String whole = "AlgorithmError: " + text;
    int room = LONGEST - end.length();
    return new JobFailure((whole.length() > room ? whole.substring(0, room) : whole) + end);
  }
}
