package dev.pumphandle.epi.numeric;

import java.util.Optional;

/// A small symmetric positive definite matrix, decomposed as `L Lᵀ`.
///
/// Source: Golub and Van Loan, Matrix Computations, 4th ed., §4.2 (Cholesky).
public final class SymmetricMatrix {

  private final double[][] lower;

  private SymmetricMatrix(double[][] lower) {
    this.lower = lower;
  }

  /// The decomposition, or nothing when the matrix is not positive definite (columns that say the
  /// same thing, or weights that have all gone to zero).
  ///
  /// @param a the matrix, row by row; only its lower triangle is read
  public static Optional<SymmetricMatrix> decompose(double[][] a) {
    int n = a.length;
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) sum -= l[i][k] * l[j][k];
        if (i != j) l[i][j] = sum / l[j][j];
        else if (sum > 1e-14 * Math.abs(a[i][i])) l[i][i] = Math.sqrt(sum);
        else return Optional.empty();
      }
    }
    return Optional.of(new SymmetricMatrix(l));
  }

  /// The `x` with `A x = b`.
  public double[] solve(double[] b) {
    int n = lower.length;
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = b[i];
      for (int k = 0; k < i; k++) sum -= lower[i][k] * x[k];
      x[i] = sum / lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = x[i];
      for (int k = i + 1; k < n; k++) sum -= lower[k][i] * x[k];
      x[i] = sum / lower[i][i];
    }
    return x;
  }

  /// `A⁻¹`, row by row.
  public double[][] inverse() {
    int n = lower.length;
    double[][] inverse = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] unit = new double[n];
      unit[i] = 1;
      inverse[i] = solve(unit);
    }
    return inverse;
  }

  /// `ln det A`.
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < lower.length; i++) sum += 2 * Math.log(lower[i][i]);
    return sum;
  }
}
