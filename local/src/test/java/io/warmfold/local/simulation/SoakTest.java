package io.warmfold.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.local.simulation.Objective.Answer;
import io.warmfold.local.simulation.Study.Came;
import io.warmfold.study.RaceType;
import io.warmfold.study.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small studies with documents, conditions and faults by seed. The build simulates a few; {@code
 * mvn test -Dtest=SoakTest -Dwarmfold.soak=1000 -Dwarmfold.soak.from=1} as many as one likes.
 */
class SoakTest {

  private static final int STUDIES = Integer.getInteger("warmfold.soak", 5);
  private static final int FROM = Integer.getInteger("warmfold.soak.from", 1);

  @TempDir Path work;

  @Test
  void whateverGoesWrongNoInvariantBreaks() {
    List<String> problems = new ArrayList<>();
    for (int seed = FROM; seed < FROM + STUDIES; seed++) {
      problems.addAll(problems(seed));
    }
    assertThat(problems).isEmpty();
  }

  private List<String> problems(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ObjectNode document = document(random);
    Conditions conditions = conditions(seed, random);
    double failing = random.nextInt(4) == 0 ? random.nextDouble() * 0.3 : 0;
    String about = "seed " + seed + " " + conditions + " failing " + failing + " " + document;
    List<String> problems = new ArrayList<>();
    try {
      Came came =
          Study.simulate(
              work.resolve("study-" + seed),
              document,
              conditions,
              false,
              objective ->
                  (values, fold, of) ->
                      fold >= 0 && fails(values, of, failing)
                          ? new Answer.Failed("made to fail")
                          : objective.answer(values, fold, of));
      came.figures().breaches().forEach(breach -> problems.add(breach.text()));
      consistent(came, failing, problems);
    } catch (Exception | AssertionError broken) {
      problems.add(broken.toString());
    }
    return problems.stream().map(problem -> problem + "\n  in " + about).toList();
  }

  private static boolean fails(SortedMap<String, String> values, long seed, double share) {
    return share > 0
        && new SplittableRandom(values.hashCode() ^ (seed << 32)).split().nextDouble() < share;
  }

  private static void consistent(Came came, double failing, List<String> problems) {
    int folds = came.snapshot().document().folds();
    if (!came.status().equals("SUCCEEDED")) {
      if (failing == 0) {
        problems.add("the study failed: " + came.output());
      }
      return;
    }
    for (Trial trial : came.snapshot().trials()) {
      if (!trial.finished(folds) && trial.claims().isEmpty() && !trial.outcomes().isEmpty()) {
        problems.add("trial " + trial.number() + " was left unfinished");
      }
    }
    came.snapshot().jobs().stream()
        .filter(job -> job.outcome().isEmpty())
        .forEach(job -> problems.add(job.name() + " has no outcome"));
    double best =
        came.snapshot().trials().stream()
            .filter(trial -> trial.complete(folds))
            .map(trial -> trial.cvScore(folds).orElseThrow())
            .min(
                came.snapshot().document().direction().better(0, 1)
                    ? Comparator.naturalOrder()
                    : Comparator.reverseOrder())
            .orElseThrow();
    if (came.output().at("/Best/CvScore").doubleValue() != best) {
      problems.add("the best of all is " + best + " and " + came.output().at("/Best"));
    }
  }

  private static ObjectNode document(SplittableRandom random) {
    int folds = 2 + random.nextInt(4);
    ObjectNode document = Study.document(1 + random.nextInt(12), folds, 1 + random.nextInt(8));
    document
        .withObject("/CrossValidation")
        .put("ParallelFolds", 1 + random.nextInt(folds))
        .withObject("/Race")
        .put("Type", RaceType.SUPPORTED.get(random.nextInt(RaceType.SUPPORTED.size())).label());
    ObjectNode tuning = document.withObject("/HyperParameterTuningJobConfig");
    tuning.put("Strategy", random.nextInt(3) == 0 ? "Bayesian" : "Random");
    if (random.nextBoolean()) {
      tuning.withObject("/HyperParameterTuningJobObjective").put("Type", "Maximize");
    }
    if (random.nextInt(6) == 0) {
      tuning.withObject("/ResourceLimits").put("MaxRuntimeInSeconds", 600 + random.nextInt(3_000));
    }
    document
        .withObject("/TrainingJobDefinition/ResourceConfig")
        .put("KeepAlivePeriodInSeconds", new int[] {60, 300, 600, 3_600}[random.nextInt(4)]);
    return document;
  }

  private static Conditions conditions(int seed, SplittableRandom random) {
    return new Conditions(
        seed,
        random.nextInt(300),
        random.nextInt(40),
        1 + random.nextInt(300),
        random.nextInt(2) * random.nextDouble(),
        random.nextInt(3) * random.nextDouble() * 5,
        random.nextInt(3) == 0 ? random.nextDouble() * 0.3 : 0,
        random.nextInt(3) == 0 ? random.nextDouble() * 0.4 : 0,
        random.nextInt(3) == 0 ? 0.1 + random.nextDouble() : 10);
  }
}
