package io.warmfold.search.gp;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmfold.space.Parameter.Continuous;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScaledTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(List.of(new Continuous("x", 0, 1, Scaling.LINEAR)));

  @Test
  void whatStandsForAllHasThisStudysBestAmongManyBetterOnesOfParents() {
    var random = new SplittableRandom(1);
    double[][] x = new double[500][];
    double[] cost = new double[500];
    int[] source = new int[500];
    for (int i = 0; i < 500; i++) {
      source[i] = i < 5 ? 0 : 1;
      x[i] = new double[] {random.nextDouble(), source[i]};
      cost[i] = i < 5 ? 50 + i : random.nextDouble();
    }
    var problem =
        new Proposer.Problem(SPACE, x, cost, new double[500], source, new boolean[] {false, false});

    Scaled some = Scaled.of(Cube.of(SPACE, 2), problem, Design.standard()).some(120);

    assertThat(some.data().size()).isBetween(120, 125);
    int own = 0;
    for (boolean one : some.own()) {
      own += one ? 1 : 0;
    }
    assertThat(own).isEqualTo(5);
  }
}
