package dev.pumphandle.corefile.memory;

import dev.pumphandle.corefile.ByteView;
import java.util.Optional;

/// As many bytes as there are from an address on, and what ended them.
///
/// @param bytes the bytes, perhaps none
/// @param gap why there are not as many as asked for; empty where there are
public record PartialRead(ByteView bytes, Optional<MemoryRead.Gap> gap) {}
