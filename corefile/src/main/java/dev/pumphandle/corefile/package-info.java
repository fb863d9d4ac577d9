/// See the module's description in docs/ARCHITECTURE.md.
@NullMarked
package dev.pumphandle.corefile;

import org.jspecify.annotations.NullMarked;
