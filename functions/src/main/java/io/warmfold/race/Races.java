package io.warmfold.race;

import io.warmfold.study.RaceType;
import io.warmfold.study.StrategyType;
import io.warmfold.study.StudyDocument;
import java.util.Optional;

/** The races that a document can ask for. */
public final class Races {

  private Races() {}

  /** The race of a study; nothing if all trials run all their folds. */
  public static Optional<Race> of(StudyDocument document) {
    var race = document.crossValidation().race();
    if (race.type() != RaceType.PAIRED) {
      return Optional.empty();
    }
    var paired = new PairedRace(race.alpha(), document.tuning().parameterRanges().space());
    return Optional.of(
        document.tuning().strategy() == StrategyType.BAYESIAN
            ? paired.whereSearchLearns()
            : paired);
  }
}
