/** A small cloud on one machine, and the command line. */
package io.warmfold.local;
