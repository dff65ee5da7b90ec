package io.warmfold.fold;

/**
 * Which stratum a row belongs to: its class if the splitter stratifies, else the only one. Not safe
 * for use by several threads.
 */
final class StratumOf {

  private static final String ALL_ROWS = "";

  private final Dealer dealer;
  private final ClassIndex index;
  private final boolean stratifies;

  StratumOf(Splitter splitter, ClassIndex index, Dealer dealer) {
    this.dealer = dealer;
    this.index = index;
    this.stratifies = splitter.stratifies();
    if (!stratifies) {
      dealer.addStratum(ALL_ROWS);
    }
  }

  /** The stratum of a row of a class; the dealer knows it once this returns. */
  int of(int rowClass) {
    if (!stratifies) {
      return 0;
    }
    if (rowClass == dealer.strata()) {
      dealer.addStratum(index.name(rowClass));
    }
    return rowClass;
  }
}
