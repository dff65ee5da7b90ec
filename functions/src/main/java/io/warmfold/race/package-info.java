/** Whether a trial is worth its remaining folds. Pure: no AWS, no clock of its own. */
package io.warmfold.race;
