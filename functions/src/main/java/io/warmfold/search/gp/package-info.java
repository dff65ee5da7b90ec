/**
 * The Gaussian process behind the Bayesian searcher: kernel, fit, posterior, acquisition.
 *
 * <p>Only basic arithmetic and {@link StrictMath} are used, whose results are the same to the last
 * bit on every JVM: the same history gives the same suggestion on every platform.
 */
package io.warmfold.search.gp;
