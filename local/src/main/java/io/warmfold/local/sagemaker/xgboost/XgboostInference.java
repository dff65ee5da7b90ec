package io.warmfold.local.sagemaker.xgboost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * The built-in image as it serves a batch transform: CSV without labels in, one line a record out.
 * Not thread-safe.
 */
public final class XgboostInference implements AutoCloseable {

  private final Booster booster;

  /**
   * Loads a model.
   *
   * @param folder what was in the model archive
   */
  public XgboostInference(Path folder) throws IOException, UserError {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files =
          walk.filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .sorted()
              .toList();
    }
    if (files.isEmpty()) {
      throw new UserError("Unable to load model: there is no file in the model archive");
    }
    try {
      booster = XGBoost.loadModel(Files.readAllBytes(files.getFirst()));
      booster.setParam("nthread", 1);
    } catch (XGBoostError e) {
      throw (UserError)
          new UserError("Model " + files.getFirst() + " cannot be loaded: " + UserError.reason(e))
              .initCause(e);
    }
  }

  /**
   * Answers a request.
   *
   * @param body lines of numbers, all as long
   * @param contentType of the body; CSV is what is served
   */
  public String invoke(String body, String contentType) throws UserError {
    String type = contentType.toLowerCase(Locale.ROOT);
    if (!type.startsWith("text/csv") && !type.equals("csv")) {
      throw new UserError("Content type " + contentType + " is not supported");
    }
    String text = body.strip();
    if (text.isEmpty()) {
      return "";
    }
    StringBuilder answer = new StringBuilder();
    for (float[] row : predict(text)) {
      answer.append(PythonNumbers.show(row)).append('\n');
    }
    return answer.toString();
  }

  private float[][] predict(String text) throws UserError {
    String[] lines = text.split("\r?\n", -1);
    int width = lines[0].split(",", -1).length;
    float[] cells = new float[Math.multiplyExact(lines.length, width)];
    for (int i = 0; i < lines.length; i++) {
      String[] columns = lines[i].split(",", -1);
      if (columns.length != width) {
        throw unreadable("line " + (i + 1) + " has " + columns.length + " columns, not " + width);
      }
      for (int j = 0; j < width; j++) {
        cells[i * width + j] = cell(columns[j]);
      }
    }
    try {
      DMatrix matrix = new DMatrix(cells, lines.length, width, Float.NaN);
      try {
        return booster.predict(matrix);
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw (UserError)
          new UserError("Unable to evaluate payload provided: " + UserError.reason(e)).initCause(e);
    }
  }

  private static float cell(String text) throws UserError {
    String number = text.strip();
    byte[] bytes = number.getBytes(StandardCharsets.UTF_8);
    double value = CsvReader.number(bytes, 0, bytes.length);
    if (Double.isNaN(value) && !number.isEmpty() && !number.equalsIgnoreCase("nan")) {
      throw unreadable("could not convert string to float: '" + number + "'");
    }
    return (float) value;
  }

  private static UserError unreadable(String why) {
    return new UserError(
        "Loading csv data failed with Exception, please ensure data is in csv format:\n " + why);
  }

  @Override
  public void close() {
    booster.dispose();
  }
}
