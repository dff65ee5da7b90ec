package io.warmfold.ledger;

class MemoryTableTest extends TableContract {

  @Override
  protected Table emptyTable() {
    return new MemoryTable();
  }
}
