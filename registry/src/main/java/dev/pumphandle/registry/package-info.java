/// See the module's description in docs/ARCHITECTURE.md.
@NullMarked
package dev.pumphandle.registry;

import org.jspecify.annotations.NullMarked;
