package io.warmfold.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the built-in XGBoost would refuse, or would take for something else. */
final class XgboostRules {

  private static final String METRIC_NAME = Draft.OBJECTIVE + "/MetricName";

  private XgboostRules() {}

  static void check(Draft draft) {
    checkMetric(draft);
    checkStatic(draft);
    TuningRules.forEachRange(draft, (name, range) -> checkRange(draft, name, range));
    checkAliases(draft);
    checkRequired(draft);
    checkConstraints(draft);
  }

  private static void checkMetric(Draft draft) {
    var name = draft.text(METRIC_NAME).orElse(null);
    if (name == null) {
      return;
    }
    var metric = BuiltInXgboost.metricOf(name).orElse(null);
    if (metric == null) {
      draft.problem(METRIC_NAME, metricAdvice(name));
      return;
    }
    var type = Draft.OBJECTIVE + "/Type";
    if (draft.text(type).filter(one -> !one.equals(metric.direction().label())).isPresent()) {
      var better = metric.direction() == Direction.MINIMIZE ? "smaller" : "larger";
      draft.problem(
          type,
          "\"" + metric.direction().label() + "\", as a " + better + " " + name + " is better");
    }
    var objective = value(draft, "objective");
    if (objective != null && !metric.fits(objective)) {
      draft.problem(
          METRIC_NAME,
          "a metric of the objective "
              + objective
              + "; "
              + metric.name()
              + " needs "
              + metric.fitting());
    }
    var given = value(draft, "eval_metric");
    if (given != null && !List.of(given.split(",", -1)).contains(metric.name())) {
      draft.problem(
          pointer("eval_metric"),
          "a list with " + metric.name() + ", the objective metric; or leave it out");
    }
  }

  private static String metricAdvice(String name) {
    var bare = name.substring(name.indexOf(':') + 1);
    if (XgboostMetric.named(bare).isPresent()) {
      return "\""
          + BuiltInXgboost.VALIDATION
          + bare
          + "\": the score is of the fold that is held out";
    }
    return Names.nearest(bare, XgboostMetric.names())
        .map(
            near ->
                "a metric of the image: did you mean \"" + BuiltInXgboost.VALIDATION + near + "\"?")
        .orElseGet(
            () ->
                BuiltInXgboost.VALIDATION
                    + " and one of "
                    + String.join(", ", XgboostMetric.names()));
  }

  private static void checkStatic(Draft draft) {
    for (var entry : draft.at(Draft.STATIC).properties()) {
      var pointer = pointer(entry.getKey());
      var value = entry.getValue().textValue();
      var parameter = known(draft, entry.getKey(), pointer);
      if (parameter != null && !parameter.accepts(value)) {
        draft.problem(pointer, parameter.expected());
      } else if (entry.getKey().equals("objective")) {
        checkObjective(draft, value, pointer);
      } else if (entry.getKey().equals("eval_metric")) {
        checkEvalMetric(draft, value, pointer);
      }
    }
  }

  private static void checkObjective(Draft draft, String objective, String pointer) {
    var classes = draft.has(pointer("num_class"));
    var needsClasses = objective.startsWith("multi:");
    if (needsClasses && !classes && !draft.unsure(pointer("num_class"))) {
      draft.problem(
          pointer("num_class"), "the number of classes, as the objective is " + objective);
    }
    if (!needsClasses && classes) {
      draft.problem(pointer("num_class"), "none, as the objective is " + objective);
    }
    if (objective.equals("reg:absoluteerror")
        && draft
            .text(Draft.IMAGE)
            .filter(uri -> uri.matches(".*:[01]\\.[0-9]+-[0-9]+"))
            .isPresent()) {
      draft.problem(pointer, "an objective of this image; reg:absoluteerror came with 3.0-5");
    }
  }

  private static void checkEvalMetric(Draft draft, String metrics, String pointer) {
    var objective = value(draft, "objective");
    if (objective == null) {
      return;
    }
    Arrays.stream(metrics.split(",", -1))
        .flatMap(name -> XgboostMetric.named(name).stream())
        .filter(metric -> !metric.fits(objective))
        .filter(metric -> !draft.unsure(METRIC_NAME))
        .forEach(
            metric ->
                draft.problem(
                    pointer,
                    "metrics of the objective "
                        + objective
                        + "; "
                        + metric.name()
                        + " needs "
                        + metric.fitting()));
  }

