/// See the module's description in docs/ARCHITECTURE.md.
@NullMarked
package dev.pumphandle.stores;

import org.jspecify.annotations.NullMarked;
