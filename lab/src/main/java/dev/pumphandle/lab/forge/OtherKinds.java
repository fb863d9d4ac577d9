package dev.pumphandle.lab.forge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/// Files that lie where cores lie and are none, or are cores that we do not read.
final class OtherKinds {

  static final List<HostileFile> ALL = all();

  private OtherKinds() {}

  private static List<HostileFile> all() {
    List<HostileFile> files = new ArrayList<>();
    otherElf(files);
    otherFormats(files);
    compressed(files);
    return List.copyOf(files);
  }

  private static void otherElf(List<HostileFile> files) {
    ForgedCore whole = WholeCores.x86().forge();
    files.add(HostileFile.of("elf-32-bit", () -> whole.patch("ehdr.ei_class", 1)));
    files.add(HostileFile.of("elf-class-0", () -> whole.patch("ehdr.ei_class", 0)));
    files.add(HostileFile.of("elf-big-endian", () -> whole.patch("ehdr.ei_data", 2)));
    files.add(HostileFile.of("elf-version-2", () -> whole.patch("ehdr.ei_version", 2)));
    // FreeBSD, Solaris, NetBSD, OpenBSD, standalone
    for (int abi : new int[] {9, 6, 2, 12, 255})
      files.add(HostileFile.of("elf-osabi-" + abi, () -> whole.patch("ehdr.ei_osabi", abi)));
    // none, relocatable, executable, shared object
    for (int type : new int[] {0, 1, 2, 3, 0xfe00, 0xffff})
      files.add(HostileFile.of("elf-type-" + type, () -> whole.patch("ehdr.e_type", type)));
    // none, i386, MIPS, PowerPC64, S/390, ARM, IA-64, RISC-V, LoongArch
    for (int machine : new int[] {0, 3, 8, 21, 22, 40, 50, 243, 258})
      files.add(
          HostileFile.of("elf-machine-" + machine, () -> whole.patch("ehdr.e_machine", machine)));
    for (String owner : List.of("FreeBSD", "NetBSD-CORE", "OpenBSD", "QNX"))
      files.add(HostileFile.of("notes-of-" + owner, () -> foreign(owner)));
    files.add(HostileFile.of("kernel-dump", () -> kernelDump()));
    files.add(HostileFile.of("executable", () -> elf().onDisk()));
    files.add(HostileFile.of("elf-32-bit-big-endian-whole", OtherKinds::bigEndian));
    files.add(HostileFile.of("elf-magic-only", () -> bytes("7f 45 4c 46")));
    files.add(HostileFile.of("elf-ident-only", () -> whole.cutAt(16)));
  }

  private static ForgedCore foreign(String owner) {
    return CoreForge.of(ForgedMachine.X86_64)
        .onlyNotes(
            List.of(
                new ForgedNote(owner, 1, new Blob().zeros(224)),
                new ForgedNote(owner, 3, new Blob().zeros(120))))
        .region(Region.at(0x40_0000, 0x1000))
        .forge();
  }

  private static ForgedCore kernelDump() {
    return CoreForge.of(ForgedMachine.X86_64)
        .onlyNotes(
            List.of(
                Notes.prStatus(new ForgedThread(ForgedMachine.X86_64, 0), ForgedProcess.of(0, "")),
                Notes.vmCoreInfo()))
        .region(Region.at(0xffff_ffff_8100_0000L, 0x2000))
        .forge();
  }

  private static ForgedElf elf() {
    return new ForgedElf(ForgedMachine.X86_64, "/opt/courier/bin/courier", Software.service())
        .program();
  }

  private static ForgedCore bigEndian() {
    return bytes(
        "7f 45 4c 46 01 02 01 00 00 00 00 00 00 00 00 00 00 04 00 14 00 00 00 01 00 00 00 00 00 00 00 34"
            + " 00".repeat(64));
  }

