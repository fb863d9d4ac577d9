package dev.pumphandle.linelist;

import java.util.Optional;

/// One file that was loaded into the dead process.
///
/// @param path the path, as the process saw it
/// @param buildId the build-id in hex, when the core kept the page that holds it
/// @param base the lowest address of its mappings
public record ModuleFact(String path, Optional<String> buildId, long base) {}
