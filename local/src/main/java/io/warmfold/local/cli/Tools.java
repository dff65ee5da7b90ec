package io.warmfold.local.cli;

import java.time.Duration;

/**
 * What every command is handed.
 *
 * @param look the time between two looks at a study that runs
 */
record Tools(
    Console console, Cloud.Opener opener, Home home, Interrupts interrupts, Duration look) {}
