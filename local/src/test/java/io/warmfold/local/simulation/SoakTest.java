package io.warmfold.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.local.simulation.Study.Came;
import io.warmfold.study.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small studies with documents, conditions and faults by seed. The build simulates a few; {@code
 * mvn test -Dtest=SoakTest -Dwarmfold.soak=1000 -Dwarmfold.soak.from=1} as many as one likes.
 */
class SoakTest {

  private static final String TOOK_TOO_LONG =
      "ran longer than its StoppingCondition allows (MaxRuntimeExceeded)";

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
    SoakStudy study = SoakStudy.of(seed);
    List<String> problems = new ArrayList<>();
    try {
      Came came =
          Study.simulate(
              work.resolve("study-" + seed),
              study.document(),
              study.conditions(),
              Study.How.USUAL.around(study::objective).in(study.account().settings()));
      came.figures().breaches().forEach(breach -> problems.add(breach.text()));
      consistent(came, study, problems);
    } catch (Exception | AssertionError broken) {
      problems.add(broken.toString());
    }
    return problems.stream()
        .map(problem -> "seed " + seed + ": " + problem + "\n  in " + study)
        .toList();
  }

  private static void consistent(Came came, SoakStudy study, List<String> problems) {
    int folds = came.snapshot().document().folds();
    if (!came.status().equals("SUCCEEDED")) {
      String cause = came.output().path("cause").asText();
      boolean without = cause.contains("there is no best one");
      if (study.failing() == 0
          && !(without && (study.mayEndWithoutBest() || someFoldTookTooLong(came)))
          // The final training's own time may be the one that the document does not allow.
          && !cause.contains("-final-a1 " + TOOK_TOO_LONG)) {
        problems.add("the study failed: " + came.output());
      }
      return;
    }
    for (Trial trial : came.snapshot().trials()) {
      if (!study.mayEndEarly()
          && !trial.finished(folds)
          && trial.claims().isEmpty()
          && !trial.outcomes().isEmpty()) {
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

  /** Whether a training time came out longer than the document allows a job. */
  private static boolean someFoldTookTooLong(Came came) {
    return came.snapshot().jobs().stream()
        .flatMap(job -> job.failureReason().stream())
        .anyMatch(reason -> reason.contains(TOOK_TOO_LONG));
  }
}
