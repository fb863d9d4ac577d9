/// A round of collecting as a person watches it: how far it is, what came of it.
///
/// Reading and examining is fieldwork's; storing is registry's.
@NullMarked
package dev.pumphandle.app.collect;

import org.jspecify.annotations.NullMarked;
