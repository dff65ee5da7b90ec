package io.warmfold.local.sagemaker.xgboost;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * The rounds of boosting, with the image's log lines and its early stopping: the best model is
 * kept, the last metrics are what is reported.
 */
final class Boosting {

  /** The format that {@code xgboost.Booster().load_model} expects of a file without an ending. */
  private static final String FORMAT = "ubj";

  private final HyperParameters parameters;
  private final int threads;
  private final Map<String, Evaluated> watched;
  private final Consumer<String> log;
  private final BooleanSupplier stopped;
  private final DMatrix[] matrices;
  private final String[] names;
  private OptionalInt best = OptionalInt.empty();
  private double bestScore;
  private int sinceBest;

  /**
   * Makes a training that has not begun.
   *
   * @param threads 0 for all cores
   * @param watched the data to train on, named {@code train}, and what else is evaluated
   */
  Boosting(
      HyperParameters parameters,
      int threads,
      Map<String, Evaluated> watched,
      Consumer<String> log,
      BooleanSupplier stopped) {
    this.parameters = parameters;
    this.threads = threads;
    this.watched = watched;
    this.log = log;
    this.stopped = stopped;
    this.matrices = watched.values().stream().map(Evaluated::matrix).toArray(DMatrix[]::new);
    this.names = watched.keySet().toArray(String[]::new);
  }

  /** Trains, and returns the model; there is none when a stop came and it was not to be saved. */
  Optional<byte[]> run() throws XGBoostError, UserError {
    Booster booster = booster();
    try {
      boolean going = true;
      for (int round = 0;
          going && round < parameters.rounds() && !stopped.getAsBoolean();
          round++) {
        booster.update(matrices[0], round);
        Map<String, Map<String, Double>> scores = evaluate(booster, round);
        log.accept(line(round, scores));
        going = goOn(round, scores);
      }
      if (stopped.getAsBoolean() && !parameters.saveOnTermination()) {
        return Optional.empty();
      }
      return Optional.of(best.isPresent() ? bestModel(booster) : booster.toByteArray(FORMAT));
    } finally {
      booster.dispose();
    }
  }

  /** The model up to its best round, with what XGBoost's early stopping writes into it. */
  private byte[] bestModel(Booster booster) throws XGBoostError {
    booster.setAttr("best_iteration", Integer.toString(best.getAsInt()));
    booster.setAttr("best_score", Double.toString(bestScore));
    if (parameters.booster().getOrDefault("booster", "").equals("gblinear")) {
      return booster.toByteArray(FORMAT);
    }
    byte[] sliced = ModelSlice.first(booster.toByteArray("json"), best.getAsInt() + 1);
    try {
      Booster model = XGBoost.loadModel(sliced);
      try {
        return model.toByteArray(FORMAT);
      } finally {
        model.dispose();
      }
    } catch (IOException e) {
      throw new XGBoostError("cannot read its own model", e);
    }
  }

  private Booster booster() throws XGBoostError {
    Map<String, Object> all = new HashMap<>(parameters.booster());
    if (threads > 0) {
      all.putIfAbsent("nthread", threads);
    }
    Map<String, DMatrix> others = new LinkedHashMap<>();
    for (int i = 1; i < names.length; i++) {
      others.put(names[i], matrices[i]);
    }
    // No rounds: this is the only way to a booster that has the matrices in its cache.
    Booster booster = XGBoost.train(matrices[0], all, 0, others, null, null);
    for (String metric : parameters.evalMetrics()) {
      if (!Metrics.COMPUTED.contains(metric)) {
        booster.setParam("eval_metric", metric);
      }
    }
    return booster;
  }

  private Map<String, Map<String, Double>> evaluate(Booster booster, int round)
      throws XGBoostError, UserError {
    Map<String, Map<String, Double>> scores = new LinkedHashMap<>();
    for (String name : names) {
      scores.put(name, new LinkedHashMap<>());
    }
    String[] fields = booster.evalSet(matrices, names, round).split("\t", -1);
    for (int i = 1; i < fields.length; i++) {
      int dash = fields[i].indexOf('-');
      int colon = fields[i].lastIndexOf(':');
      scores
          .get(fields[i].substring(0, dash))
          .put(fields[i].substring(dash + 1, colon), number(fields[i].substring(colon + 1)));
    }
    for (String metric : parameters.evalMetrics()) {
      if (Metrics.COMPUTED.contains(metric)) {
        for (String name : names) {
          scores.get(name).put(metric, watched.get(name).compute(metric, booster));
        }
      }
    }
    return scores;
  }

  /** C++ writes what is no number in ways of its own. */
  private static double number(String text) {
    return switch (text.replace("-", "")) {
      case "nan" -> Double.NaN;
      case "inf" -> text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** A round's log line as CloudWatch shows it: {@code #011} is a tab. */
  private static String line(int round, Map<String, Map<String, Double>> scores) {
    StringBuilder line = new StringBuilder("[").append(round).append(']');
    scores.forEach(
        (name, metrics) ->
            metrics.forEach(
                (metric, score) ->
                    line.append("#011")
                        .append(name)
                        .append('-')
                        .append(metric)
                        .append(':')
                        .append(shown(score))));
    return line.toString();
  }

  private static String shown(double score) {
    if (!Double.isFinite(score)) {
      return Double.isNaN(score) ? "nan" : score > 0 ? "inf" : "-inf";
    }
    return new BigDecimal(score).setScale(5, RoundingMode.HALF_EVEN).toPlainString();
  }

  /**
   * Whether another round is due. As in the image, early stopping needs validation data and an
   * {@code eval_metric}, of which the last counts.
   */
  private boolean goOn(int round, Map<String, Map<String, Double>> scores) {
    Map<String, Double> validation = scores.get("validation");
    if (parameters.earlyStopping().isEmpty()
        || validation == null
        || parameters.evalMetrics().isEmpty()) {
      return true;
    }
    String metric = parameters.evalMetrics().getLast();
    double score = validation.getOrDefault(metric, Double.NaN);
    boolean better =
        best.isEmpty()
            || (Metrics.MAXIMIZED.contains(metric) ? score > bestScore : score < bestScore);
    if (better) {
      bestScore = score;
      sinceBest = 0;
      best = OptionalInt.of(round);
      return true;
    }
    sinceBest++;
    return sinceBest < parameters.earlyStopping().get();
  }
}
