/** The table with everything that happened. */
package io.warmfold.ledger;
