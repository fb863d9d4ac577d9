/// Evidence in, one row of facts out: an examination of one core, and a round over many.
///
/// Fieldwork gathers signs and makes no diagnosis: labels are the registry's business. It runs
/// anywhere a [dev.pumphandle.corefile.ByteSource] can be had, and knows no store, no SQL and no
/// terminal.
@NullMarked
package dev.pumphandle.fieldwork;

import org.jspecify.annotations.NullMarked;
