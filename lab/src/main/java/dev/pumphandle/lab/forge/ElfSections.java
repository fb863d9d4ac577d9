package dev.pumphandle.lab.forge;

/// Section headers and their names behind a [ForgedElf]'s image: what tools that read files, not
/// memory, look at.
final class ElfSections {

  private static final int COUNT = 11;

  private final ElfPage page;
  private final ForgedElf elf;
  private final Blob image;
  private final Blob names = new Blob().zeros(1);
  private final Blob table = new Blob().zeros(64);

  ElfSections(ForgedElf elf, Blob image) {
    this.elf = elf;
    this.page = new ElfPage(elf);
    this.image = image;
  }

  Blob write() {
    long textBytes = elf.code().here() - ForgedElf.TEXT;
    int symbolTable = 2;
    section(".note.gnu.build-id", 7, 2, page.noteAt(), page.noteSize(), 0, 0, 4, 0);
    section(".dynsym", 11, 2, page.symbolsAt(), page.symbolBytes(), 3, 1, 8, 24);
    section(".dynstr", 3, 2, page.stringsAt(), page.stringBytes(), 0, 0, 1, 0);
    section(".hash", 5, 2, page.hashAt(), page.hashSize(), symbolTable, 0, 8, 4);
    section(".eh_frame_hdr", 1, 2, page.headerAt(), page.headerBytes(), 0, 0, 4, 0);
    section(".eh_frame", 1, 2, page.headerAt() + page.headerBytes(), page.frameBytes(), 0, 0, 4, 0);
    section(".text", 1, 6, ForgedElf.TEXT, textBytes, 0, 0, 16, 0);
    section(".dynamic", 6, 3, ForgedElf.DATA, page.dynamic(0, 0).size(), 3, 0, 8, 16);
    int dataBytes = Region.PAGE - ForgedElf.DYNAMIC_BYTES;
    section(".data", 1, 3, ForgedElf.dataAt(0), dataBytes, 0, 0, 8, 0);
    long namesAt = image.size();
    int nameOfNames = names.size();
    names.cString(".shstrtab");
    header(nameOfNames, 3, 0, 0, namesAt, names.size(), 0, 0, 1, 0);
    Blob file = image.bytes(names.toArray()).align(8);
    int tableAt = file.size();
    file.append("shdr.", table);
    return file.setU64(40, tableAt).setU32(60, COUNT | (COUNT - 1) << 16);
  }

  private void section(
      String name,
      int type,
      int flags,
      long at,
      long size,
      int link,
      int info,
      int align,
      int entry) {
    int nameAt = names.size();
    names.cString(name);
    header(nameAt, type, flags, at, at, size, link, info, align, entry);
  }

  private void header(
      int name,
      int type,
      int flags,
      long address,
      long at,
      long size,
      int link,
      int info,
      int align,
      int entry) {
    table
        .u32(name)
        .u32(type)
        .u64(flags)
        .u64(address)
        .u64(at)
        .u64(size)
        .u32(link)
        .u32(info)
        .u64(align)
        .u64(entry);
  }
}
