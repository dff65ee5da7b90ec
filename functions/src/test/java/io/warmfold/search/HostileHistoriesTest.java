package io.warmfold.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.warmfold.space.Parameter;
import io.warmfold.space.Parameter.Categorical;
import io.warmfold.space.Parameter.Continuous;
import io.warmfold.space.Parameter.Integral;
import io.warmfold.space.Scaling;
import io.warmfold.space.SearchSpace;
import io.warmfold.study.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 500 histories that would break a careless model: always a valid suggestion, never a hang. */
class HostileHistoriesTest {

  private static final int EACH = 50;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "constant",
        "nan",
        "infinite",
        "one point",
        "failed",
        "huge",
        "tiny",
        "one good",
        "steps",
        "mixed"
      })
  void alwaysAValidSuggestion(String kind) {
    for (int i = 0; i < EACH; i++) {
      var random = new SplittableRandom(kind.hashCode() * 1000L + i);
      SearchSpace space = space(random);
      History history = history(space, kind, random);
      List<Pending> pending = new ArrayList<>();
      for (int p = random.nextInt(5); p > 0; p--) {
        pending.add(
            new Pending(
                1000 + p,
                space.decode(random.doubles(space.dimension()).toArray()),
                random.nextBoolean()
                    ? new TreeMap<>()
                    : new TreeMap<>(Map.of(0, score(kind, 0, random)))));
      }
      assertTimeout(
          Duration.ofSeconds(20),
          () -> {
            switch (Searchers.named("Bayesian").suggest(space, history, pending, 1)) {
              case Suggestion.Candidate one -> {
                assertThat(space.contains(one.hyperParameters())).as(one.toString()).isTrue();
                assertThat(new Tried(space, history, pending).contains(one.hyperParameters()))
                    .isFalse();
              }
              case Suggestion.Exhausted none ->
                  assertThat(new Tried(space, history, pending).left()).hasValue(0);
            }
          });
    }
  }

  private static SearchSpace space(SplittableRandom random) {
    List<Parameter> parameters = new ArrayList<>();
    int d = 1 + random.nextInt(6);
    for (int i = 0; i < d; i++) {
      String name = "p" + i;
      parameters.add(
          switch (random.nextInt(8)) {
            case 0 -> new Continuous(name, 1, 1 + 1e-12, Scaling.LINEAR);
            case 1 -> new Continuous(name, -5e11, 5e11, Scaling.AUTO);
            case 2 -> new Continuous(name, 1e-12, 1e12, Scaling.LOGARITHMIC);
            case 3 -> new Continuous(name, 0, 0.999999, Scaling.REVERSE_LOGARITHMIC);
            case 4 -> new Continuous(name, 0.5, 0.5, Scaling.LINEAR);
            case 5 -> new Integral(name, 1, random.nextBoolean() ? 3 : 1L << 40, Scaling.AUTO);
            case 6 -> new Categorical(name, List.of("a", "b", "c"));
            default -> new Categorical(name, List.of("only"));
          });
    }
    return SearchSpace.of(parameters);
  }

  private static History history(SearchSpace space, String kind, SplittableRandom random) {
    int n = kind.equals("one point") ? 200 : random.nextInt(40);
    var fixed = space.decode(random.doubles(space.dimension()).toArray());
    List<Observation> trials = new ArrayList<>();
    for (int t = 0; t < n; t++) {
      var at =
          kind.equals("one point") || random.nextInt(5) == 0
              ? fixed
              : space.decode(random.doubles(space.dimension()).toArray());
      TreeMap<Integer, Double> scores = new TreeMap<>();
      int folds = 1 + random.nextInt(5);
      for (int f = 0; f < folds; f++) {
        scores.put(f, score(kind, t, random));
      }
      trials.add(new Observation(t, at, scores, 5, kind.equals("failed")));
    }
    return History.of(random.nextBoolean() ? Direction.MINIMIZE : Direction.MAXIMIZE, trials);
  }

  private static double score(String kind, int trial, SplittableRandom random) {
    return switch (kind) {
      case "constant" -> 3;
      case "nan" -> random.nextBoolean() ? Double.NaN : random.nextDouble();
      case "infinite" -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      case "huge" -> random.nextGaussian() * 1e300;
      case "tiny" -> random.nextGaussian() * 1e-300;
      case "one good" -> trial == 3 ? -1e18 : random.nextGaussian();
      case "steps" -> random.nextInt(2);
      case "mixed" ->
          switch (random.nextInt(5)) {
            case 0 -> Double.NaN;
            case 1 -> Double.MAX_VALUE;
            case 2 -> -0.0;
            case 3 -> Double.MIN_VALUE;
            default -> random.nextGaussian();
          };
      default -> random.nextGaussian();
    };
  }
}
