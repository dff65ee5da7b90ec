package io.warmfold.local.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * A real cross-validation in place of training: the score of a fold is what that fold measured at
 * the hyperparameters, or between its neighbours on the grid. So the surface, the differences
 * between folds and the noise that is left when these are removed are those of the real model.
 *
 * <p>The seed chooses the split of the data that is seen. The final training, fold -1, gets the
 * mean over the folds. How long a training takes is left to the conditions.
 */
final class Surrogate implements Objective {

  private final SurrogateTable table;

  Surrogate(SurrogateTable table) {
    this.table = table;
  }

  @Override
  public Answer answer(SortedMap<String, String> hyperParameters, int fold, long seed) {
    if (fold < -1 || fold >= table.folds()) {
      throw refused(
          "has %d folds, so the document's Folds must be %d; fold %d was asked for"
              .formatted(table.folds(), table.folds(), fold));
    }
    List<SurrogateAxis.Place> places = places(hyperParameters);
    int split = (int) Math.floorMod(seed, (long) table.scores().size());
    double score = 0;
    if (fold >= 0) {
      score = table.score(split, fold, places);
    } else {
      for (int each = 0; each < table.folds(); each++) {
        score += table.score(split, each, places) / table.folds();
      }
    }
    return new Answer.Scored(score, OptionalDouble.empty());
  }

  private List<SurrogateAxis.Place> places(SortedMap<String, String> hyperParameters) {
    for (String name : hyperParameters.keySet()) {
      // The training toolkit's own settings reach every image.
      if (!name.startsWith("sagemaker_")
          && table.parameters().stream().noneMatch(axis -> axis.name().equals(name))) {
        throw refused("has no hyperparameter '%s'; %s".formatted(name, whatItTakes()));
      }
    }
    List<SurrogateAxis.Place> places = new ArrayList<>();
    for (SurrogateAxis axis : table.parameters()) {
      String text = hyperParameters.get(axis.name());
      if (text == null) {
        throw refused("needs the hyperparameter '%s'; %s".formatted(axis.name(), whatItTakes()));
      }
      places.add(
          axis.place(text)
              .orElseThrow(
                  () -> refused("knows %s; '%s' was asked for".formatted(axis.range(), text))));
    }
    return places;
  }

  private ObjectiveException refused(String why) {
    return new ObjectiveException("The surrogate %s %s.".formatted(table.name(), why));
  }

  private String whatItTakes() {
    return "it takes "
        + Surrogates.sentence(table.parameters().stream().map(SurrogateAxis::range).toList());
  }
}
