package io.warmfold.local.sagemaker.xgboost;

import java.util.Arrays;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Rows of data on their way to XGBoost; cells that were not given are missing. */
final class Rows {

  private float[] labels = new float[1024];
  private float[] weights = new float[0];
  private int[] queries = new int[0];
  private long[] starts = new long[1025];
  private int[] columns = new int[1 << 14];
  private float[] values = new float[1 << 14];
  private int rows;
  private int cells;
  private int width;

  /** Begins a row; the cells that are added next are its. */
  void row(float label) {
    if (rows == labels.length) {
      labels = Arrays.copyOf(labels, 2 * rows);
      starts = Arrays.copyOf(starts, 2 * rows + 1);
    }
    labels[rows] = label;
    starts[rows] = cells;
    rows++;
  }

  /** The weight of the row that was begun last; every row has one, or none. */
  void weight(float weight) {
    if (weights.length < labels.length) {
      weights = Arrays.copyOf(weights, labels.length);
    }
    weights[rows - 1] = weight;
  }

  /** The query group of the row that was begun last; every row has one, or none. */
  void query(int query) {
    if (queries.length < labels.length) {
      queries = Arrays.copyOf(queries, labels.length);
    }
    queries[rows - 1] = query;
  }

  void cell(int column, float value) {
    if (cells == values.length) {
      columns = Arrays.copyOf(columns, 2 * cells);
      values = Arrays.copyOf(values, 2 * cells);
    }
    columns[cells] = column;
    values[cells] = value;
    cells++;
  }

  /** Notes how many columns a row has, also when its last cells are missing. */
  void width(int columns) {
    width = Math.max(width, columns);
  }

  int rows() {
    return rows;
  }

  int columns() {
    return width;
  }

  float[] labels() {
    return Arrays.copyOf(labels, rows);
  }

  /**
   * The rows as XGBoost has them.
   *
   * @param atLeast the columns that the matrix has when the rows have fewer
   */
  DMatrix matrix(int atLeast) throws XGBoostError {
    long[] ends = Arrays.copyOf(starts, rows + 1);
    ends[rows] = cells;
    DMatrix matrix =
        new DMatrix(
            ends,
            Arrays.copyOf(columns, cells),
            Arrays.copyOf(values, cells),
            DMatrix.SparseType.CSR,
            Math.max(width, atLeast),
            Float.NaN,
            1);
    matrix.setLabel(labels());
    optionalWeights().ifPresent(w -> set(matrix, w));
    if (queries.length > 0) {
      matrix.setQueryId(Arrays.copyOf(queries, rows));
    }
    return matrix;
  }

  private Optional<float[]> optionalWeights() {
    return weights.length == 0 ? Optional.empty() : Optional.of(Arrays.copyOf(weights, rows));
  }

  private static void set(DMatrix matrix, float[] weights) {
    try {
      matrix.setWeight(weights);
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }
}
