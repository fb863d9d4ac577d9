/// A simulated fleet over a year: hosts, virtual machines that come and go, releases, kernels,
/// load, crashes,
/// and causes planted among them. What comes out is what a real fleet would leave, and beside it
/// the truth.
///
/// No Parquet and no columns of ours: records go to whoever takes them.
@NullMarked
package dev.pumphandle.lab.fleet;

import org.jspecify.annotations.NullMarked;
