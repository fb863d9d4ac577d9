package dev.pumphandle.epi.glm;

import java.util.Arrays;

/// The columns of a regression, row by row; the first column is the intercept unless told
/// otherwise.
public final class Design {

  private final double[][] rows;

  private Design(double[][] rows) {
    this.rows = rows;
    for (double[] row : rows) {
      if (row.length != rows[0].length)
        throw new IllegalArgumentException("rows of different length");
      for (double x : row) {
        if (Double.isNaN(x) || Double.isInfinite(x))
          throw new IllegalArgumentException("a covariate that is not a number");
      }
    }
  }

  /// The design with an intercept before the given columns.
  public static Design withIntercept(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = new double[rows[i].length + 1];
      copy[i][0] = 1;
      System.arraycopy(rows[i], 0, copy[i], 1, rows[i].length);
    }
    return new Design(copy);
  }

  /// The design with exactly the given columns.
  public static Design ofColumns(double[][] rows) {
    return new Design(Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new));
  }

  /// How many observations.
  public int size() {
    return rows.length;
  }

  /// How many coefficients.
  public int columns() {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  double at(int row, int column) {
    return rows[row][column];
  }

  double predictor(int row, double[] beta) {
    double sum = 0;
    for (int j = 0; j < beta.length; j++) sum += rows[row][j] * beta[j];
    return sum;
  }

  /// `Xᵀ W X`.
  double[][] information(double[] weights) {
    int p = columns();
    double[][] m = new double[p][p];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < p; j++) {
        double wx = weights[i] * rows[i][j];
        if (wx == 0) continue;
        for (int k = 0; k <= j; k++) m[j][k] += wx * rows[i][k];
      }
    }
    for (int j = 0; j < p; j++) for (int k = j + 1; k < p; k++) m[j][k] = m[k][j];
    return m;
  }

  /// `Xᵀ r`.
  double[] transposeTimes(double[] r) {
    double[] sum = new double[columns()];
    for (int i = 0; i < rows.length; i++)
      for (int j = 0; j < sum.length; j++) sum[j] += rows[i][j] * r[i];
    return sum;
  }

  /// `xᵢᵀ M xᵢ`.
  double quadratic(int row, double[][] m) {
    double sum = 0;
    for (int j = 0; j < m.length; j++)
      for (int k = 0; k < m.length; k++) sum += rows[row][j] * m[j][k] * rows[row][k];
    return sum;
  }
}
