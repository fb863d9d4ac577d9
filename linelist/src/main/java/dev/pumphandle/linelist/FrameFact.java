package dev.pumphandle.linelist;

import java.util.Optional;
import java.util.OptionalLong;

/// One frame of the dead thread's stack.
///
/// @param pc the frame's instruction (address)
/// @param function the function's name as the linker knows it, when symbols were at hand
/// @param file the path of the file that holds the instruction
/// @param offset where the instruction stands in that file's address space (address minus load
///   bias): equal for the same build wherever it was loaded
/// @param trust how the frame was found: `context`, `cfi`, `frame-pointer` or `scan`
public record FrameFact(
    long pc, Optional<String> function, Optional<String> file, OptionalLong offset, String trust) {}
