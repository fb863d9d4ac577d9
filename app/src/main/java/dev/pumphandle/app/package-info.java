/// See the module's description in docs/ARCHITECTURE.md.
@NullMarked
package dev.pumphandle.app;

import org.jspecify.annotations.NullMarked;
