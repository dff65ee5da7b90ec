package io.warmfold.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Step Functions that remembers its answers. */
final class FakeStepFunctions implements StepFunctions {

  final List<String> answers = new ArrayList<>();
  final List<ObjectNode> outputs = new ArrayList<>();
  final Set<String> running = new HashSet<>();

  /** Tokens of tasks that have failed or timed out, which nobody waits for any more. */
  final Set<String> over = new HashSet<>();

  private Runnable beforeAnswer = () -> {};

  /** Something that happens once, just before the next answer goes out. */
  void beforeNextAnswer(Runnable action) {
    beforeAnswer = action;
  }

  @Override
  public void succeed(String token, ObjectNode output) {
    before();
    if (!over.contains(token)) {
      outputs.add(output);
      answers.add(token + " " + output.path("Outcome").asText());
    }
  }

  @Override
  public void fail(String token, String error, String cause) {
    before();
    if (!over.contains(token)) {
      answers.add(token + " " + error);
    }
  }

  private void before() {
    Runnable action = beforeAnswer;
    beforeAnswer = () -> {};
    action.run();
  }

  @Override
  public boolean running(String executionArn) {
    return running.contains(executionArn);
  }
}
