package dev.pumphandle.corefile.note;

/// A note whose owner and type are not known here, or whose contents are too small for what they
/// should be; kept as it is.
public record UnknownNote(NoteHead head) implements Note {}
