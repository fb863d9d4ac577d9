package dev.pumphandle.epi.measure;

/// What a rate ratio would be without mislabelled cases.
///
/// Noise cases fall in proportion to the load and pull a ratio toward 1:
/// `corrected = (observed − f)/(1 − f)`, f the share of noise among the cases expected in the
/// subset.
///
/// Source: K. J. Rothman, S. Greenland, T. L. Lash, Modern Epidemiology, 3rd ed., ch. 19
/// (misclassification).
public final class LabelNoise {

  private LabelNoise() {}

  /// The corrected ratio; never below zero.
  ///
  /// @param noise f, in [0, 1)
  public static double corrected(double ratio, double noise) {
    if (!(noise >= 0 && noise < 1))
      throw new IllegalArgumentException("share of noise " + noise + ", expected within [0, 1)");
    return Math.max(0, (ratio - noise) / (1 - noise));
  }
}
