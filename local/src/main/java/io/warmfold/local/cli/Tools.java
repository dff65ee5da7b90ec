package io.warmfold.local.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * What every command is handed.
 *
 * @param look the time between two looks at a study that runs
 * @param clock what a study that runs in real time is timed by
 */
record Tools(
    Console console,
    Cloud.Opener opener,
    Home home,
    Interrupts interrupts,
    Duration look,
    InstantSource clock) {

  Tools {
    Objects.requireNonNull(console, "console");
    Objects.requireNonNull(opener, "opener");
    Objects.requireNonNull(home, "home");
    Objects.requireNonNull(interrupts, "interrupts");
    Objects.requireNonNull(look, "look");
    Objects.requireNonNull(clock, "clock");
  }

  /**
   * Whether an objective does not answer because the command was interrupted: Ctrl-C reaches the
   * objective's command as well, which may be faster to end. Waits a moment to find out.
   */
  boolean interruptedWithObjective() {
    return interrupts.await(look);
  }
}
