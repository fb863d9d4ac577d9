package dev.pumphandle.corefile.elf;

/// A part of a file that is also a part of memory.
///
/// @param vaddr where it is loaded, before any bias (unsigned)
/// @param fileOffset where it is in the file (bytes)
/// @param bytes how long it is (bytes)
public record FileRange(long vaddr, long fileOffset, long bytes) {}
