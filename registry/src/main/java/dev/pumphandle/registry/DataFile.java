package dev.pumphandle.registry;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// A file of the line list that can be read.
///
/// @param path where it lies
/// @param columns the fingerprint of its columns ([ParquetFooter#fingerprint]); none in a file
///   that an older Pumphandle wrote
/// @param replaces the names of the files whose rows it holds too, in the same directory
record DataFile(Path path, Optional<String> columns, Set<String> replaces) {}
