/**
 * What the functions do: read the ledger, ask the pure packages, write the ledger, act. No decoding
 * and no clients here; the handlers bring both.
 */
package io.warmfold.flow;
