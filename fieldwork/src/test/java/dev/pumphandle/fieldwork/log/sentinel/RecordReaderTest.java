package dev.pumphandle.fieldwork.log.sentinel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.memory.Stretch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Lines as the sentinel writes them, and as the way through a log may leave them.
class RecordReaderTest {

  private static SentinelRecord record(String line) {
    return RecordReader.read(line).orElseThrow();
  }

  @Test
  void aTrueLineIsReadToItsEndWithoutAComplaint() {
    for (String illness : SentinelLines.ALL) {
      SentinelRecord record = record(SentinelLines.of(illness));
      assertThat(record.problems()).as(illness).isEmpty();
      boolean arm = illness.startsWith("aarch64");
      assertThat(record.registers().all()).as(illness).hasSize(arm ? 34 : 22);
      assertThat(record.mappings()).as(illness).isNotEmpty();
      assertThat(record.files()).as(illness).isNotEmpty();
    }
  }

  @Test
  void numbersListsAndTextsMeanWhatThePageSays() {
    SentinelRecord record =
        record(
            "*** pumphandle v1 arch=x86-64 t=1.5 sig=11 code=1 addr=0x10 trap=14 err=0x4 rip=0x401005"
                + " rsp=0xffffffffffff0000 said=a%20b%25 exe=/srv/a%20b"
                + " mod=400000-403000,0,abcd,/srv/a%20b map=402000-403000,rw;400000-402000,rx,0,0"
                + " mem=402000:1,~,ff;402018:2 res=12,-6,400010,402040 txt=401000:9090c3 ***");

    assertThat(record.machine()).isEqualTo(Machine.X86_64);
    assertThat(record.registers().sp()).isEqualTo(0xffffffffffff0000L);
    assertThat(record.address()).isEqualTo(OptionalLong.of(16));
    assertThat(record.error()).isEqualTo(OptionalLong.of(4));
    assertThat(record.text("said")).contains("a b%");
    assertThat(record.files().getFirst().path()).contains("/srv/a b");
    assertThat(record.files().getFirst().buildId().orElseThrow().hex()).isEqualTo("abcd");
    assertThat(record.mappings()).extracting(Mapping::from).containsExactly(0x400000L, 0x402000L);
    assertThat(record.mappings().getFirst().path()).contains("/srv/a b");
    assertThat(record.memory())
        .extracting(Stretch::from)
        .as("what was kept back is a gap, what touches is one stretch")
        .containsExactly(0x401000L, 0x402000L, 0x402010L);
    assertThat(record.memory().getLast().bytes().u64(8)).isEqualTo(2);
    assertThat(record.earlier())
        .containsExactly(new SentinelRecord.Earlier(12, -6, 0x400010, 0x402040));
    assertThat(record.problems()).isEmpty();
  }

  @Test
  void aLineThatWasCutAnywhereGivesWhatCameThroughAndSaysThatItIsCut() {
    String line = SentinelLines.of("return-null");
    int registers = line.indexOf(" exe=");
    for (int length = 0; length < line.length() - 4; length++) {
      Optional<SentinelRecord> record = RecordReader.read(line.substring(0, length));
      if (length > registers) {
        assertThat(record.orElseThrow().problems()).as("cut at " + length).isNotEmpty();
      }
    }
  }

  @Test
  void anyFieldMayBeMissingEmptyOrNonsense() {
    for (String illness : SentinelLines.ALL) {
      String line = SentinelLines.of(illness);
      for (String name : fields(line).keySet()) {
        boolean needed = List.of("arch", "sig", "rip", "pc").contains(name);
        for (String other : List.of("", "~", "-1", "0x", "zz;,,:;-", "f".repeat(40), "%", "9g9")) {
          String changed = line.replaceFirst(" " + name + "=[^ ]*", " " + name + "=" + other);
          Optional<SentinelRecord> record = RecordReader.read(changed);
          assertThat(record.isPresent()).as(changed).isEqualTo(!needed);
        }
        assertThat(RecordReader.read(line.replaceFirst(" " + name + "=[^ ]*", "")).isPresent())
            .isEqualTo(!needed);
      }
    }
  }

  @Test
  void entriesThatMakeNoSenseAreToldAndTheOthersKept() {
    SentinelRecord record =
        record(
            "*** pumphandle v1 arch=aarch64 sig=11 code=1 pc=0x0 sp=0x10"
                + " map=3000-2000,rw;1000-2000,rw;1800-2800,r;5000-6000,r,7,0 mem=zz:1;1000:1,q,2 ***");

    assertThat(record.mappings()).extracting(Mapping::from).containsExactly(0x1000L);
    assertThat(record.memory()).extracting(Stretch::from).containsExactly(0x1000L, 0x1010L);
    assertThat(record.problems()).hasSize(5);
  }

  @Test
  void anotherVersionIsNotGuessedAt() {
    String line = SentinelLines.of("return-null");
    assertThat(RecordReader.read(line.replace(" v1 ", " v2 "))).isEmpty();
    assertThat(RecordReader.read(line.replace(" v1 ", " v11 "))).isEmpty();
  }

  @Test
  void noiseIsNeverAnException() {
    Random random = new Random(4);
    for (String illness : SentinelLines.ALL) {
      String line = SentinelLines.of(illness);
      for (int i = 0; i < 100; i++) {
        StringBuilder noisy = new StringBuilder(line);
        for (int n = 0; n < 1 + i % 20; n++) {
          int at = 18 + random.nextInt(line.length() - 18);
          noisy.setCharAt(at, (char) (32 + random.nextInt(96)));
        }
        assertThat(SentinelLines.rows(noisy.toString())).as(noisy.toString()).hasSizeLessThan(2);
      }
    }
  }

  private static Map<String, String> fields(String line) {
    Map<String, String> fields = new TreeMap<>();
    for (String word : line.split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        fields.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return fields;
  }
}
