/// What crash handlers write beside a core: systemd-coredump into the journal and into extended
/// attributes, apport and ABRT into reports, core-dump-handler into JSON files. Each has a class
/// that knows its fields; they all fill the same columns.
///
/// The core itself knows better: what it has told already stands.
@NullMarked
package dev.pumphandle.fieldwork.handler;

import org.jspecify.annotations.NullMarked;
