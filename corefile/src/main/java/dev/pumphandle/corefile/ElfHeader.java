package dev.pumphandle.corefile;

/// The ELF header of a 64-bit little-endian file, as the file states it.
///
/// @param type `e_type`: 4 for a core, 2 and 3 for programs and shared objects
/// @param machineNumber `e_machine`
/// @param osAbi `e_ident[EI_OSABI]`
/// @param entry `e_entry`, the entry point (unsigned)
/// @param programHeadersAt `e_phoff` (bytes, unsigned)
/// @param programHeaderCount `e_phnum`; 0xffff means that the true count stands in section header 0
/// @param sectionHeadersAt `e_shoff` (bytes, unsigned)
/// @param sectionHeaderCount `e_shnum`
/// @param sectionNamesIndex `e_shstrndx`, the section that holds the sections' names
public record ElfHeader(
    int type,
    int machineNumber,
    int osAbi,
    long entry,
    long programHeadersAt,
    int programHeaderCount,
    long sectionHeadersAt,
    int sectionHeaderCount,
    int sectionNamesIndex) {

  /// The size of the header (bytes).
  public static final int BYTES = 64;

  /// A core (`ET_CORE`).
  public static final int CORE = 4;

  /// The count that means "see section header 0" (`PN_XNUM`).
  public static final int EXTENDED_COUNT = 0xffff;

  /// Decodes the header at the start of a file.
  ///
  /// @throws TruncatedCoreException where the file ends inside the header
  /// @throws MalformedCoreException where the program headers are of another size than ELF64's
  public static ElfHeader decode(ByteView first, String source) throws CoreFormatException {
    NamedView view = new NamedView(first, source, "ELF header", 0);
    if (first.length() < BYTES) {
      throw new TruncatedCoreException(new Where(source, "ELF header", 0), BYTES, first.length());
    }
    int count = view.u16("e_phnum", 56);
    int entryBytes = view.u16("e_phentsize", 54);
    if (count != 0 && entryBytes != 56) {
      throw new MalformedCoreException(
          view.where("e_phentsize", 54), "wrong entry size", "56 bytes", entryBytes + " bytes");
    }
    return new ElfHeader(
        view.u16("e_type", 16),
        view.u16("e_machine", 18),
        first.u8(7),
        view.u64("e_entry", 24),
        view.u64("e_phoff", 32),
        count,
        view.u64("e_shoff", 40),
        view.u16("e_shnum", 60),
        view.u16("e_shstrndx", 62));
  }
}
