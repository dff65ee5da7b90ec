package io.warmfold.flow;

import io.warmfold.search.Direction;
import io.warmfold.search.History;
import io.warmfold.search.Observation;
import io.warmfold.search.Pending;
import io.warmfold.space.Parameter;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.ParameterRanges;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.util.ArrayList;
import java.util.List;

/** What the searcher is told, from the document and the trials. */
public final class Spaces {

  private Spaces() {}

  /** The space that a document's ranges span. */
  public static SearchSpace of(ParameterRanges ranges) {
    var parameters = new ArrayList<Parameter>();
    for (var range : ranges.continuousParameterRanges()) {
      parameters.add(
          new Parameter.Continuous(range.name(), range.min(), range.max(), scaling(range)));
    }
    for (var range : ranges.integerParameterRanges()) {
      parameters.add(
          new Parameter.Integral(
              range.name(), (long) range.min(), (long) range.max(), scaling(range)));
    }
    for (var choice : ranges.categoricalParameterRanges()) {
      parameters.add(new Parameter.Categorical(choice.name(), choice.values()));
    }
    return SearchSpace.of(parameters);
  }

  private static Scaling scaling(ParameterRanges.Numeric range) {
    return Scaling.named(range.scalingType().label());
  }

  static History history(StudyDocument document, List<Trial> trials) {
    return History.of(
        Direction.named(document.direction().label()),
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
            .toList());
  }

  static List<Pending> pending(StudyDocument document, List<Trial> trials) {
    return trials.stream()
        .filter(trial -> !trial.finished(document.folds()))
        .map(trial -> new Pending(trial.number(), trial.hyperParameters(), trial.scores()))
        .toList();
  }
}
