package io.warmfold.report;

import java.util.Optional;

/**
 * Where a study's artifacts are, as {@code s3://} URIs; what does not exist is absent.
 *
 * @param modelArtifacts the archive of the final training; if absent, what the ledger says of it
 * @param transformOutput the prefix of the predictions
 */
public record Locations(
    Optional<String> modelArtifacts,
    Optional<String> transformOutput,
    Optional<String> report,
    Optional<String> trialsCsv,
    Optional<String> trialsJsonl) {

  /** Nothing has been written. */
  public static Locations none() {
    return new Locations(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The three report files in one folder, nothing else.
   *
   * @param folder an S3 URI that ends with a slash
   */
  public static Locations ofReport(String folder) {
    return new Locations(
        Optional.empty(),
        Optional.empty(),
        Optional.of(folder + "report.html"),
        Optional.of(folder + "trials.csv"),
        Optional.of(folder + "trials.jsonl"));
  }

  public Locations withModelArtifacts(String uri) {
    return new Locations(Optional.of(uri), transformOutput, report, trialsCsv, trialsJsonl);
  }

  public Locations withTransformOutput(String uri) {
    return new Locations(modelArtifacts, Optional.of(uri), report, trialsCsv, trialsJsonl);
  }
}
