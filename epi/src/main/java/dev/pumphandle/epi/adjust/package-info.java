/// Many tests at once: Bonferroni, Holm, Hochberg, Benjamini–Hochberg, Benjamini–Yekutieli, and the
/// testability of Tarone. Nothing here computes a p-value of its own.
@NullMarked
package dev.pumphandle.epi.adjust;

import org.jspecify.annotations.NullMarked;
