package io.warmfold.ledger;

import io.warmfold.ledger.Table.Condition;
import io.warmfold.ledger.Table.Write;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The stocks of suggestions. One claimant at a time fills a study's stock, for as long as its lease
 * runs; taking from it needs no write here, because an entry is the trial's whose number it has and
 * claiming the number is the taking. Thread-safe.
 */
public final class Stocks {

  private final Table table;

  Stocks(Table table) {
    this.table = table;
  }

  /** The stock of a study; an empty one before it is first filled. */
  public Stock find(String study) {
    return table.get(Keys.stock(study)).map(Rows::stock).orElseGet(Stock::empty);
  }

  /**
   * Takes the right to fill a stock.
   *
   * @param seen the stock as it was read, which nobody may have changed since
   * @return false if somebody else was faster
   */
  public boolean lease(String study, Stock seen, String claimant, Instant until) {
    var unchanged =
        seen.filler()
            .<Condition>map(filler -> new Condition.Equal("Filler", Json.text(filler)))
            .orElseGet(() -> new Condition.Absent("Filler"));
    if (seen.filling() == 0 && seen.filler().isEmpty()) {
      return table.write(
          List.of(
              new Write.Put(
                  Keys.stock(study),
                  Rows.stock(
                      new Stock(0, seen.entries(), 0, false, 0, Optional.of(claimant), until)),
                  List.of(new Condition.NoItem()))));
    }
    return table.write(
        List.of(
            new Write.Update(
                Keys.stock(study),
                Map.of("Filler", Json.text(claimant), "Lease", Json.time(until)),
                Set.of(),
                List.of(unchanged, new Condition.Equal("Filling", Json.number(seen.filling()))))));
  }

  /**
   * Fills a stock.
   *
   * @param claimant who has the lease
   * @return false if the lease has been taken by somebody else
   */
  public boolean fill(String study, String claimant, Stock stock) {
    return table.write(
        List.of(
            new Write.Put(
                Keys.stock(study),
                Rows.stock(stock),
                List.of(new Condition.Equal("Filler", Json.text(claimant))))));
  }
}
