package dev.pumphandle.corefile.loaded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.pumphandle.corefile.Anomaly;
import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.ForgedSource;
import dev.pumphandle.corefile.MeteredSource;
import dev.pumphandle.corefile.elf.BuildId;
import dev.pumphandle.lab.forge.Blob;
import dev.pumphandle.lab.forge.Code;
import dev.pumphandle.lab.forge.CoreForge;
import dev.pumphandle.lab.forge.ForgedElf;
import dev.pumphandle.lab.forge.ForgedMachine;
import dev.pumphandle.lab.forge.ForgedThread;
import dev.pumphandle.lab.forge.Region;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadedFilesTest {

  private static final long PROGRAM = 0x5555_5555_4000L;
  private static final long LIBRARY = 0x7fff_f7c0_0000L;
  private static final long LINKER = 0x7fff_f7fc_0000L;
  private static final long VDSO = 0x7fff_f7f0_0000L;
  private static final long LINK_MAP = 0x7fff_f7ff_0000L;
  private static final long STACK = 0x7fff_ff00_0000L;

  private final ForgedElf program = elf("/opt/bin/server", 0xaa).program();
  private final ForgedElf library = elf("/opt/lib/libfoo.so.1", 0xbb);
  private final ForgedElf linker = elf("/lib64/ld-linux-x86-64.so.2", 0xcc);
  private final ForgedElf vdso = elf("", 0xdd);

  private static ForgedElf elf(String path, int id) {
    Code code =
        new Code(ForgedMachine.X86_64, ForgedElf.TEXT).function("main").hex("c3").function("f");
    return new ForgedElf(ForgedMachine.X86_64, path, code.hex("90 c3"))
        .buildId(new byte[] {(byte) id, 1, 2, 3});
  }

  private CoreForge core() {
    return CoreForge.of(ForgedMachine.X86_64)
        .thread(new ForgedThread(ForgedMachine.X86_64, 1).cursig(11))
        .auxv(3, PROGRAM + 64)
        .auxv(7, LINKER)
        .auxv(9, PROGRAM + program.at("main"))
        .auxv(31, STACK + 0x100)
        .auxv(33, VDSO)
        .regions(program.mappedAt(PROGRAM, "", false, LINK_MAP))
        .regions(library.mappedAt(LIBRARY, "", false, 0))
        .regions(linker.mappedAt(LINKER, "", false, 0))
        .region(Region.at(0x7fff_f600_0000L, 0x1000).permissions("r--").file("/opt/locale", 0))
        .region(Region.at(STACK, 0x1000).text(STACK + 0x100, "./server"))
        .region(links());
  }

  /// r_debug, then three link maps, then their names.
  private Region links() {
    Region region = Region.at(LINK_MAP, 0x1000);
    region.blob("", LINK_MAP, new Blob().u64(1).u64(LINK_MAP + 0x100).u64(0).u64(0).u64(LINKER));
    region.blob(
        "link[0].", LINK_MAP + 0x100, link(PROGRAM, 0x800, PROGRAM + ForgedElf.DATA, 0x200));
    region.blob(
        "link[1].", LINK_MAP + 0x200, link(LIBRARY, 0x810, LIBRARY + ForgedElf.DATA, 0x300));
    region.blob("link[2].", LINK_MAP + 0x300, link(LINKER, 0x840, LINKER + ForgedElf.DATA, 0));
    return region
        .text(LINK_MAP + 0x810, "/opt/lib/libfoo.so.1")
        .text(LINK_MAP + 0x840, "/lib64/ld-linux-x86-64.so.2");
  }

  private static Blob link(long bias, int name, long dynamic, int next) {
    return new Blob()
        .u64("l_addr", bias)
        .u64("l_name", LINK_MAP + name)
        .u64("l_ld", dynamic)
        .u64("l_next", next == 0 ? 0 : LINK_MAP + next)
        .u64("l_prev", 0);
  }

  private static LoadedFiles of(CoreForge forge) throws IOException {
    return LoadedFiles.of(CoreFile.open(new ForgedSource(forge.forge())));
  }

  @Test
  void filesComeWithBuildIdsFromTheCoresOwnPages() throws IOException {
    LoadedFiles files =
        of(
            core()
                .regions(
                    vdso.mappedAt(VDSO, "", true, 0).stream().map(r -> r.file("", 0)).toList()));

    assertThat(files.list())
        .extracting(LoadedFile::kind, LoadedFile::name, f -> f.buildId().map(BuildId::hex).get())
        .containsExactly(
            tuple(LoadedFile.Kind.MAIN, "/opt/bin/server", "aa010203"),
            tuple(LoadedFile.Kind.LIBRARY, "/opt/lib/libfoo.so.1", "bb010203"),
            tuple(LoadedFile.Kind.VDSO, "[vdso]", "dd010203"),
            tuple(LoadedFile.Kind.LINKER, "/lib64/ld-linux-x86-64.so.2", "cc010203"));
    LoadedFile main = files.main().orElseThrow();
    assertThat(main.base()).isEqualTo(PROGRAM);
    assertThat(main.bias()).isEqualTo(PROGRAM);
    assertThat(main.to()).isEqualTo(PROGRAM + ForgedElf.SIZE);
    assertThat(files.at(LIBRARY + 0x1001)).map(LoadedFile::name).contains("/opt/lib/libfoo.so.1");
    assertThat(files.at(STACK)).isEmpty();
    // Data that was mapped from a file was not loaded.
    assertThat(files.at(0x7fff_f600_0000L)).isEmpty();
  }

  @Test
  void theVdsoIsOpenedFromTheCore() throws IOException {
    LoadedFiles files =
        of(
            core()
                .regions(
                    vdso.mappedAt(VDSO, "", true, 0).stream().map(r -> r.file("", 0)).toList()));
    assertThat(files.vdsoImage().orElseThrow().buildId()).contains(new BuildId("dd010203"));
    assertThat(of(core()).vdsoImage()).isEmpty();
  }

  @Test
  void withoutAFileMapNamesComeFromTheLinkMap() throws IOException {
    LoadedFiles files = of(core().withoutFileNote());

    assertThat(files.list())
        .extracting(LoadedFile::name)
        .containsExactly("./server", "/opt/lib/libfoo.so.1", "/lib64/ld-linux-x86-64.so.2");
    assertThat(files.main().orElseThrow().buildId()).contains(new BuildId("aa010203"));
    assertThat(files.linkMap().entries()).hasSize(3);
    assertThat(files.linkMap().anomalies()).isEmpty();
  }

  @Test
  void aLinkMapThatRunsInACircleEnds() throws IOException {
    var forged = core().withoutFileNote().forge().patch("link[2].l_next", LINK_MAP + 0x200);
    LinkMap links = LoadedFiles.linkMapOf(CoreFile.open(new ForgedSource(forged)));
    assertThat(links.entries()).hasSize(3);
    assertThat(links.anomalies())
        .extracting(Anomaly::kind)
        .containsExactly(Anomaly.Kind.LINK_MAP_MALFORMED);
  }

  @Test
  void aLinkMapThatLeadsOutOfTheCoreEnds() throws IOException {
    var forged = core().withoutFileNote().forge().patch("link[1].l_next", 0x1234);
    LinkMap links = LoadedFiles.linkMapOf(CoreFile.open(new ForgedSource(forged)));
    assertThat(links.entries()).hasSize(2);
    assertThat(links.anomalies()).hasSize(1);
  }

  @Test
  void withoutElfHeadersFilesHaveNoBuildIdButTheirPlace() throws IOException {
    CoreForge forge =
        CoreForge.of(ForgedMachine.X86_64)
            .thread(new ForgedThread(ForgedMachine.X86_64, 1).cursig(11))
            .auxv(9, PROGRAM + program.at("main"));
    program.mappedAt(PROGRAM, "", false, 0).forEach(region -> forge.region(region.dumped(0)));
    LoadedFile main = of(forge).main().orElseThrow();

    assertThat(main.buildId()).isEmpty();
    assertThat(main.path()).contains("/opt/bin/server");
    assertThat(main.bias()).isEqualTo(PROGRAM);
  }

  @Test
  void theSamePathTwiceIsTwoFiles() throws IOException {
    LoadedFiles files =
        of(
            CoreForge.of(ForgedMachine.X86_64)
                .regions(library.mappedAt(LIBRARY, "", false, 0))
                .regions(library.mappedAt(LIBRARY + ForgedElf.SIZE, "", false, 0)));
    assertThat(files.list())
        .extracting(LoadedFile::base)
        .containsExactly(LIBRARY, LIBRARY + ForgedElf.SIZE);
  }

  @Test
  void firstPagesThatOpeningBroughtAreNotReadAgain() throws IOException {
    MeteredSource source = new MeteredSource(new ForgedSource(core().forge()));
    CoreFile core = CoreFile.open(source);
    assertThat(LoadedFiles.of(core).list()).hasSize(3);
    assertThat(source.reads()).hasSize(1);
  }

  @Test
  void firstPagesThatLieFarApartAreReadOnceEach() throws IOException {
    CoreForge forge =
        core()
            .region(Region.at(0x10_0000, 1 << 20))
            .region(Region.at(LIBRARY - (1 << 20), 1 << 20));
    MeteredSource source = new MeteredSource(new ForgedSource(forge.forge()));
    CoreFile core = CoreFile.open(source);
    assertThat(LoadedFiles.of(core).list()).hasSize(3);
    assertThat(source.requests()).isEqualTo(3);
    assertThat(source.bytesRead()).isLessThan((64 << 10) + (80 << 10));
  }

  @Test
  void pathsMayBeMissingAltogether() throws IOException {
    LoadedFiles files =
        of(
            CoreForge.of(ForgedMachine.X86_64)
                .regions(library.mappedAt(LIBRARY, "", false, 0))
                .withoutFileNote()
                .withoutAuxv());
    assertThat(files.list()).extracting(LoadedFile::path).isEqualTo(List.of(Optional.empty()));
    assertThat(files.list().getFirst().name()).isEqualTo("0x7ffff7c00000");
  }
}
