package io.warmfold.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.Table.Write;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which lanes of a round have left, as nobody else can tell a lane that has left from one that
 * sleeps. A round is one start of all lanes by an execution. Thread-safe.
 */
public final class Rounds {

  private final Table table;

  Rounds(Table table) {
    this.table = table;
  }

  /** Writes that a lane has left; to say so again changes nothing. */
  public void leave(String study, String execution, int round, int lane) {
    table.write(
        List.of(
            new Write.Update(
                key(study, execution, round),
                Map.of("Lane" + lane, Json.number(1)),
                Set.of(),
                List.of())));
  }

  /** How many lanes of a round have left. One that broke down has not said so. */
  public int left(String study, String execution, int round) {
    return table.get(key(study, execution, round)).map(ObjectNode::size).orElse(0);
  }

  private static Key key(String study, String execution, int round) {
    return Keys.left(study, Trials.executionName(execution), round);
  }
}
