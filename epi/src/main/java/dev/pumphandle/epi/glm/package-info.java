/// Regression by iteratively reweighted least squares: Poisson, logistic, Firth, negative binomial.
///
/// Small designs only (up to some twenty columns). Choosing the columns is not done here.
@NullMarked
package dev.pumphandle.epi.glm;

import org.jspecify.annotations.NullMarked;
