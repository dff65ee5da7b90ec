package io.warmfold.local.cloud;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who hears of what happens in a local cloud. They are told by any thread and have to be quick.
 *
 * @param recording the file that AWS calls are recorded in
 * @param calls hears of every AWS call of the functions and the state machine
 * @param troubles is told what goes wrong where nobody waits for an answer
 */
public record Witnesses(Optional<Path> recording, CallObserver calls, Consumer<Trouble> troubles) {

  public Witnesses {
    Objects.requireNonNull(recording, "recording");
    Objects.requireNonNull(calls, "calls");
    Objects.requireNonNull(troubles, "troubles");
  }

  /** Nobody. */
  public static Witnesses none() {
    return new Witnesses(Optional.empty(), (caller, service, operation) -> {}, trouble -> {});
  }

  /** The same with a recording. */
  public Witnesses recordingTo(Path file) {
    return new Witnesses(Optional.of(file), calls, troubles);
  }
}
