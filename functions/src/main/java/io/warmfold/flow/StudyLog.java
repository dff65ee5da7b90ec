package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Writes one line of JSON for each thing that happened, always with the study and, where there are
 * such, trial, fold and job, so that a log search for any of them finds all of it. Immutable.
 */
public final class StudyLog {

  private final Consumer<String> sink;
  private final InstantSource clock;
  private final ObjectNode facts;

  /** A log that writes to a sink, one line a call. */
  public StudyLog(Consumer<String> sink, InstantSource clock, String function) {
    this(sink, clock, JsonNodeFactory.instance.objectNode().put("function", function));
  }

  private StudyLog(Consumer<String> sink, InstantSource clock, ObjectNode facts) {
    this.sink = sink;
    this.clock = clock;
    this.facts = facts;
  }

  /** The same log with a fact on every line. */
  public StudyLog with(String name, Object value) {
    return new StudyLog(sink, clock, facts.deepCopy().put(name, String.valueOf(value)));
  }

  /** Something happened that is as it should be. */
  public void info(String message) {
    write("INFO", message);
  }

  /** Something happened that somebody should know of. */
  public void warn(String message) {
    write("WARN", message);
  }

  private void write(String level, String message) {
    var line =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", clock.instant().toString())
            .put("level", level)
            .put("message", message);
    line.setAll(facts);
    sink.accept(line.toString());
  }
}
