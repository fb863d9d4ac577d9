package dev.pumphandle.corefile.elf;

/// Where a stripped file says that its symbols went (`.gnu_debuglink`).
///
/// Source: GDB manual, "Debugging Information in Separate Files"
///
/// @param fileName the other file's name, without a directory
/// @param crc32 the CRC-32 of its contents (unsigned)
public record DebugLink(String fileName, long crc32) {}
