package io.warmfold.local.cloud;

import io.warmfold.ledger.Table;
import java.util.Objects;

/** What outlives a local cloud of the ledger and of its services' resources. */
public sealed interface Persistence {

  /** Everything, in the work folder: another process can take up what this one leaves. */
  record InFolder() implements Persistence {}

  /** Nothing; the ledger is in a DynamoDB Local that ends with the cloud. */
  record Nothing() implements Persistence {}

  /**
   * Nothing but what is written into a table of this process, which takes the place of DynamoDB.
   *
   * @param ledger what the functions keep the ledger in
   */
  record InTable(Table ledger) implements Persistence {
    public InTable {
      Objects.requireNonNull(ledger, "ledger");
    }
  }
}
