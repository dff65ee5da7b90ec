package io.warmfold.report;

import io.warmfold.ledger.JobRow;
import io.warmfold.ledger.StudySnapshot;
import io.warmfold.space.Parameter;
import io.warmfold.study.FoldOutcome;
import io.warmfold.study.StudyDocument;
import io.warmfold.study.Trial;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * The trials as a table in the manner of scikit-learn's {@code cv_results_}: {@code
 * split<f>_test_score} is the score of fold f, {@code std_test_score} the population standard
 * deviation over the folds, {@code mean_fit_time} seconds from the creation of a fold's job to its
 * end. Scores keep their sign; rank 1 is the best one. A trial without all its folds has no mean
 * and no rank.
 *
 * <p>RFC 4180: a header, CRLF, quotes where they are needed. Numbers are those of the ledger, to
 * their last digit.
 */
public final class TrialsCsv {

  private TrialsCsv() {}

  /** A header and a line for each trial, in the order of their numbers. */
  public static String of(StudySnapshot snapshot) {
    StudyFacts facts = StudyFacts.of(snapshot);
    StudyDocument document = snapshot.document();
    List<String> parameters = TunedParameters.of(document).stream().map(Parameter::name).toList();
    StringBuilder csv = new StringBuilder();
    line(csv, header(parameters, document.folds()));
    for (Trial trial : snapshot.trials()) {
      line(csv, row(trial, facts, parameters));
    }
    return csv.toString();
  }

  private static List<String> header(List<String> parameters, int folds) {
    List<String> header = new ArrayList<>(List.of("trial", "status", "origin"));
    parameters.forEach(name -> header.add("param_" + name));
    for (int fold = 0; fold < folds; fold++) {
      header.add("split" + fold + "_test_score");
    }
    header.addAll(
        List.of(
            "mean_test_score",
            "std_test_score",
            "standard_error",
            "rank_test_score",
            "mean_fit_time",
            "std_fit_time",
            "start_time",
            "end_time"));
    return header;
  }

  private static List<String> row(Trial trial, StudyFacts facts, List<String> parameters) {
    int folds = facts.snapshot().document().folds();
    List<String> row = new ArrayList<>();
    row.add(Integer.toString(trial.number()));
    row.add(TrialStatus.of(trial, facts.snapshot()).label());
    row.add(trial.origin());
    parameters.forEach(name -> row.add(trial.hyperParameters().getOrDefault(name, "")));
    SortedMap<Integer, Double> scores = trial.scores();
    for (int fold = 0; fold < folds; fold++) {
      Double score = scores.get(fold);
      row.add(score == null ? "" : score.toString());
    }
    OptionalInt rank = facts.ranking().rank(trial.number());
    boolean ranked = rank.isPresent();
    row.add(ranked ? number(trial.cvScore(folds)) : "");
    row.add(ranked ? number(deviation(List.copyOf(scores.values()))) : "");
    row.add(ranked ? number(trial.standardError(folds)) : "");
    row.add(ranked ? Integer.toString(rank.getAsInt()) : "");
    List<Double> seconds = seconds(trial);
    row.add(number(mean(seconds)));
    row.add(number(deviation(seconds)));
    row.add(trial.createdAt().toString());
    row.add(end(trial, facts).map(Object::toString).orElse(""));
    return row;
  }

  private static List<Double> seconds(Trial trial) {
    return trial.outcomes().values().stream()
        .filter(FoldOutcome.Scored.class::isInstance)
        .map(outcome -> (double) ((FoldOutcome.Scored) outcome).seconds())
        .toList();
  }

  private static Optional<java.time.Instant> end(Trial trial, StudyFacts facts) {
    return facts.jobsOf(trial.number()).stream()
        .map(JobRow::ended)
        .flatMap(Optional::stream)
        .max(java.time.Instant::compareTo);
  }

  private static OptionalDouble mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average();
  }

  /** NumPy's {@code std}: divided by n. */
  private static OptionalDouble deviation(List<Double> values) {
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    double mean = mean(values).getAsDouble();
    DoubleSummaryStatistics squares = new DoubleSummaryStatistics();
    values.forEach(value -> squares.accept((value - mean) * (value - mean)));
    return OptionalDouble.of(Math.sqrt(squares.getAverage()));
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  private static void line(StringBuilder csv, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      csv.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
    }
    csv.append("\r\n");
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
