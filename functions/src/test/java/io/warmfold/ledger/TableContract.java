package io.warmfold.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.Table.Condition;
import io.warmfold.ledger.Table.Write;
import io.warmfold.study.TryAgainException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger relies on, whatever the table. A subclass hands in an empty one. */
public abstract class TableContract {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Key KEY = new Key("P", "S#1");

  private Table table;

  /** A table without items. */
  protected abstract Table emptyTable() throws Exception;

  @BeforeEach
  void makeTable() throws Exception {
    table = emptyTable();
  }

  @Test
  void whatIsPutComesBackWithoutItsKey() {
    ObjectNode item =
        JSON.objectNode().put("Text", "é\"\\ ").put("Whole", 1L << 53).put("Yes", true);
    item.put("Decimal", 0.1 + 0.2).put("Tiny", 4.9e-100).put("Empty", "");
    item.putObject("Map").putObject("Inner");
    item.putArray("List").add(1L).add("two");
    put(KEY, item);
    assertThat(table.get(KEY)).contains(item);
  }

  @Test
  void anAbsentItemIsAbsent() {
    assertThat(table.get(KEY)).isEmpty();
  }

  @Test
  void severalKeysComeInTheirOrderAndAbsentOnesAsSuch() {
    var other = new Key(KEY.partition(), "OTHER");
    put(KEY, JSON.objectNode().put("A", 1L));
    put(other, JSON.objectNode().put("B", 2L));

    assertThat(table.getAll(List.of(other, new Key(KEY.partition(), "NONE"), KEY)))
        .containsExactly(
            Optional.of(JSON.objectNode().put("B", 2L)),
            Optional.empty(),
            Optional.of(JSON.objectNode().put("A", 1L)));
  }

  @Test
  void queryGivesTheRangeInOrderAndNothingElse() {
    for (String sort : List.of("S#2", "S#10", "S#1", "T", "R")) {
      put(new Key("P", sort), JSON.objectNode().put("At", sort));
    }
    put(new Key("Q", "S#1"), JSON.objectNode().put("At", "elsewhere"));
    assertThat(table.query("P", "S#", "S#\uffff"))
        .extracting(item -> item.path("At").textValue())
        .containsExactly("S#1", "S#10", "S#2");
    assertThat(table.query("P", "S#2", "S#1")).isEmpty();
  }

  @Test
  void queryPagesThroughMoreThanAMegabyte() {
    for (int i = 0; i < 40; i++) {
      put(new Key("P", "S#" + (100 + i)), JSON.objectNode().put("Big", "x".repeat(50_000)));
    }
    assertThat(table.query("P", "S#", "S#\uffff")).hasSize(40);
  }

  @Test
  void conditionsDecide() {
    put(KEY, JSON.objectNode().put("A", 1L).set("M", JSON.objectNode().put("B", "x")));
    assertThat(check(new Condition.NoItem())).isFalse();
    assertThat(check(new Condition.Item())).isTrue();
    assertThat(check(new Condition.Absent("C"))).isTrue();
    assertThat(check(new Condition.Absent("M.B"))).isFalse();
    assertThat(check(new Condition.Absent("M.C"))).isTrue();
    assertThat(check(new Condition.Present("M.B"))).isTrue();
    assertThat(check(new Condition.Present("M.C.D"))).isFalse();
    assertThat(check(new Condition.Equal("A", JSON.numberNode(1L)))).isTrue();
    assertThat(check(new Condition.Equal("A", JSON.numberNode(2L)))).isFalse();
    assertThat(check(new Condition.Equal("M.B", JSON.textNode("x")))).isTrue();
    assertThat(check(new Condition.Equal("C", JSON.textNode("x")))).isFalse();
  }

  @Test
  void updateSetsAndRemovesPaths() {
    put(KEY, JSON.objectNode().put("A", 1L).set("M", JSON.objectNode().put("3", "x")));
    assertThat(
            table.write(
                List.of(
                    new Write.Update(
                        KEY,
                        Map.of("M.4", JSON.objectNode().put("Score", 0.5), "B", JSON.textNode("b")),
                        Set.of("A", "M.3", "Absent"),
                        List.of(new Condition.Item())))))
        .isTrue();
    ObjectNode wanted = JSON.objectNode().put("B", "b");
    wanted.putObject("M").putObject("4").put("Score", 0.5);
    assertThat(table.get(KEY)).contains(wanted);
  }

