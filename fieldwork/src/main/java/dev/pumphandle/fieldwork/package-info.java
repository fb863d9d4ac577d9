/// See the module's description in docs/ARCHITECTURE.md.
@NullMarked
package dev.pumphandle.fieldwork;

import org.jspecify.annotations.NullMarked;