  private static void checkRange(Draft draft, String name, String range) {
    if (draft.unsure(range + "/Name")) {
      return;
    }
    var parameter = known(draft, name, range + "/Name");
    if (parameter == null) {
      return;
    }
    if (BuiltInXgboost.NOT_TUNED.contains(BuiltInXgboost.canonical(name))) {
      draft.problem(
          range + "/Name",
          "a name that may differ between trials; put this one into " + Draft.STATIC);
    } else if (range.startsWith(TuningRules.CATEGORICAL)) {
      draft.items(range + "/Values").forEach(value -> checkOne(draft, parameter, value));
    } else if (range.startsWith(TuningRules.CONTINUOUS)
        && parameter instanceof HyperParameter.Whole) {
      draft.problem(
          range + "/Name",
          "a name of a real number; " + name + " belongs to IntegerParameterRanges");
    } else if (parameter instanceof HyperParameter.Whole
        || parameter instanceof HyperParameter.Real) {
      checkOne(draft, parameter, range + "/MinValue");
      checkOne(draft, parameter, range + "/MaxValue");
    } else {
      draft.problem(
          range + "/Name",
          "a name of a number; " + name + " belongs to CategoricalParameterRanges");
    }
  }

  private static void checkOne(Draft draft, HyperParameter parameter, String pointer) {
    if (!draft.unsure(pointer)
        && draft.text(pointer).filter(value -> !parameter.accepts(value)).isPresent()) {
      draft.problem(pointer, parameter.expected());
    }
  }

  /** The hyperparameter of a name; null, and a problem, if the image has none or a study cannot. */
  private static HyperParameter known(Draft draft, String name, String pointer) {
    var refused = BuiltInXgboost.REFUSED.get(name);
    if (refused != null) {
      draft.problem(pointer, "no " + name + ": " + refused);
      return null;
    }
    var parameter = BuiltInXgboost.HYPER_PARAMETERS.get(BuiltInXgboost.canonical(name));
    if (parameter == null) {
      Set<String> all = new HashSet<>(BuiltInXgboost.HYPER_PARAMETERS.keySet());
      all.addAll(BuiltInXgboost.ALIASES.keySet());
      draft.problem(
          pointer,
          Problems.quote(name),
          "a hyperparameter of the built-in XGBoost"
              + Names.nearest(name, all)
                  .map(near -> ": did you mean " + Problems.quote(near) + "?")
                  .orElse(
                      name.startsWith("sagemaker_") ? "; scripts need an image of your own" : ""));
    }
    return parameter;
  }

  private static void checkAliases(Draft draft) {
    Map<String, List<String>> places = new HashMap<>();
    for (var entry : draft.at(Draft.STATIC).properties()) {
      places
          .computeIfAbsent(BuiltInXgboost.canonical(entry.getKey()), _ -> new ArrayList<>())
          .add(pointer(entry.getKey()));
    }
    TuningRules.forEachRange(
        draft,
        (name, range) ->
            places
                .computeIfAbsent(BuiltInXgboost.canonical(name), _ -> new ArrayList<>())
                .add(range + "/Name"));
    places.forEach(
        (name, pointers) -> {
          var later = pointers.getLast();
          if (BuiltInXgboost.ALIASES.containsValue(name)
              && pointers.size() > 1
              && !draft.unsure(later)) {
            draft.problem(
                later, "one name only for " + name + ", which is also at " + pointers.getFirst());
          }
        });
  }

  private static void checkRequired(Draft draft) {
    Set<String> tuned = new HashSet<>();
    TuningRules.forEachRange(draft, (name, range) -> tuned.add(name));
    var pointer = pointer("num_round");
    if (!draft.has(pointer) && !tuned.contains("num_round") && !draft.unsure(pointer)) {
      draft.problem(pointer, "the number of rounds, here or as a tuned parameter");
    }
  }

  private static void checkConstraints(Draft draft) {
    checkConstraint(draft, "monotone_constraints", Set.of("exact", "hist"));
    checkConstraint(draft, "interaction_constraints", Set.of("exact", "hist", "approx"));
  }

  private static void checkConstraint(Draft draft, String name, Set<String> methods) {
    var pointer = pointer("tree_method");
    Set<String> used = new HashSet<>();
    draft.text(pointer).ifPresent(used::add);
    TuningRules.forEachRange(
        draft,
        (tuned, range) -> {
          if (tuned.equals("tree_method")) {
            draft.items(range + "/Values").forEach(value -> draft.text(value).ifPresent(used::add));
          }
        });
    if (draft.has(pointer(name))
        && !draft.unsure(pointer)
        && (used.isEmpty() || !methods.containsAll(used))) {
      draft.problem(
          pointer,
          methods.stream().sorted().collect(Collectors.joining(" or "))
              + ", as "
              + name
              + " needs it");
    }
  }

  private static String pointer(String name) {
    return Problems.member(Draft.STATIC, name);
  }

  /** The value of a static hyperparameter if it is known to be right. */
  private static String value(Draft draft, String name) {
    var parameter = BuiltInXgboost.HYPER_PARAMETERS.get(name);
    return draft.text(pointer(name)).filter(parameter::accepts).orElse(null);
  }
}
