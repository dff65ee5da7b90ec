package io.warmfold.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LikeTrialsTest {

  @Test
  void trialsInARowAreARange() {
    var like = new TreeMap<>(Map.of(0, 2, 1, 2, 2, 2, 3, 2, 4, 5, 7, 2, 10, 5, 11, 5));
    assertThat(LikeTrials.text(like)).isEqualTo("2:0-3,7;5:4,10-11");
  }

  @Test
  void noneIsAnEmptyText() {
    assertThat(LikeTrials.text(new TreeMap<>())).isEmpty();
    assertThat(LikeTrials.of(Json.text(""))).isEmpty();
  }

  @Test
  void whatAnOlderReleaseWroteIsRead() {
    assertThat(LikeTrials.of(Json.object().put("3", 2).put("12", 4)))
        .isEqualTo(Map.of(3, 2, 12, 4));
  }

  @Property(tries = 300)
  void whatIsWrittenIsRead(
      @ForAll @Size(max = 60)
          Map<@IntRange(max = 99) Integer, @IntRange(min = 1, max = 4) Integer> trials) {
    var like = new TreeMap<>(trials);
    assertThat(LikeTrials.of(Json.text(LikeTrials.text(like)))).isEqualTo(like);
  }
}
