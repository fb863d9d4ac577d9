/// What object names and the files beside objects tell: names in core_pattern syntax,
/// systemd-coredump's names, JSON sidecars.
@NullMarked
package dev.pumphandle.fieldwork.name;

import org.jspecify.annotations.NullMarked;
