/// The demonstration: real crashes on this machine where it can make them, forged cores where it
/// cannot, shown as a population.
@NullMarked
package dev.pumphandle.app.demo;

import org.jspecify.annotations.NullMarked;
