package io.warmfold.ledger;

import static io.warmfold.ledger.Json.number;
import static io.warmfold.ledger.Json.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.ledger.Table.Write;
import io.warmfold.search.History;
import io.warmfold.search.Observation;
import io.warmfold.study.Direction;
import io.warmfold.study.WarmStartType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What studies learn from earlier ones: a copy of the parents' trials under the study's own key,
 * made when it is opened, so that whatever becomes of a parent later, the study's suggestions stay
 * what they were. A few items instead of one for each trial. Thread-safe.
 */
public final class Parents {

  private final Table table;
  // They never change, so a function that stays warm reads them once.
  private final Map<String, List<History.Parent>> known = new ConcurrentHashMap<>();

  Parents(Table table) {
    this.table = table;
  }

  /** Copies the parents of a study that is about to be opened. */
  public void write(String study, List<History.Parent> parents) {
    for (var i = 0; i < parents.size(); i++) {
      var parent = parents.get(i);
      var parts = Packing.pack(parent.trials());
      for (var part = 0; part < parts.size(); part++) {
        table.write(
            List.of(
                new Write.Put(
                    Keys.parent(study, i, part),
                    Json.object()
                        .put("Parent", i)
                        .put("Study", parent.study())
                        .put("WarmStartType", parent.warmStart().label())
                        .put("Direction", parent.direction().label())
                        .put("Trials", parts.get(part)),
                    List.of())));
      }
    }
  }

  /** The parents of a study, in the order of its document. */
  public List<History.Parent> of(String study) {
    return known.computeIfAbsent(study, this::read);
  }

  private List<History.Parent> read(String study) {
    var parents = new ArrayList<History.Parent>();
    var trials = new ArrayList<Observation>();
    var items = table.query(Keys.partition(study), Keys.parents(), Keys.after(Keys.parents()));
    for (var i = 0; i < items.size(); i++) {
      trials.addAll(Packing.unpack(text(items.get(i), "Trials")));
      if (i + 1 == items.size() || place(items.get(i)) != place(items.get(i + 1))) {
        parents.add(parent(items.get(i), trials));
        trials.clear();
      }
    }
    return List.copyOf(parents);
  }

  private static long place(ObjectNode item) {
    return number(item, "Parent", 0);
  }

  private static History.Parent parent(ObjectNode item, List<Observation> trials) {
    return new History.Parent(
        text(item, "Study"),
        WarmStartType.named(text(item, "WarmStartType")),
        Direction.named(text(item, "Direction")),
        trials);
  }
}
