package io.warmfold.local.simulation;

import io.warmfold.local.simulation.Objective.Answer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * How long jobs train under given conditions. What chance decides depends on the seed, the
 * hyperparameters and the fold alone, so that Warmfold and the recipe train the same fold for the
 * same time, in whatever order they come to it. Pure and thread-safe.
 */
public final class JobTimes {

  private final Conditions conditions;

  public JobTimes(Conditions conditions) {
    this.conditions = conditions;
  }

  /** The training time of a job in seconds, by what the objective said or the conditions' model. */
  public double training(Answer answer, SortedMap<String, String> hyperParameters, int fold) {
    if (answer instanceof Answer.Scored scored && scored.seconds().isPresent()) {
      return scored.seconds().getAsDouble();
    }
    if (conditions.trainingSpread() == 0) {
      return conditions.trainingTime();
    }
    var deviation = random(hyperParameters, fold).nextGaussian();
    return conditions.trainingTime() * StrictMath.exp(conditions.trainingSpread() * deviation);
  }

  private SplittableRandom random(SortedMap<String, String> hyperParameters, int fold) {
    var sum = new CRC32C();
    sum.update((hyperParameters + "/" + fold).getBytes(StandardCharsets.UTF_8));
    var mixed = new SplittableRandom(conditions.seed() ^ (sum.getValue() << 16)).split();
    mixed.nextLong();
    return mixed;
  }
}
