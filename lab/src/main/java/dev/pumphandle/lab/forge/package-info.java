/// False cores, built byte by byte.
///
/// What lives here: builders for everything that a Linux core file of x86-64 or AArch64 holds
/// ([CoreForge] and what it is made of), patients of
/// paper for each label (ForgedPatients), and files that mean harm (HostileFiles). Every length,
/// count and offset has a name and can be made to
/// lie afterwards ([ForgedCore#patch]).
///
/// What does not: any layout knowledge taken from our own reader. The numbers here were written
/// down from the kernel's and the C library's
/// headers and are checked against gdb, readelf and eu-readelf: a forger who shares the reader's
/// ruler hides the reader's mistakes.
@NullMarked
package dev.pumphandle.lab.forge;

import org.jspecify.annotations.NullMarked;
