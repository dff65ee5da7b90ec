package io.warmfold.flow;

import static io.warmfold.flow.TestStudy.EXECUTION;
import static io.warmfold.flow.TestStudy.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmfold.study.Trial;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;

/** Lanes of a study that run in turn, each fold for a minute, until they are all done. */
final class Lanes {

  private record Running(int lane, int turn, int trial, int fold) {}

  private final TestStudy study;
  private final String key;
  private final ToDoubleBiFunction<SortedMap<String, String>, Integer> score;

  /**
   * @param score of hyperparameters and fold
   */
  Lanes(TestStudy study, String key, ToDoubleBiFunction<SortedMap<String, String>, Integer> score) {
    this.study = study;
    this.key = key;
    this.score = score;
  }

  /** Runs so many lanes to their end. */
  void run(int lanes) {
    var running = new ArrayDeque<Running>();
    var waiting = new TreeMap<Integer, Integer>();
    var done = new HashSet<Integer>();
    for (int lane = 0; lane < lanes; lane++) {
      ask(lane, 0, running, waiting, done);
    }
    while (done.size() < lanes) {
      if (running.isEmpty()) {
        study.pass(Duration.ofSeconds(60));
      } else {
        study.pass(Duration.ofSeconds(Math.max(1, 60 / running.size())));
        Running ended = running.poll();
        study.complete(
            key,
            ended.trial(),
            ended.fold(),
            score.applyAsDouble(trial(ended.trial()).hyperParameters(), ended.fold()));
        ask(ended.lane(), ended.turn() + 1, running, waiting, done);
      }
      for (var lane : new TreeMap<>(waiting).entrySet()) {
        waiting.remove(lane.getKey());
        ask(lane.getKey(), lane.getValue() + 1, running, waiting, done);
      }
    }
  }

  private Trial trial(int number) {
    return study.trial(key, number);
  }

  private void ask(
      int lane,
      int turn,
      Deque<Running> running,
      Map<Integer, Integer> waiting,
      Set<Integer> done) {
    // Turns end at a thousand: the next shift takes the lane's place.
    int shift = turn / Opening.TURNS;
    ObjectNode next =
        study.lane.next(
            new Lane.Request(
                key,
                EXECUTION,
                0,
                lane + 1000 * shift,
                turn % Opening.TURNS,
                Optional.empty(),
                Optional.empty()));
    switch (next.path("Action").textValue()) {
      case "Run" -> {
        int trial = next.path("Trial").intValue();
        int fold = next.path("Fold").intValue();
        study.start(key, trial, fold, job(key, trial, fold, 1));
        running.add(new Running(lane, turn, trial, fold));
      }
      case "Wait" -> waiting.put(lane, turn);
      default -> done.add(lane);
    }
  }
}
