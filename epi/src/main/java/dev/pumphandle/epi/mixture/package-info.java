/// One disease or several: latent classes, the mixture anchored in accepted scan sets, and the test
/// whether two populations differ in what they were not split on.
@NullMarked
package dev.pumphandle.epi.mixture;

import org.jspecify.annotations.NullMarked;
