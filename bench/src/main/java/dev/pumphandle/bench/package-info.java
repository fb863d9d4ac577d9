/// Benchmarks that print figures: whole runs of Pumphandle beside gdb, eu-stack and a C program
/// that only does the same reads, on the same cores; and how often an investigation of simulated
/// fleets finds what was planted and nothing else. Nothing here fails a build: a slow machine is
/// no defect. Nothing here is imported by any other module.
@NullMarked
package dev.pumphandle.bench;

import org.jspecify.annotations.NullMarked;
