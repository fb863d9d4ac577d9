/// What a row of the line list is: columns as data, and the row itself.
///
/// Both sides of the wall between facts and questions agree here: fieldwork fills rows without
/// knowing Parquet or SQL, the registry stores rows without knowing what a core is. Nothing here
/// reads bytes, runs SQL or knows a case definition.
@NullMarked
package dev.pumphandle.linelist;

import org.jspecify.annotations.NullMarked;
