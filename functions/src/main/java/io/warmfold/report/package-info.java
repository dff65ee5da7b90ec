/** What a study found out, for people and programs: pure functions of the ledger's snapshot. */
package io.warmfold.report;
