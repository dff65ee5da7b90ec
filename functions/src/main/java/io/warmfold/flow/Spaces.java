package io.warmfold.flow;

import io.warmfold.search.History;
import io.warmfold.search.Observation;
import io.warmfold.search.Pending;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.ParameterRanges;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.util.List;

/** What the searcher is told, from the document and the trials. */
public final class Spaces {

  private Spaces() {}

  /** The space that a document's ranges span. */
  public static SearchSpace of(ParameterRanges ranges) {
    return ranges.space();
  }

  static History history(StudyDocument document, List<Trial> trials, List<History.Parent> parents) {
    return new History(
        document.direction(),
        trials.stream()
            .filter(trial -> trial.finished(document.folds()))
            .map(
                trial ->
                    new Observation(
                        trial.number(),
                        trial.hyperParameters(),
                        trial.scores(),
                        document.folds(),
                        trial.failure().isPresent()))
            .toList(),
        parents,
        document.tuning().seedTrials());
  }

  static List<Pending> pending(StudyDocument document, List<Trial> trials) {
    return trials.stream()
        .filter(trial -> !trial.finished(document.folds()))
        .map(trial -> new Pending(trial.number(), trial.hyperParameters(), trial.scores()))
        .toList();
  }
}
