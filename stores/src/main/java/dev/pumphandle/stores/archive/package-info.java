/// Objects that hold other objects: tar and zip archives, the reports of apport, exports of the
/// journal. Each is walked once from front to back, and hands out its members one at a time.
///
/// What an archive says is hostile until checked: its members are never unpacked to disk, names are
/// only names, sizes only promises, and there is a limit to how many are looked at and how much is
/// unpacked. What a crash handler wrote beside a core is handed on as it stands: what it means is
/// not known here.
@NullMarked
package dev.pumphandle.stores.archive;

import org.jspecify.annotations.NullMarked;
