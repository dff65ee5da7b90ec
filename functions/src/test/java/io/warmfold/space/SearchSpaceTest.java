package io.warmfold.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmfold.space.Parameter.Categorical;
import io.warmfold.space.Parameter.Continuous;
import io.warmfold.space.Parameter.Integral;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {

  private static final SearchSpace MIXED =
      SearchSpace.of(
          List.of(
              new Continuous("eta", 1e-4, 1, Scaling.AUTO),
              new Integral("depth", 2, 9, Scaling.AUTO),
              new Categorical("booster", List.of("gbtree", "\"dart\"", "gblinear")),
              new Continuous("momentum", 0.5, 0.999, Scaling.REVERSE_LOGARITHMIC)));

  @Test
  void decodesEachScaleAtItsMiddle() {
    Map<String, String> centre = MIXED.decode(new double[] {0.5, 0.5, 0.5, 0.5});
    assertThat(Double.parseDouble(centre.get("eta"))).isBetween(0.00999, 0.01001);
    assertThat(centre).containsEntry("depth", "6").containsEntry("booster", "\"dart\"");
    assertThat(1 - Double.parseDouble(centre.get("momentum")))
        .isBetween(Math.sqrt(0.5 * 0.001) - 1e-9, Math.sqrt(0.5 * 0.001) + 1e-9);
    assertThat(centre.keySet()).containsExactly("eta", "depth", "booster", "momentum");
  }

  @Test
  void endsAreExact() {
    assertThat(MIXED.decode(new double[] {0, 0, 0, 0}).values())
        .containsExactly("1.0E-4", "2", "gbtree", "0.5");
    assertThat(MIXED.decode(new double[] {1, 1, 1, 1}).values())
        .containsExactly("1.0", "9", "gblinear", "0.999");
    assertThat(MIXED.decode(new double[] {7, 7, 7, 7}))
        .isEqualTo(MIXED.decode(new double[] {1, 1, 1, 1}));
  }

  @Test
  void autoIsLogarithmicFromTwoDecadesOn() {
    assertThat(new Continuous("x", 0.01, 1, Scaling.AUTO).decode(0.5)).startsWith("0.1");
    assertThat(new Continuous("x", 0.02, 1, Scaling.AUTO).decode(0.5)).isEqualTo("0.51");
    assertThat(new Continuous("x", 0, 1000, Scaling.AUTO).decode(0.5)).isEqualTo("500.0");
  }

  @Property
  void continuousValuesStayInRangeAndReadBack(
      @ForAll @DoubleRange(min = -1e12, max = 1e12) double low,
      @ForAll @IntRange(min = -12, max = 12) int decade,
      @ForAll @DoubleRange(min = 0, max = 1) double unit) {
    var parameter = new Continuous("x", low, low + Math.pow(10, decade), Scaling.LINEAR);
    String value = parameter.decode(unit);
    assertThat(parameter.contains(value)).isTrue();
    assertThat(parameter.canonical(value)).isEqualTo(value);
  }

  @Property
  void integersReadBack(
      @ForAll @LongRange(min = 1, max = 1000) long low,
      @ForAll @LongRange(min = 0, max = 1_000_000) long width,
      @ForAll @DoubleRange(min = 0, max = 1) double unit,
      @ForAll Scaling scaling) {
    Scaling fitting = scaling == Scaling.REVERSE_LOGARITHMIC ? Scaling.AUTO : scaling;
    var parameter = new Integral("n", low, low + width, fitting);
    String value = parameter.decode(unit);
    assertThat(parameter.contains(value)).isTrue();
    assertThat(parameter.decode(parameter.encode(value))).isEqualTo(value);
  }

  @Test
  void equalCombinationsAreEqualMaps() {
    assertThat(
            MIXED.canonical(
                Map.of("eta", "0.10", "depth", "3.0", "booster", "gbtree", "momentum", "9e-1")))
        .isEqualTo(Map.of("eta", "0.1", "depth", "3", "booster", "gbtree", "momentum", "0.9"));
  }

  @Test
  void countsOnlyFiniteSpaces() {
    assertThat(MIXED.size()).isEmpty();
    assertThat(
            SearchSpace.of(
                    List.of(
                        new Integral("n", 1, 10, Scaling.LINEAR),
                        new Categorical("c", List.of("a", "b", "c"))))
                .size())
        .hasValue(30);
    assertThat(
            SearchSpace.of(
                    List.of(
                        new Integral("n", 0, 1L << 52, Scaling.LINEAR),
                        new Integral("m", 0, 1L << 52, Scaling.LINEAR)))
                .size())
        .hasValue(Long.MAX_VALUE);
  }

  @Test
  void refusesRangesThatCannotBeSearched() {
    assertThatThrownBy(() -> new Continuous("x", 0, 1, Scaling.LOGARITHMIC))
        .hasMessageContaining("positive");
    assertThatThrownBy(() -> new Continuous("x", 0, 1, Scaling.REVERSE_LOGARITHMIC))
        .hasMessageContaining("[0, 1)");
    assertThatThrownBy(() -> new Continuous("x", 2, 1, Scaling.LINEAR))
        .hasMessageContaining("MinValue");
    assertThatThrownBy(() -> new Continuous("x", Double.NaN, 1, Scaling.LINEAR))
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> new Categorical("x", List.of("a", "a"))).hasMessageContaining("twice");
    assertThatThrownBy(() -> MIXED.encode(Map.of("eta", "0.1")))
        .hasMessageContaining("depth")
        .hasMessageContaining("missing");
  }
}
