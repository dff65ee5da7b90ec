package io.warmfold.study;

import java.util.HashSet;

/** The processing job and the batch transform. */
final class JobRules {

  private static final String INPUT = "/Transform/TransformInput";
  private static final int MAX_MB_AT_ONCE = 100;

  private JobRules() {}

  static void check(Draft draft) {
    checkUnique(draft, "/Processing/ProcessingInputs", "/InputName");
    checkUnique(draft, "/Processing/ProcessingOutputConfig/Outputs", "/OutputName");
    for (var input : draft.items("/Processing/ProcessingInputs")) {
      var compression = input + "/S3Input/S3CompressionType";
      if (draft.text(compression).filter("Gzip"::equals).isPresent()
          && draft.text(input + "/S3Input/S3InputMode").filter("File"::equals).isPresent()) {
        draft.problem(compression, "\"None\", or S3InputMode Pipe");
      }
    }
    if (draft.has("/Transform")) {
      checkTransform(draft);
    }
  }

  private static void checkUnique(Draft draft, String list, String name) {
    var seen = new HashSet<String>();
    for (var item : draft.items(list)) {
      if (draft.text(item + name).filter(one -> !seen.add(one)).isPresent()) {
        draft.problem(item + name, "a name that is not used already");
      }
    }
  }

  private static void checkTransform(Draft draft) {
    var split = draft.text(INPUT + "/SplitType").orElse("");
    if (split.equals("None")
        && draft.text("/Transform/BatchStrategy").filter("MultiRecord"::equals).isPresent()) {
      draft.problem(
          "/Transform/BatchStrategy", "\"SingleRecord\", or a SplitType that makes records");
    }
    var join = "/Transform/DataProcessing/JoinSource";
    var assemble = draft.text("/Transform/TransformOutput/AssembleWith").orElse(split);
    if (draft.text(join).filter("Input"::equals).isPresent()
        && draft.text(INPUT + "/ContentType").filter("text/csv"::equals).isPresent()
        && !(split.equals("Line") && assemble.equals("Line"))
        && !draft.unsure(INPUT)) {
      draft.problem(join, "\"None\", or SplitType and AssembleWith Line, to join rows of CSV");
    }
    var concurrent = draft.whole("/Transform/MaxConcurrentTransforms");
    var payload = draft.whole("/Transform/MaxPayloadInMB");
    if (concurrent.isPresent()
        && payload.isPresent()
        && concurrent.getAsInt() * payload.getAsInt() > MAX_MB_AT_ONCE) {
      draft.problem(
          "/Transform/MaxPayloadInMB",
          "at most " + MAX_MB_AT_ONCE + " MB when multiplied by MaxConcurrentTransforms");
    }
  }
}
