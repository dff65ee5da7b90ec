package io.warmfold.local.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An objective that a command of the user answers.
 *
 * <p>The command is started once, through the shell. For each line of its standard input, such as
 *
 * <pre>{"hyperParameters":{"eta":"0.1"},"fold":2,"seed":9}</pre>
 *
 * it answers one line of its standard output: <code>{"score":0.31,"seconds":118}</code>, whose
 * seconds may be left out, or <code>{"failed":"reason"}</code>. Hyperparameters are text, as a
 * training job gets them; folds count from 0. Its standard error is kept for error messages.
 *
 * <p>It is asked once for each combination, fold and seed, and its answer kept, so that a job that
 * is tried again comes to the same. It is not asked for the final training (fold −1), which has no
 * held-out fold: that takes the mean of the scores and times of the combination's folds.
 */
public final class CommandObjective implements Objective {

  /** How long one answer may take. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private record Question(SortedMap<String, String> hyperParameters, int fold, long seed) {
    String line() {
      ObjectNode line = JsonNodeFactory.instance.objectNode();
      ObjectNode values = line.putObject("hyperParameters");
      hyperParameters.forEach(values::put);
      return line.put("fold", fold).put("seed", seed).toString();
    }
  }

  private final AnsweringProcess process;
  private final Map<Question, Answer> answers = new HashMap<>();

  private CommandObjective(AnsweringProcess process) {
    this.process = process;
  }

  /**
   * Starts a command.
   *
   * @throws ObjectiveException if there is no shell to start it
   */
  public static CommandObjective start(String command) {
    return start(command, PATIENCE);
  }

  static CommandObjective start(String command, Duration patience) {
    return new CommandObjective(AnsweringProcess.start(command, patience));
  }

  @Override
  public Answer answer(SortedMap<String, String> hyperParameters, int fold, long seed) {
    SortedMap<String, String> values = new TreeMap<>(hyperParameters);
    if (fold < 0) {
      return ofFolds(values, seed);
    }
    // Not computeIfAbsent: a failure must not leave the map in the midst of a change.
    Question question = new Question(values, fold, seed);
    Answer known = answers.get(question);
    if (known == null) {
      String line = question.line();
      known = read(line, process.ask(line));
      answers.put(question, known);
    }
    return known;
  }

  private Answer ofFolds(SortedMap<String, String> values, long seed) {
    List<Answer.Scored> folds = new ArrayList<>();
    for (Map.Entry<Question, Answer> one : answers.entrySet()) {
      Question question = one.getKey();
      if (question.seed() == seed
          && question.hyperParameters().equals(values)
          && one.getValue() instanceof Answer.Scored scored) {
        folds.add(scored);
      }
    }
    // In an order of their own, because sums of doubles depend on it.
    double[] scores = folds.stream().mapToDouble(Answer.Scored::score).sorted().toArray();
    double[] times =
        folds.stream().flatMapToDouble(one -> one.seconds().stream()).sorted().toArray();
    return new Answer.Scored(
        mean(scores).orElse(0), times.length < folds.size() ? OptionalDouble.empty() : mean(times));
  }

  private static OptionalDouble mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / values.length);
  }

  private Answer read(String question, String line) {
    JsonNode json;
    try {
      json = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw wrong(question, line, "no JSON");
    }
    JsonNode failed = json.path("failed");
    JsonNode score = json.path("score");
    if (failed.isTextual() && score.isMissingNode()) {
      return new Answer.Failed(failed.asText());
    }
    if (!json.isObject() || !score.isNumber() || !failed.isMissingNode()) {
      throw wrong(question, line, "neither a score nor a failure");
    }
    if (!Double.isFinite(score.asDouble())) {
      throw wrong(question, line, "a score that is no finite number");
    }
    return new Answer.Scored(score.asDouble(), seconds(question, line, json.path("seconds")));
  }

  private OptionalDouble seconds(String question, String line, JsonNode seconds) {
    if (seconds.isMissingNode() || seconds.isNull()) {
      return OptionalDouble.empty();
    }
    return Optional.of(seconds)
        .filter(JsonNode::isNumber)
        .map(JsonNode::asDouble)
        .filter(value -> value >= 0 && Double.isFinite(value))
        .map(OptionalDouble::of)
        .orElseThrow(() -> wrong(question, line, "seconds that are no number of at least 0"));
  }

  private ObjectiveException wrong(String question, String line, String what) {
    return process.problem(
        "answered "
            + question
            + " with "
            + what
            + ": "
            + AnsweringProcess.shortened(line)
            + "; expected one line {\"score\":0.31,\"seconds\":118} (seconds may be left out) or"
            + " {\"failed\":\"reason\"}");
  }

  /** Ends the command and whatever it has started. */
  @Override
  public void close() {
    process.close();
  }
}
