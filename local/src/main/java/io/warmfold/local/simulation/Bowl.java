package io.warmfold.local.simulation;

import io.warmfold.flow.Spaces;
import io.warmfold.space.Parameter;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.Direction;
import io.warmfold.study.StudyDocument;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * A made-up objective for any search space: a bowl in the unit cube, whose bottom depends on the
 * names of the parameters alone, with folds that differ and a little noise. Easier than what real
 * models come to; it shows how a study runs, not how well it searches.
 */
public final class Bowl implements Objective {

  private static final double BOTTOM = 0.3;
  private static final double FOLDS_DIFFER = 0.02;
  private static final double NOISE = 0.005;

  private final SearchSpace space;
  private final boolean maximize;

  /** The bowl in the search space of a document. */
  public Bowl(StudyDocument document) {
    this.space = Spaces.of(document.tuning().parameterRanges());
    this.maximize = document.direction() == Direction.MAXIMIZE;
  }

  @Override
  public Answer answer(SortedMap<String, String> hyperParameters, int fold, long seed) {
    Map<String, String> tuned = new HashMap<>();
    StringBuilder names = new StringBuilder();
    for (Parameter parameter : space.parameters()) {
      tuned.put(parameter.name(), hyperParameters.get(parameter.name()));
      names.append(parameter.name()).append('/');
    }
    double[] point = space.encode(tuned);
    SplittableRandom bottom = random(names.toString(), 0);
    double distance = 0;
    for (double coordinate : point) {
      double off = coordinate - (0.2 + 0.6 * bottom.nextDouble());
      distance += off * off / point.length;
    }
    double ofFold = fold < 0 ? 0 : FOLDS_DIFFER * random("fold " + fold, seed).nextGaussian();
    double noise = NOISE * random(hyperParameters + "/" + fold, seed).nextGaussian();
    double score = BOTTOM + distance + ofFold + noise;
    return new Answer.Scored(maximize ? 1 - score : score, OptionalDouble.empty());
  }

  private static SplittableRandom random(String text, long seed) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return new SplittableRandom(seed ^ (sum.getValue() << 17)).split();
  }
}
