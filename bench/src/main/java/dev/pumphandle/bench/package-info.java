/// See the module's description in docs/ARCHITECTURE.md.
@NullMarked
package dev.pumphandle.bench;

import org.jspecify.annotations.NullMarked;
