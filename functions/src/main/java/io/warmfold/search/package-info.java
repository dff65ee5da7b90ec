/** Searchers: which combination of hyperparameters is worth trying next. Pure and deterministic. */
package io.warmfold.search;