  @Test
  void whatWasReadStaysAsItWasWhateverIsWrittenLater() {
    ObjectNode item = JSON.objectNode().put("N", 1L);
    item.putObject("M").putObject("In").put("X", "old").put("Y", "kept");
    put(KEY, item);
    ObjectNode read = table.get(KEY).orElseThrow();

    table.write(
        List.of(
            new Write.Update(
                KEY,
                Map.of("M.In.X", JSON.textNode("new"), "M.Z", JSON.textNode("more")),
                Set.of("M.In.Y", "N"),
                List.of())));

    assertThat(read).isEqualTo(item);
    ObjectNode wanted = JSON.objectNode();
    wanted.putObject("M").put("Z", "more").putObject("In").put("X", "new");
    assertThat(table.get(KEY)).contains(wanted);
  }

  @Test
  void namesOfAttributesAreNotOnlyLettersAndDigits() {
    put(KEY, JSON.objectNode().put("Lost1-1", 7L));
    assertThat(
            table.write(
                List.of(
                    new Write.Update(
                        KEY,
                        Map.of("Lost0-1", JSON.numberNode(5L), "Lost0_1", JSON.numberNode(6L)),
                        Set.of("Lost1-1"),
                        List.of(new Condition.Present("Lost1-1"), new Condition.Absent("a-b"))))))
        .isTrue();
    assertThat(table.get(KEY)).contains(JSON.objectNode().put("Lost0-1", 5L).put("Lost0_1", 6L));
  }

  @Test
  void severalWritesHappenTogetherOrNotAtAll() {
    put(KEY, JSON.objectNode().put("A", 1L));
    Key other = new Key("P", "S#2");
    List<Write> writes =
        List.of(
            new Write.Put(other, JSON.objectNode().put("New", true), List.of()),
            new Write.Update(
                KEY,
                Map.of("A", JSON.numberNode(2L)),
                Set.of(),
                List.of(new Condition.Equal("A", JSON.numberNode(7L)))));
    assertThat(table.write(writes)).isFalse();
    assertThat(table.get(other)).isEmpty();
    assertThat(table.get(KEY)).contains(JSON.objectNode().put("A", 1L));
  }

  @Test
  void deleteIsConditionalToo() {
    put(KEY, JSON.objectNode().put("A", 1L));
    assertThat(table.write(List.of(new Write.Delete(KEY, List.of(new Condition.Absent("A"))))))
        .isFalse();
    assertThat(table.write(List.of(new Write.Delete(KEY, List.of(new Condition.Present("A"))))))
        .isTrue();
    assertThat(table.get(KEY)).isEmpty();
  }

  @Test
  void activeListsWhatIsActive() {
    put(KEY, JSON.objectNode().put("Key", "one").put("Active", "1"));
    put(new Key("P", "S#2"), JSON.objectNode().put("Key", "two"));
    assertThat(table.active())
        .extracting(item -> item.path("Key").textValue())
        .containsExactly("one");
  }

  @Test
  void ofManyThatPutTheSameItemOneSucceeds() throws Exception {
    Callable<Boolean> put =
        () -> {
          try {
            return table.write(
                List.of(
                    new Write.Put(KEY, JSON.objectNode(), List.of(new Condition.NoItem())),
                    new Write.Check(new Key("P", "none"), List.of(new Condition.NoItem()))));
          } catch (TryAgainException busy) {
            return false;
          }
        };
    try (var threads = Executors.newFixedThreadPool(8)) {
      long won = 0;
      for (var result : threads.invokeAll(java.util.Collections.nCopies(24, put))) {
        won += result.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }

  private void put(Key key, ObjectNode item) {
    assertThat(table.write(List.of(new Write.Put(key, item, List.of())))).isTrue();
  }

  private boolean check(Condition condition) {
    return table.write(List.of(new Write.Check(KEY, List.of(condition))));
  }
}
