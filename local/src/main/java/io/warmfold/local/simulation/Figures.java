package io.warmfold.local.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a simulation came to, beside its result: the member {@code Simulated} of the result
 * document.
 *
 * @param elapsed seconds from the start of the study to its end
 * @param tuning seconds from the start of the study to the end of its last fold
 * @param bill of all training jobs, the final one included, and of what was kept warm after them
 * @param peakJobs the most training jobs at once
 * @param coldStarts training jobs on new instances
 * @param warmStarts training jobs on instances of a warm pool
 * @param apiCalls calls of AWS by functions and state machine, by {@code service:Operation}
 * @param stateTransitions of all executions
 * @param events that reached the bus
 * @param lostEvents events that did not
 * @param longestHistory events of the execution that had the most
 * @param breaches of what must hold in every study
 */
public record Figures(
    double elapsed,
    double tuning,
    Bill bill,
    int peakJobs,
    int coldStarts,
    int warmStarts,
    SortedMap<String, Long> apiCalls,
    long stateTransitions,
    long events,
    long lostEvents,
    long longestHistory,
    List<Breach> breaches) {

  public Figures {
    apiCalls = Collections.unmodifiableSortedMap(new TreeMap<>(apiCalls));
    breaches = List.copyOf(breaches);
  }

  /** The figures as JSON; seconds are rounded to milliseconds. */
  public ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("Elapsed", rounded(elapsed));
    node.put("Tuning", rounded(tuning));
    node.putObject("Billed")
        .put("Training", rounded(bill.training()))
        .put("StartUp", rounded(bill.startUp()))
        .put("WarmIdle", rounded(bill.warmIdle()))
        .put("Total", rounded(bill.total()));
    node.put("PeakJobs", peakJobs);
    node.put("ColdStarts", coldStarts);
    node.put("WarmStarts", warmStarts);
    ObjectNode calls = node.putObject("ApiCalls");
    apiCalls.forEach(calls::put);
    node.put("StateTransitions", stateTransitions);
    node.put("Events", events);
    node.put("LostEvents", lostEvents);
    node.put("LongestHistory", longestHistory);
    var broken = node.putArray("Breaches");
    breaches.forEach(breach -> broken.add(breach.text()));
    return node;
  }

  static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
