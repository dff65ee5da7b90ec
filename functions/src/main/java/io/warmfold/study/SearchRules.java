package io.warmfold.study;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the search starts from and when it ends: seed trials, earlier studies, criteria. */
final class SearchRules {

  static final String SEED_TRIALS = Draft.TUNING + "/SeedTrials";
  static final String WARM_START = "/WarmStartConfig";
  static final String PARENTS = WARM_START + "/ParentHyperParameterTuningJobs";

  private static final String CONVERGENCE =
      Draft.TUNING + "/TuningJobCompletionCriteria/ConvergenceDetected/CompleteOnConvergence";

  private SearchRules() {}

  static void check(Draft draft) {
    checkSeedTrials(draft);
    checkParents(draft);
    var strategy = draft.text(Draft.TUNING + "/Strategy").orElse("");
    if (strategy.isEmpty() || strategy.equals(StrategyType.BAYESIAN.label())) {
      return;
    }
    if (draft.has(WARM_START)) {
      draft.problem(
          WARM_START, "none with Strategy " + strategy + ": only Bayesian learns from trials");
    }
    if (draft.text(CONVERGENCE).filter(TuningConfig.ENABLED::equals).isPresent()) {
      draft.problem(
          CONVERGENCE,
          "Disabled with Strategy " + strategy + ": only Bayesian knows what to expect");
    }
  }

  private static void checkSeedTrials(Draft draft) {
    var seeds = draft.items(SEED_TRIALS);
    draft
        .whole(Draft.LIMITS + "/MaxNumberOfTrainingJobs")
        .ifPresent(
            max -> {
              if (seeds.size() > max) {
                draft.problem(
                    SEED_TRIALS, "at most MaxNumberOfTrainingJobs (" + max + ") combinations");
              }
            });
    Map<String, String> ranges = new TreeMap<>();
    TuningRules.forEachRange(draft, ranges::putIfAbsent);
    Map<Object, String> seen = new HashMap<>();
    for (var seed : seeds) {
      if (draft.unsure(seed)) {
        continue;
      }
      var values = draft.at(seed);
      if (values.isEmpty()) {
        draft.problem(seed, "an object with at least one tuned hyperparameter");
      }
      for (var value : values.properties()) {
        checkValue(draft, ranges, Problems.member(seed, value.getKey()), value.getKey());
      }
      var first = seen.putIfAbsent(values, seed);
      if (first != null && !values.isEmpty()) {
        draft.problem(seed, "a combination that is not listed already at " + first);
      }
    }
  }

  private static void checkValue(
      Draft draft, Map<String, String> ranges, String pointer, String name) {
    if (!ranges.containsKey(name)) {
      if (!draft.unsure(Draft.RANGES)) {
        draft.problem(
            pointer,
            "the hyperparameter " + Problems.quote(name),
            "one that is tuned: "
                + ranges.keySet().stream().map(Problems::quote).collect(Collectors.joining(", ")));
      }
      return;
    }
    var range = ranges.get(name);
    var value = draft.text(pointer).orElseThrow();
    if (draft.unsure(range)) {
      return;
    }
    if (range.startsWith(TuningRules.CATEGORICAL)) {
      var choices = draft.items(range + "/Values").stream().map(at -> draft.text(at).orElse(""));
      var listed = choices.toList();
      if (!listed.contains(value)) {
        draft.problem(pointer, "one of " + quoted(listed));
      }
      return;
    }
    var whole = range.startsWith(TuningRules.INTEGER);
    var min = draft.text(range + "/MinValue").orElseThrow();
    var max = draft.text(range + "/MaxValue").orElseThrow();
    var accepted =
        whole
            ? new HyperParameter.Form("", "[+-]?[0-9]{1,16}").accepts(value)
            : new HyperParameter.Real(
                    Double.NEGATIVE_INFINITY, true, Double.POSITIVE_INFINITY, true)
                .accepts(value);
    if (!accepted
        || Double.parseDouble(value) < Double.parseDouble(min)
        || Double.parseDouble(value) > Double.parseDouble(max)) {
      draft.problem(
          pointer, (whole ? "a whole number from " : "a number from ") + min + " to " + max);
    }
  }

  private static String quoted(List<String> values) {
    return values.stream().map(Problems::quote).collect(Collectors.joining(", "));
  }

  private static void checkParents(Draft draft) {
    var own = draft.text("/StudyName").orElse("");
    var seen = new HashSet<String>();
    for (var parent : draft.items(PARENTS)) {
      var at = parent + "/HyperParameterTuningJobName";
      draft
          .text(at)
          .ifPresent(
              name -> {
                if (name.equals(own)) {
                  draft.problem(at, "the StudyName of another study than this one");
                }
                if (!seen.add(name)) {
                  draft.problem(at, "a study that is not listed already");
                }
              });
    }
  }
}
