/// See the module's description in docs/ARCHITECTURE.md.
@NullMarked
package dev.pumphandle.linelist;

import org.jspecify.annotations.NullMarked;
