/// The line list on disk, and questions to it: a workspace of immutable Parquet files, case
/// definitions in SQL, and DuckDB as the engine over both.
///
/// Nothing here knows what a core is: rows come in as [dev.pumphandle.linelist.CaseRow], answers go
/// out as tables. Nothing here prints.
@NullMarked
package dev.pumphandle.registry;

import org.jspecify.annotations.NullMarked;
