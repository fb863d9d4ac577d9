package dev.pumphandle.lab.forge;

/// One ELF note: owner, type and descriptor.
///
/// @param owner the name before its closing zero, for example `CORE` or `LINUX`
/// @param type  n_type
/// @param body  the descriptor
public record ForgedNote(String owner, int type, Blob body) {

  /// The note with its header and both paddings, as it stands in the file.
  ///
  /// Source: System V gABI, chapter 5, "Note Section"; Linux v6.1 fs/binfmt_elf.c, writenote():
  /// name and descriptor are padded to 4 bytes.
  public Blob blob() {
    return new Blob()
        .u32("namesz", owner.isEmpty() ? 0 : owner.length() + 1)
        .u32("descsz", body.size())
        .u32("type", type)
        .bytes(owner.isEmpty() ? new byte[0] : new Blob().cString(owner).toArray())
        .align(4)
        .append("", body)
        .align(4);
  }
}
