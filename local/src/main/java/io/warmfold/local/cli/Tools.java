package io.warmfold.local.cli;

/** What every command is handed. */
record Tools(Console console, Cloud.Opener opener, Home home, Interrupts interrupts) {}
