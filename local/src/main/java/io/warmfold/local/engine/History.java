package io.warmfold.local.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The events of one execution. All are counted; the latest are kept with their details.
 *
 * <p>An execution has at most 25,000 events, the last of which says how it ended.
 */
final class History {

  /** The most events of an execution. */
  static final int LIMIT = 25_000;

  /** Thrown when an event would take the place of the last one. */
  static final class Full extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Full() {
      super("the execution has reached " + LIMIT + " events", null, false, false);
    }
  }

  /**
   * One event.
   *
   * @param previous the id of the event that led to it, 0 for none
   * @param field the field of the API that carries the details, or null without any
   */
  record Event(
      long id, long previous, String type, Instant time, String field, ObjectNode details) {}

  private final int kept;
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private long count;

  /** A history that keeps the latest so many events. */
  History(int kept) {
    this.kept = kept;
  }

  /** Adds an event and returns its id. */
  long add(String type, Instant time, long previous, String field, ObjectNode details) {
    if (count >= LIMIT - 1) {
      throw new Full();
    }
    return addLast(type, time, previous, field, details);
  }

  /** Adds the event that says how the execution ended. */
  long addLast(String type, Instant time, long previous, String field, ObjectNode details) {
    count++;
    if (events.size() == kept) {
      events.removeFirst();
    }
    events.addLast(new Event(count, previous, type, time, field, details));
    return count;
  }

  /** How many events there were. */
  long count() {
    return count;
  }

  /** The events that are kept, oldest first. */
  List<Event> events() {
    return List.copyOf(events);
  }
}
