package io.warmfold.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Exactness, completeness and determinism, for random data in random parts. */
class ExactFoldsProperties {

  private static final String DATA = "s3://data/rows/";

  /** Rows {@code id,class} of random classes in random objects. */
  private static List<String> fill(
      MemoryStore store, long seed, int folds, int objects, int classes, int more) {
    Random random = new Random(seed);
    List<String> rows = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      int members = folds + random.nextInt(more + 1);
      for (int i = 0; i < members; i++) {
        rows.add(rows.size() + "," + c);
      }
    }
    if (random.nextBoolean()) {
      Collections.shuffle(rows, random);
    }
    List<StringBuilder> texts = Stream.generate(StringBuilder::new).limit(objects).toList();
    for (String row : rows) {
      texts.get(random.nextInt(objects)).append(row).append('\n');
    }
    for (int o = 0; o < objects; o++) {
      store.add("data", String.format("rows/%03d.csv", o), texts.get(o).toString());
    }
    return rows;
  }

  private static SplitRequest request(int folds, Splitter splitter, long seed) {
    return Splits.request(
        Splits.data(DATA, false, new LabelColumn.Index(1)), folds, splitter, seed, true);
  }

  @Property(tries = 300)
  void stratifiedFoldsAreExactInSizesAndClassesAtOnce(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 20) int folds,
      @ForAll @IntRange(min = 1, max = 12) int objects,
      @ForAll @IntRange(min = 2, max = 9) int classes,
      @ForAll @IntRange(max = 60) int more) {
    MemoryStore store = new MemoryStore();
    List<String> rows = fill(store, seed, folds, objects, classes, more);
    SplitRequest request = request(folds, Splitter.STRATIFIED_KFOLD, seed);
    Split split = new Split(store);
    SealedFolds sealed = Splits.run(split, request, Splits.partEach(split.plan(request)));

    List<List<String>> shards = Splits.shards(store, request);
    assertEachRowOnce(shards, rows);
    assertThat(spread(shards.stream().map(List::size).toList())).isLessThanOrEqualTo(1);
    for (int c = 0; c < classes; c++) {
      String label = c + ",";
      List<Integer> counts =
          shards.stream()
              .map(shard -> (int) shard.stream().filter(row -> row.startsWith(label)).count())
              .toList();
      assertThat(spread(counts)).isLessThanOrEqualTo(1);
    }
    assertFactsAreTrue(sealed, shards);
  }

  @Property(tries = 300)
  void plainFoldsAreExactInSizes(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 20) int folds,
      @ForAll @IntRange(min = 1, max = 12) int objects,
      @ForAll @IntRange(max = 300) int more) {
    MemoryStore store = new MemoryStore();
    List<String> rows = fill(store, seed, folds, objects, 3, more);
    SplitRequest request = request(folds, Splitter.KFOLD, seed);
    Split split = new Split(store);
    SealedFolds sealed = Splits.run(split, request, Splits.partEach(split.plan(request)));

    List<List<String>> shards = Splits.shards(store, request);
    assertEachRowOnce(shards, rows);
    assertThat(spread(shards.stream().map(List::size).toList())).isLessThanOrEqualTo(1);
    assertFactsAreTrue(sealed, shards);
  }

  @Property(tries = 100)
  void theOrderOfThePartsDoesNotMatterAndARepeatedStepGivesTheSame(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 9) int folds,
      @ForAll @IntRange(min = 2, max = 9) int objects,
      @ForAll Splitter any) {
    Splitter splitter = any == Splitter.PREDEFINED ? Splitter.KFOLD : any;
    MemoryStore inOrder = new MemoryStore();
    fill(inOrder, seed, folds, objects, 4, 30);
    SplitRequest request = request(folds, splitter, seed);
    Split split = new Split(inOrder);
    SealedFolds first = Splits.run(split, request, Splits.partEach(split.plan(request)));

    MemoryStore shuffled = new MemoryStore();
    fill(shuffled, seed, folds, objects, 4, 30);
    Split again = new Split(shuffled);
    SplitPlan plan = Splits.partEach(again.plan(request));
    List<Integer> order = new ArrayList<>();
    for (int part = 0; part < plan.parts().size(); part++) {
      order.add(part);
      order.add(part);
    }
    Collections.shuffle(order, new Random(seed));
    order.forEach(part -> again.shard(request, plan, part));
    again.seal(request, plan);
    SealedFolds second = again.seal(request, plan);

    assertThat(second).isEqualTo(first);
    assertThat(shuffled.contents(Splits.BUCKET)).isEqualTo(inOrder.contents(Splits.BUCKET));
  }

  private static void assertEachRowOnce(List<List<String>> shards, List<String> rows) {
    List<String> swapped =
        rows.stream().map(row -> row.split(",", -1)).map(f -> f[1] + "," + f[0]).toList();
    assertThat(shards.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(swapped);
  }

  private static void assertFactsAreTrue(SealedFolds sealed, List<List<String>> shards) {
    Map<String, Long> totals = new HashMap<>();
    for (int shard = 0; shard < shards.size(); shard++) {
      Map<String, Long> counts = new HashMap<>();
      for (String row : shards.get(shard)) {
        counts.merge(row.substring(0, row.indexOf(',')), 1L, Long::sum);
      }
      counts.forEach((name, count) -> totals.merge(name, count, Long::sum));
      SealedFolds.Shard facts = sealed.shards().get(shard);
      assertThat(facts.rows()).isEqualTo(shards.get(shard).size());
      assertThat(facts.bytes())
          .isEqualTo(shards.get(shard).stream().mapToLong(row -> row.length() + 1).sum());
      Map<String, Long> present = new HashMap<>(facts.classes());
      present.values().removeIf(count -> count == 0);
      assertThat(present).isEqualTo(counts);
    }
    assertThat(sealed.classes()).isEqualTo(totals);
    assertThat(sealed.rows()).isEqualTo(shards.stream().mapToLong(List::size).sum());
  }

  private static int spread(List<Integer> counts) {
    return Collections.max(counts) - Collections.min(counts);
  }
}
