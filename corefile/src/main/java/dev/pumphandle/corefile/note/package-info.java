/// What the notes of a core say: one type per kind of note, known by owner *and* type number,
/// decoded when asked.
///
/// Lives here: the sealed family [dev.pumphandle.corefile.note.Note] and the walk over a note
/// section ([dev.pumphandle.corefile.note.NoteSection]). A note's constructor is only reached when
/// its contents are large enough for its fixed part, so accessors never fail; what is smaller, or
/// not known, is an [dev.pumphandle.corefile.note.UnknownNote] with its bytes.
///
/// Does not live here: which thread a note belongs to (`CoreFile`), what registers mean, notes of
/// other systems' cores.
@NullMarked
package dev.pumphandle.corefile.note;

import org.jspecify.annotations.NullMarked;
