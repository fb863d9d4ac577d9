/// See the module's description in docs/ARCHITECTURE.md.
@NullMarked
package dev.pumphandle.lab;

import org.jspecify.annotations.NullMarked;
