package io.warmfold.local.cli;

import io.warmfold.job.JobKind;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.report.TrialStatus;
import io.warmfold.report.Words;
import io.warmfold.study.Trial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is worth a line between two looks at a study. Pure. */
final class PlainLines {

  private PlainLines() {}

  /**
   * The lines for everything that happened since the last look.
   *
   * @param before empty for the first one; what a study had then is not told again
   */
  static List<String> between(Optional<Progress> before, Progress now) {
    List<String> lines = new ArrayList<>();
    if (before.isEmpty()) {
      return lines;
    }
    Progress last = before.get();
    split(last, now, lines);
    trials(last, now, lines);
    end(last, now, lines);
    return lines.stream().map(Summary::printable).toList();
  }

  private static void split(Progress last, Progress now, List<String> lines) {
    now.facts()
        .snapshot()
        .shards()
        .filter(seal -> last.facts().snapshot().shards().isEmpty())
        .ifPresent(
            seal -> {
              long rows = seal.path("rows").asLong(seal.path("Rows").asLong());
              lines.add(
                  "split: "
                      + (rows > 0 ? Words.count(rows, "row") + " in " : "")
                      + Words.count(now.document().folds(), "shard"));
            });
  }

  private static void trials(Progress last, Progress now, List<String> lines) {
    int folds = now.document().folds();
    Set<Integer> known =
        last.facts().snapshot().trials().stream()
            .filter(trial -> trial.finished(folds))
            .map(Trial::number)
            .collect(Collectors.toCollection(HashSet::new));
    int best = last.best().map(Trial::number).orElse(-1);
    int done = known.size();
    for (Trial trial : now.facts().snapshot().trials()) {
      if (!trial.finished(folds) || known.contains(trial.number())) {
        continue;
      }
      done++;
      boolean isBest =
          now.best().filter(b -> b.number() == trial.number() && b.number() != best).isPresent();
      lines.add(
          "trial "
              + trial.number()
              + " ("
              + done
              + " of "
              + now.trialsPlanned()
              + "): "
              + outcome(trial, now.facts().snapshot())
              + (isBest ? "  <- best so far: " + Summary.parameters(trial) : ""));
    }
  }

  private static String outcome(Trial trial, StudySnapshot snapshot) {
    int folds = snapshot.document().folds();
    return switch (TrialStatus.of(trial, snapshot)) {
      case COMPLETE -> Words.score(trial.cvScore(folds).orElseThrow(), trial.standardError(folds));
      case FAILED -> "failed: " + Words.shortened(trial.failure().orElse(""), 300);
      case STOPPED_BY_RACE -> trial.stoppedByRace().orElseThrow();
      case RUNNING, UNFINISHED -> "unfinished";
    };
  }

  private static void end(Progress last, Progress now, List<String> lines) {
    var was = last.facts().snapshot();
    var is = now.facts().snapshot();
    if (was.study().best().isEmpty() && is.study().best().isPresent()) {
      lines.add("selected: trial " + is.study().best().getAsInt() + "; training on all the data");
    }
    if (last.facts().finalTraining().isEmpty() && now.facts().finalTraining().isPresent()) {
      lines.add("trained: " + now.facts().finalTraining().get().name());
    }
    if (was.study().modelPackageArn().isEmpty()) {
      is.study().modelPackageArn().ifPresent(arn -> lines.add("registered: " + arn));
    }
    if (last.facts().jobs(JobKind.TRANSFORM) == 0 && now.facts().jobs(JobKind.TRANSFORM) > 0) {
      lines.add("transform: predicting the new data");
    }
    if (last.facts().transform().isEmpty() && now.facts().transform().isPresent()) {
      lines.add("transformed: " + now.facts().transform().get().name());
    }
  }
}
