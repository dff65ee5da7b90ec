/** The command line. */
package io.warmfold.local.cli;
