package io.warmfold.study;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The image, its metrics, and the tags. */
final class TrainingRules {

  private static final String METRICS = Draft.ALGORITHM + "/MetricDefinitions";

  private TrainingRules() {}

  static void check(Draft draft) {
    var names = new HashSet<String>();
    for (var metric : draft.items(METRICS)) {
      draft.text(metric + "/Regex").ifPresent(regex -> checkRegex(draft, metric + "/Regex", regex));
      if (draft.text(metric + "/Name").filter(name -> !names.add(name)).isPresent()) {
        draft.problem(metric + "/Name", "a name that is not defined already");
      }
    }
    if (draft.builtIn()) {
      checkBuiltIn(draft);
    } else if (draft.custom()) {
      checkCustom(draft, names);
    }
    checkTags(draft);
  }

  private static void checkBuiltIn(Draft draft) {
    if (!draft.items(METRICS).isEmpty()) {
      draft.problem(
          METRICS, "none: the built-in XGBoost brings its own, and SageMaker refuses others");
    }
    if (draft.text(Draft.ALGORITHM + "/TrainingInputMode").filter("FastFile"::equals).isPresent()) {
      draft.problem(
          Draft.ALGORITHM + "/TrainingInputMode", "\"File\", the mode of the built-in XGBoost");
    }
  }

  private static void checkCustom(Draft draft, Set<String> names) {
    if (draft.unsure(METRICS)) {
      return;
    }
    if (names.isEmpty()) {
      draft.problem(
          METRICS, "a definition of the objective metric, as the image is one of your own");
      return;
    }
    var objective = Draft.OBJECTIVE + "/MetricName";
    draft
        .text(objective)
        .filter(name -> !names.contains(name))
        .ifPresent(
            name ->
                draft.problem(
                    objective,
                    "a name of "
                        + METRICS
                        + ": "
                        + Names.nearest(name, names)
                            .map(near -> "did you mean " + Problems.quote(near) + "?")
                            .orElseGet(() -> String.join(", ", names.stream().sorted().toList()))));
  }

  private static void checkRegex(Draft draft, String pointer, String regex) {
    try {
      if (Pattern.compile(regex).matcher("").groupCount() != 1) {
        draft.problem(pointer, "a regular expression with exactly one capture group, the value");
      }
    } catch (PatternSyntaxException e) {
      draft.problem(
          pointer,
          "a regular expression; this one: "
              + e.getDescription()
              + " at character "
              + e.getIndex());
    }
  }

  private static void checkTags(Draft draft) {
    var seen = new HashSet<String>();
    for (var tag : draft.items(Draft.TRAINING + "/Tags")) {
      draft
          .text(tag + "/Key")
          .ifPresent(
              key -> {
                var lower = key.toLowerCase(Locale.ROOT);
                if (lower.startsWith("aws:") || lower.startsWith("warmfold:")) {
                  draft.problem(tag + "/Key", "a key that begins with neither aws: nor warmfold:");
                } else if (!seen.add(key)) {
                  draft.problem(tag + "/Key", "a key that is not given already");
                }
              });
    }
  }
}