  private static void otherFormats(List<HostileFile> files) {
    files.add(HostileFile.of("empty-file", () -> ForgedCore.of(new byte[0])));
    files.add(HostileFile.of("one-byte", () -> bytes("7f")));
    files.add(HostileFile.of("script", () -> text("#!/bin/sh\nrm -rf \"$HOME/none\"\n")));
    files.add(HostileFile.of("json", () -> text("{\"k8s_node_name\":\"n1\"}")));
    files.add(
        HostileFile.of("text", () -> text("Segmentation fault (core dumped)\n".repeat(1000))));
    files.add(HostileFile.of("html", () -> text("<!doctype html><title>404</title>")));
    files.add(HostileFile.of("minidump", () -> magic("4d 44 4d 50 93 a7 00 00", 4096)));
    files.add(HostileFile.of("windows-dump", () -> magic("50 41 47 45 44 55 36 34", 8192)));
    files.add(HostileFile.of("windows-program", () -> magic("4d 5a 90 00", 4096)));
    files.add(
        HostileFile.of(
            "mach-o-core", () -> magic("cf fa ed fe 07 00 00 01 03 00 00 00 04 00 00 00", 4096)));
    files.add(HostileFile.of("kdump-compressed", () -> magic("4b 44 55 4d 50 20 20 20", 8192)));
    files.add(HostileFile.of("diskdump", () -> magic("44 49 53 4b 44 55 4d 50", 8192)));
    files.add(
        HostileFile.of(
            "makedumpfile-flat", () -> magic("6d 61 6b 65 64 75 6d 70 66 69 6c 65", 8192)));
    files.add(
        HostileFile.of(
            "java-heap-dump",
            () -> magic("4a 41 56 41 20 50 52 4f 46 49 4c 45 20 31 2e 30 2e 32 00", 8192)));
    files.add(HostileFile.of("parquet", () -> magic("50 41 52 31", 4096)));
    files.add(HostileFile.of("zip", () -> magic("50 4b 03 04 14 00", 4096)));
    files.add(
        HostileFile.of(
            "tar", () -> ForgedCore.of(new Blob().text("core", 257).text("ustar", 8).upTo(10240))));
    files.add(HostileFile.of("zeros-1-mb", () -> ForgedCore.of(new byte[1 << 20])));
    files.add(HostileFile.of("ff-1-mb", OtherKinds::ff));
    files.add(HostileFile.of("noise-1-mb", () -> noise(1)));
    files.add(
        HostileFile.of(
            "noise-behind-elf-magic",
            () -> noise(2).patch(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0})));
    files.add(
        HostileFile.of(
            "noise-behind-a-true-header",
            () -> noise(3).patch(0, WholeCores.x86().forge().read(0, 64))));
    files.add(
        HostileFile.of(
            "noise-behind-true-program-headers",
            () -> noise(4).patch(0, WholeCores.x86().forge().read(0, 1024))));
  }

  private static void compressed(List<HostileFile> files) {
    ForgedCore whole = WholeCores.x86().forge();
    files.add(HostileFile.of("gzip-cut.gz", () -> gzip(whole.bytes()).cutAt(2000)));
    files.add(
        HostileFile.of(
            "gzip-of-a-script.gz", () -> gzip("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8))));
    files.add(
        HostileFile.of("gzip-damaged.gz", () -> gzip(whole.bytes()).patch(500, new byte[64])));
    files.add(HostileFile.of("gzip-of-gzip.gz", () -> gzip(gzip(whole.bytes()).bytes())));
    files.add(HostileFile.of("gzip-bomb.gz", () -> gzip(whole.read(0, 4096), 300)));
    files.add(HostileFile.of("gzip-header-only.gz", () -> bytes("1f 8b 08 00 00 00 00 00 00 03")));
    files.add(HostileFile.of("zstd-bomb.zst", OtherKinds::zstdBomb));
    files.add(
        HostileFile.of(
            "zstd-size-lies.zst", () -> bytes("28 b5 2f fd e0 ff ff ff ff ff ff ff 7f 01 00 00")));
    files.add(
        HostileFile.of(
            "zstd-window-of-terabytes.zst", () -> bytes("28 b5 2f fd 00 ff 03 00 00 00")));
    files.add(HostileFile.of("zstd-magic-only.zst", () -> bytes("28 b5 2f fd")));
    files.add(HostileFile.of("xz-magic-only.xz", () -> bytes("fd 37 7a 58 5a 00")));
    files.add(HostileFile.of("bzip2-magic-only.bz2", () -> bytes("42 5a 68 39")));
    files.add(HostileFile.of("lz4-magic-only.lz4", () -> bytes("04 22 4d 18")));
    for (String ending : List.of("gz", "zst", "xz", "bz2", "lz4"))
      files.add(HostileFile.of("core-not-compressed." + ending, named(whole)));
  }

  private static Supplier<ForgedCore> named(ForgedCore core) {
    return () -> core;
  }

  private static ForgedCore gzip(byte[] content) {
    return gzip(content, 0);
  }

  /// @param megabytes of zeros behind the content
  private static ForgedCore gzip(byte[] content, int megabytes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < megabytes; i++) out.write(zeros);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ForgedCore.of(bytes.toByteArray());
  }

  /// A core's first page and then 4 GB of zeros in blocks of 128 KB that take four bytes each.
  ///
  /// Source: RFC 8878, §3.1.1.1 (frame header: no single segment, window of 8 MB) and §3.1.1.2 (raw
  /// and RLE blocks).
  private static ForgedCore zstdBomb() {
    byte[] head = WholeCores.x86().forge().read(0, 4096);
    Blob b = new Blob().hex("28 b5 2f fd 00 68");
    int raw = head.length << 3;
    b.hex("%02x %02x %02x".formatted(raw & 0xff, raw >> 8 & 0xff, raw >> 16)).bytes(head);
    for (int i = 0; i < 32_768; i++) {
      int rle = (128 << 10) << 3 | 1 << 1 | (i == 32_767 ? 1 : 0);
      b.hex("%02x %02x %02x 00".formatted(rle & 0xff, rle >> 8 & 0xff, rle >> 16));
    }
    return ForgedCore.of(b);
  }

  private static ForgedCore ff() {
    byte[] b = new byte[1 << 20];
    Arrays.fill(b, (byte) 0xff);
    return ForgedCore.of(b);
  }

  private static ForgedCore noise(long seed) {
    byte[] b = new byte[1 << 20];
    new SplittableRandom(seed).nextBytes(b);
    return ForgedCore.of(b);
  }

  private static ForgedCore bytes(String hex) {
    return ForgedCore.of(new Blob().hex(hex));
  }

  private static ForgedCore magic(String hex, int size) {
    return ForgedCore.of(new Blob().hex(hex).upTo(size));
  }

  private static ForgedCore text(String text) {
    return ForgedCore.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
