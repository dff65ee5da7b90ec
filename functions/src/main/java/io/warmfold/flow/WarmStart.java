package io.warmfold.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmfold.ledger.StudyRow;
import io.warmfold.search.History;
import io.warmfold.search.Observation;
import io.warmfold.study.FixInputException;
import io.warmfold.study.ParameterRanges;
import io.warmfold.study.Problem;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import io.warmfold.study.WarmStartConfig;
import io.warmfold.study.WarmStartType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What a study learns from earlier ones, and whether it may. */
final class WarmStart {

  /** Of a parent with more trials the best half of so many are taken, and others evenly. */
  private static final int MOST_TRIALS = 1_000;

  private static final String PARENTS = "/WarmStartConfig/ParentHyperParameterTuningJobs/";

  private final Parts parts;

  WarmStart(Parts parts) {
    this.parts = parts;
  }

  /**
   * The parents that a document names, as they are now.
   *
   * @throws FixInputException with every reason for which one cannot be learnt from
   */
  List<History.Parent> parents(StudyDocument document) {
    if (document.warmStart().isEmpty()) {
      return List.of();
    }
    var config = document.warmStart().get();
    var problems = new ArrayList<Problem>();
    var parents = new ArrayList<History.Parent>();
    for (var i = 0; i < config.parentHyperParameterTuningJobs().size(); i++) {
      var name = name(config, i);
      var at = PARENTS + i + "/HyperParameterTuningJobName";
      var row = parts.ledger().newest(name).flatMap(parts.ledger()::find);
      if (row.isEmpty()) {
        problems.add(new Problem(at, "the study " + name, "a study that this ledger knows"));
      } else if (row.get().outcome().isEmpty()) {
        problems.add(
            new Problem(
                at,
                "the study " + name + ", which execution " + row.get().owner() + " is running",
                "a study that has ended; wait for it, or stop it"));
      } else {
        var parent = parts.ledger().document(row.get().key());
        problems.addAll(differences(document, parent, config.warmStartType(), at));
        if (problems.isEmpty()) {
          parents.add(parent(document, parent, row.get(), config.warmStartType()));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new FixInputException(problems);
    }
    if (parents.stream().allMatch(parent -> parent.trials().isEmpty())) {
      throw new FixInputException(
          List.of(
              new Problem(
                  "/WarmStartConfig",
                  "studies without any trial to learn from",
                  "at least one whose trials have ended within what this study can use")));
    }
    return parents;
  }

  private static String name(WarmStartConfig config, int parent) {
    return config.parentHyperParameterTuningJobs().get(parent).hyperParameterTuningJobName();
  }

  /** Automatic Model Tuning's rules of what may change between a parent and its child. */
  private static List<Problem> differences(
      StudyDocument document, StudyDocument parent, WarmStartType type, String at) {
    var problems = new ArrayList<Problem>();
    if (!parent.objective().equals(document.objective())) {
      problems.add(
          new Problem(
              at,
              parent.studyName() + ", whose objective is " + objective(parent),
              "a study with this one's objective, " + objective(document)));
    }
    var theirs = kinds(parent);
    kinds(document)
        .forEach(
            (name, kind) -> {
              var known =
                  parent.training().staticHyperParameters().containsKey(name)
                      || kind.equals(theirs.get(name));
              if (!known) {
                problems.add(
                    new Problem(
                        at,
                        parent.studyName()
                            + (theirs.containsKey(name)
                                ? ", where " + name + " is " + theirs.get(name)
                                : ", which has no hyperparameter " + name),
                        "a study in which " + name + " is static or " + kind + ", as here"));
              }
            });
    if (type == WarmStartType.IDENTICAL_DATA_AND_ALGORITHM) {
      if (!parent.trainingImage().equals(document.trainingImage())) {
        problems.add(
            new Problem(
                at,
                parent.studyName() + " with the image " + parent.trainingImage(),
                "one with the image "
                    + document.trainingImage()
                    + ", or the WarmStartType TransferLearning"));
      }
      statics(document, parent, at).ifPresent(problems::add);
    }
    return problems;
  }

  /** Static in both and not the same: then the same combination is another model. */
  private static Optional<Problem> statics(
      StudyDocument document, StudyDocument parent, String at) {
    var mine = document.training().staticHyperParameters();
    var theirs = parent.training().staticHyperParameters();
    var differing = new TreeSet<String>();
    mine.forEach(
        (name, value) -> {
          if (!value.equals(theirs.get(name)) && !kinds(parent).containsKey(name)) {
            differing.add(name);
          }
        });
    theirs.keySet().stream()
        .filter(name -> !mine.containsKey(name) && !kinds(document).containsKey(name))
        .forEach(differing::add);
    return differing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Problem(
                at,
                parent.studyName() + " with other StaticHyperParameters: " + differing,
                "one with the same, or the WarmStartType TransferLearning"));
  }

  private static String objective(StudyDocument document) {
    return document.direction().label() + " " + document.objective().metricName();
  }

  private static Map<String, String> kinds(StudyDocument document) {
    ParameterRanges ranges = document.tuning().parameterRanges();
    Map<String, String> kinds = new HashMap<>();
    ranges.continuousParameterRanges().forEach(range -> kinds.put(range.name(), "continuous"));
    ranges.integerParameterRanges().forEach(range -> kinds.put(range.name(), "an integer"));
    ranges.categoricalParameterRanges().forEach(range -> kinds.put(range.name(), "categorical"));
    return kinds;
  }

  private History.Parent parent(
      StudyDocument document, StudyDocument parent, StudyRow row, WarmStartType type) {
    var folds = parent.folds();
    var ended =
        parts.ledger().trials().all(row.key()).stream()
            .filter(trial -> trial.finished(folds))
            .filter(
                trial -> type == WarmStartType.TRANSFER_LEARNING || sameStatics(document, trial))
            .toList();
    return new History.Parent(
        row.key(),
        type,
        parent.direction(),
        chosen(ended, parent).stream().map(trial -> observation(document, parent, trial)).toList());
  }

  /** Whether what the parent tuned and this study does not has this study's value. */
  private static boolean sameStatics(StudyDocument document, Trial trial) {
    var statics = document.training().staticHyperParameters();
    return trial.hyperParameters().entrySet().stream()
        .allMatch(
            value ->
                !statics.containsKey(value.getKey())
                    || statics.get(value.getKey()).equals(value.getValue()));
  }

  private static List<Trial> chosen(List<Trial> ended, StudyDocument parent) {
    if (ended.size() <= MOST_TRIALS) {
      return ended;
    }
    var sorted = new ArrayList<>(ended);
    sorted.sort(
        Comparator.comparingDouble(
            trial ->
                trial.complete(parent.folds())
                    ? parent.direction().cost(trial.cvScore(parent.folds()).orElseThrow())
                    : Double.POSITIVE_INFINITY));
    var best = sorted.subList(0, MOST_TRIALS / 2);
    var rest = sorted.subList(MOST_TRIALS / 2, sorted.size());
    var chosen = new ArrayList<>(best);
    for (var i = 0; i < MOST_TRIALS / 2; i++) {
      chosen.add(rest.get((int) ((long) i * rest.size() / (MOST_TRIALS / 2))));
    }
    chosen.sort(Comparator.comparingInt(Trial::number));
    return chosen;
  }

  private static Observation observation(
      StudyDocument document, StudyDocument parent, Trial trial) {
    Map<String, String> values = new HashMap<>();
    for (var name : kinds(document).keySet()) {
      var value = trial.hyperParameters().get(name);
      values.put(name, value == null ? parent.training().staticHyperParameters().get(name) : value);
    }
    return new Observation(
        trial.number(), values, trial.scores(), parent.folds(), trial.failure().isPresent());
  }

  /**
   * Checks that the data of a study are those of the parents that it was opened with, if they are
   * said to be.
   *
   * @param seal of this study's shards
   * @throws FixInputException if they are not
   */
  void requireSameData(String study, JsonNode seal) {
    var problems = new ArrayList<Problem>();
    for (var parent : parts.ledger().parents().of(study)) {
      var theirs = parts.ledger().shards(parent.study());
      if (parent.warmStart() == WarmStartType.IDENTICAL_DATA_AND_ALGORITHM
          && theirs.isPresent()
          && !sameData(seal, theirs.get())) {
        var name = parts.ledger().document(parent.study()).studyName();
        problems.add(
            new Problem(
                PARENTS + place(study, name) + "/HyperParameterTuningJobName",
                "the study " + name + ", whose data " + described(theirs.get()),
                "one with the data of this study, which "
                    + described(seal)
                    + ", or the WarmStartType TransferLearning"));
      }
    }
    if (!problems.isEmpty()) {
      throw new FixInputException(problems);
    }
  }

  private int place(String study, String parent) {
    var config = parts.ledger().document(study).warmStart().orElseThrow();
    return IntStream.range(0, config.parentHyperParameterTuningJobs().size())
        .filter(i -> name(config, i).equals(parent))
        .findFirst()
        .orElseThrow();
  }

  /** By the digest if both were split alike; otherwise as far as numbers of rows can tell. */
  private static boolean sameData(JsonNode one, JsonNode other) {
    var alike =
        one.path("splitter").equals(other.path("splitter"))
            && one.path("folds").equals(other.path("folds"))
            && one.path("seed").equals(other.path("seed"));
    if (alike) {
      return one.path("digest").equals(other.path("digest"));
    }
    return one.path("rows").equals(other.path("rows"))
        && one.path("columns").equals(other.path("columns"));
  }

  private static String described(JsonNode seal) {
    return (seal.path("rows").isNumber() ? "are " + seal.path("rows") + " rows and " : "")
        + "have the digest "
        + seal.path("digest").asText("?");
  }
}
