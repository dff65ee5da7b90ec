package io.warmfold.ledger;

/** The primary key of an item: partition and sort key. */
public record Key(String partition, String sort) {}
