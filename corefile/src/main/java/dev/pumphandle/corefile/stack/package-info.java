/// The stack of a dead thread: frames found by call frame information, by frame pointers, or by
/// scanning for return addresses, each with how far it can be trusted.
@NullMarked
package dev.pumphandle.corefile.stack;

import org.jspecify.annotations.NullMarked;
