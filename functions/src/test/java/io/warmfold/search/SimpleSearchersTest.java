package io.warmfold.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmfold.space.Parameter.Categorical;
import io.warmfold.space.Parameter.Continuous;
import io.warmfold.space.Parameter.Integral;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.Direction;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleSearchersTest {

  private static final SearchSpace FINITE =
      SearchSpace.of(
          List.of(
              new Integral("n", 1, 4, Scaling.LINEAR),
              new Categorical("c", List.of("a", "b", "c"))));
  private static final SearchSpace CONTINUOUS =
      SearchSpace.of(List.of(new Continuous("x", 0, 1, Scaling.LINEAR)));
  private static final History NOTHING = History.of(Direction.MINIMIZE, List.of());

  @ParameterizedTest
  @ValueSource(strings = {"Grid", "Random", "Sobol", "Bayesian"})
  void aFiniteSpaceIsUsedUpWithoutADuplicate(String strategy) {
    var searcher = Searchers.named(strategy);
    var batch = searcher.suggestBatch(FINITE, NOTHING, List.of(), 7, 100);
    assertThat(batch).hasSize(12);
    assertThat(new HashSet<>(batch.stream().map(Suggestion.Candidate::hyperParameters).toList()))
        .hasSize(12);
  }

  @Test
  void gridSkipsWhatHistoryAndPendingHold() {
    var done =
        new Observation(0, Map.of("n", "1", "c", "a"), new TreeMap<>(Map.of(0, 1.0)), 1, false);
    var running = Pending.of(1, Map.of("n", "1.0", "c", "b"));
    assertThat(
            Searchers.named("Grid")
                .suggest(
                    FINITE, History.of(Direction.MINIMIZE, List.of(done)), List.of(running), 1))
        .isEqualTo(new Suggestion.Candidate(Map.of("n", "1", "c", "c"), "Grid"));
  }

  @Test
  void gridRefusesAContinuum() {
    assertThatThrownBy(() -> Searchers.named("Grid").suggest(CONTINUOUS, NOTHING, List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("continuous");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Random", "Sobol"})
  void seedAndTrialNumberDetermineTheDraw(String strategy) {
    var searcher = Searchers.named(strategy);
    var ninth = List.of(Pending.of(8, Map.of("x", "0.25")));
    var first = searcher.suggest(CONTINUOUS, NOTHING, ninth, 3);
    assertThat(searcher.suggest(CONTINUOUS, NOTHING, ninth, 3)).isEqualTo(first);
    assertThat(searcher.suggest(CONTINUOUS, NOTHING, ninth, 4)).isNotEqualTo(first);
    assertThat(
            searcher.suggest(CONTINUOUS, NOTHING, List.of(Pending.of(9, Map.of("x", "0.25"))), 3))
        .isNotEqualTo(first);
  }

  @Test
  void unknownStrategiesAreRefusedByName() {
    assertThatThrownBy(() -> Searchers.named("Hyperband")).hasMessageContaining("Hyperband");
  }
}
