package io.warmfold.fold;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Splits one part of the data, in one pass. Not safe for use by several threads. */
final class PartSplitter {

  private final ObjectStore store;
  private final SplitRequest request;
  private final SplitPlan plan;
  private final SplitPlan.Part part;
  private final boolean alone;
  private final ClassIndex index;

  PartSplitter(ObjectStore store, SplitRequest request, SplitPlan plan, int part) {
    this.store = store;
    this.request = request;
    this.plan = plan;
    this.part = plan.parts().get(part);
    this.alone = plan.parts().size() == 1;
    this.index =
        new ClassIndex(
            request.numeric(),
            request.splitter().stratifies(),
            request.labels(),
            plan.columns().called(plan.columns().label()));
  }

  PartFacts run() throws IOException {
    FoldLayout layout = request.layout();
    int folds = request.folds();
    try (var shards =
        new ShardWriters(
            store,
            layout.bucket(),
            folds,
            shard -> alone ? layout.shardKey(shard) : layout.shardKey(shard, part.number()))) {
      Dealer dealer = new Dealer(new Shuffle(request.seed()), part.number(), folds, shards);
      StratumOf strata = new StratumOf(request.splitter(), index, dealer);
      for (StoredObject object : part.objects()) {
        deal(object, strata, dealer);
      }
      long leftover = alone ? 0 : leftovers(dealer);
      if (alone) {
        dealer.dealRest();
      }
      PartFacts facts =
          new PartFacts(
              part.number(),
              part.digest(),
              dealer.taken().rows(0),
              leftover,
              shards.finish(dealer.tally()),
              classes(dealer));
      FoldJson.write(store, layout.bucket(), layout.factsKey(part.number()), facts);
      return facts;
    }
  }

  private void deal(StoredObject object, StratumOf strata, Dealer dealer) throws IOException {
    String uri = object.uri();
    try (var rows = new CsvRows(new ResumingInput(store, object), object, plan.columns())) {
      if (plan.columns().hasHeader()) {
        checkHeader(rows.header(), rows.line(), uri);
      }
      while (rows.next()) {
        int rowClass = index.of(rows, uri);
        dealer.take(rows, strata.of(rowClass), rowClass, uri);
      }
    }
  }

  private void checkHeader(List<String> header, long line, String uri) {
    List<String> names = plan.columns().names();
    if (!header.isEmpty() && !header.equals(names)) {
      throw DataProblem.at(
          uri,
          line,
          "the header " + DataProblem.shown(String.join(",", header)),
          "the header of "
              + plan.columns().model()
              + ": "
              + DataProblem.shown(String.join(",", names)));
    }
  }

  private long leftovers(Dealer dealer) throws IOException {
    FoldLayout layout = request.layout();
    var writer = new ObjectWriter(store, layout.bucket(), layout.leftoversKey(part.number()));
    boolean done = false;
    try {
      long rows = dealer.keepRest(writer);
      writer.finish();
      done = true;
      return rows;
    } finally {
      if (!done) {
        writer.abort();
      }
    }
  }

  private List<PartFacts.ClassCount> classes(Dealer dealer) {
    if (!index.counting()) {
      return null;
    }
    List<ClassIndex.Seen> seen = index.classes();
    List<PartFacts.ClassCount> counts = new ArrayList<>(seen.size());
    for (int c = 0; c < seen.size(); c++) {
      ClassIndex.Seen one = seen.get(c);
      counts.add(
          new PartFacts.ClassCount(
              one.name(),
              one.object(),
              one.line(),
              dealer.taken().ofClass(c).getFirst(),
              dealer.tally().ofClass(c)));
    }
    return counts;
  }
}
