/// Machine instructions, as far as a crash needs them: which instruction stood at an address, where
/// its operand pointed, and whether a call stands before a return address.
///
/// A disassembler for people this is not: no text is made here. Bytes that the decoder does not
/// know
/// are answered with nothing, never with a guess.
@NullMarked
package dev.pumphandle.corefile.code;

import org.jspecify.annotations.NullMarked;
