package dev.pumphandle.fieldwork.log.sentinel;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.Permissions;
import dev.pumphandle.corefile.elf.BuildId;
import dev.pumphandle.corefile.loaded.LoadedFile;
import dev.pumphandle.corefile.memory.Stretch;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Reads the fields that are lists. An entry that makes no sense is passed over and told.
final class RecordLists {

  private static final int READ = 4;
  private static final int WRITE = 2;
  private static final int EXECUTE = 1;

  /// More entries than a line of 16 KiB that makes sense can have (count).
  private static final int MOST = 1024;

  private final Map<String, String> fields;
  private final Consumer<String> problem;

  RecordLists(Map<String, String> fields, Consumer<String> problem) {
    this.fields = fields;
    this.problem = problem;
  }

  private record Range(long from, long to) {}

  /// `from-to,bias,build-id,path`: in the line's order, for mappings count into it.
  List<LoadedFile> files(String program) {
    List<LoadedFile> files = new ArrayList<>();
    for (String entry : entries("mod")) {
      String[] parts = entry.split(",", -1);
      Optional<Range> range = range(parts[0]);
      OptionalLong bias = parts.length == 4 ? FieldText.hex(parts[1]) : OptionalLong.empty();
      if (range.isEmpty() || bias.isEmpty()) {
        nonsense("mod", entry);
        files.add(new LoadedFile(kind("", program), Optional.empty(), Optional.empty(), 0, 0, 0));
        continue;
      }
      String path = FieldText.unescaped(parts[3]);
      boolean identified =
          !parts[2].isEmpty()
              && parts[2].length() % 2 == 0
              && parts[2].length() <= 128
              && FieldText.onlyHex(parts[2]);
      files.add(
          new LoadedFile(
              kind(path, program),
              path.isEmpty() ? Optional.empty() : Optional.of(path),
              identified ? Optional.of(new BuildId(parts[2])) : Optional.empty(),
              range.get().from(),
              range.get().to(),
              bias.getAsLong()));
    }
    return files;
  }

  private static LoadedFile.Kind kind(String path, String program) {
    if (path.equals("[vdso]")) {
      return LoadedFile.Kind.VDSO;
    }
    return !path.isEmpty() && path.equals(program) ? LoadedFile.Kind.MAIN : LoadedFile.Kind.LIBRARY;
  }

  /// `from-to,permissions` or `from-to,permissions,number,offset`; sorted, those over another left
  /// out.
  List<Mapping> mappings(List<LoadedFile> files) {
    List<Mapping> mappings = new ArrayList<>();
    for (String entry : entries("map")) {
      String[] parts = entry.split(",", -1);
      Optional<Range> range = range(parts[0]);
      if (range.isEmpty() || (parts.length != 2 && parts.length != 4)) {
        nonsense("map", entry);
        continue;
      }
      OptionalLong number = parts.length == 4 ? FieldText.decimal(parts[2]) : OptionalLong.empty();
      OptionalLong offset = parts.length == 4 ? FieldText.hex(parts[3]) : OptionalLong.of(0);
      boolean known =
          number.isPresent() && number.getAsLong() >= 0 && number.getAsLong() < files.size();
      if (offset.isEmpty() || (parts.length == 4 && !known)) {
        nonsense("map", entry);
        continue;
      }
      mappings.add(
          new Mapping(
              range.get().from(),
              range.get().to(),
              Permissions.ofFlags(flags(parts[1])),
              known ? files.get((int) number.getAsLong()).path() : Optional.empty(),
              offset.getAsLong(),
              0));
    }
    mappings.sort((a, b) -> Long.compareUnsigned(a.from(), b.from()));
    List<Mapping> apart = new ArrayList<>();
    for (Mapping mapping : mappings) {
      if (apart.isEmpty() || Long.compareUnsigned(apart.getLast().to(), mapping.from()) <= 0) {
        apart.add(mapping);
      } else {
        nonsense("map", mapping.toString());
      }
    }
    return apart;
  }

  private static int flags(String permissions) {
    return (permissions.contains("r") ? READ : 0)
        | (permissions.contains("w") ? WRITE : 0)
        | (permissions.contains("x") ? EXECUTE : 0);
  }

  /// `mem`, words, and `txt`, bytes, put together: sorted, and what stands in two of them once.
  List<Stretch> memory() {
    List<Stretch> all = new ArrayList<>();
    for (String entry : entries("mem")) {
      words(entry, all);
    }
    for (String entry : entries("txt")) {
      int colon = entry.indexOf(':');
      OptionalLong from = FieldText.hex(colon < 0 ? "" : entry.substring(0, colon));
      String digits = entry.substring(colon + 1);
      if (from.isEmpty() || digits.length() % 2 != 0 || !FieldText.onlyHex(digits)) {
        nonsense("txt", entry);
      } else {
        add(all, from.getAsLong(), HexFormat.of().parseHex(digits));
      }
    }
    return apart(all);
  }

  /// `address:word,word`; a word that was kept back is a gap.
  private void words(String entry, List<Stretch> all) {
    int colon = entry.indexOf(':');
    OptionalLong from = FieldText.hex(colon < 0 ? "" : entry.substring(0, colon));
    if (from.isEmpty()) {
      nonsense("mem", entry);
      return;
    }
    long at = from.getAsLong();
    for (String text : entry.substring(colon + 1).split(",", -1)) {
      OptionalLong word = FieldText.hex(text);
      if (word.isPresent()) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
          bytes[i] = (byte) (word.getAsLong() >>> (8 * i));
        }
        add(all, at, bytes);
      } else if (!text.equals("~")) {
        nonsense("mem", text);
      }
      at += 8;
    }
  }

  private void add(List<Stretch> all, long from, byte[] bytes) {
    if (bytes.length > 0 && Long.compareUnsigned(from + bytes.length, from) > 0) {
      all.add(new Stretch(from, ByteView.of(bytes)));
    }
  }

  /// Sorted and joined; of what stands twice the one that begins lower is kept.
  private static List<Stretch> apart(List<Stretch> all) {
    all.sort((a, b) -> Long.compareUnsigned(a.from(), b.from()));
    List<Stretch> apart = new ArrayList<>();
    for (Stretch next : all) {
      if (apart.isEmpty() || Long.compareUnsigned(apart.getLast().to(), next.from()) < 0) {
        apart.add(next);
      } else if (Long.compareUnsigned(next.to(), apart.getLast().to()) > 0) {
        apart.add(joined(apart.removeLast(), next));
      }
    }
    return apart;
  }

  private static Stretch joined(Stretch low, Stretch high) {
    byte[] bytes = new byte[(int) (high.to() - low.from())];
    int from = (int) (high.from() - low.from());
    high.bytes().copyTo(0, bytes, from, high.bytes().length());
    low.bytes().copyTo(0, bytes, 0, low.bytes().length());
    return new Stretch(low.from(), ByteView.of(bytes));
  }

  /// `signal,code,pc,sp`.
  List<SentinelRecord.Earlier> earlier() {
    List<SentinelRecord.Earlier> earlier = new ArrayList<>();
    for (String entry : entries("res")) {
      String[] parts = entry.split(",", -1);
      OptionalLong signo = FieldText.decimal(parts[0]);
      OptionalLong code = parts.length == 4 ? FieldText.decimal(parts[1]) : OptionalLong.empty();
      OptionalLong pc = parts.length == 4 ? FieldText.hex(parts[2]) : OptionalLong.empty();
      OptionalLong sp = parts.length == 4 ? FieldText.hex(parts[3]) : OptionalLong.empty();
      if (signo.isEmpty() || code.isEmpty() || pc.isEmpty() || sp.isEmpty()) {
        nonsense("res", entry);
      } else {
        earlier.add(
            new SentinelRecord.Earlier(
                (int) signo.getAsLong(), (int) code.getAsLong(), pc.getAsLong(), sp.getAsLong()));
      }
    }
    return earlier;
  }

  private List<String> entries(String name) {
    String list = fields.getOrDefault(name, "");
    return list.isEmpty() ? List.of() : List.of(list.split(";", MOST));
  }

  private static Optional<Range> range(String text) {
    int dash = text.indexOf('-');
    OptionalLong from = FieldText.hex(dash < 0 ? "" : text.substring(0, dash));
    OptionalLong to = FieldText.hex(text.substring(dash + 1));
    return from.isPresent()
            && to.isPresent()
            && Long.compareUnsigned(from.getAsLong(), to.getAsLong()) < 0
        ? Optional.of(new Range(from.getAsLong(), to.getAsLong()))
        : Optional.empty();
  }

  private void nonsense(String field, String entry) {
    problem.accept(field + " has what makes no sense: '" + RecordReader.shortened(entry) + "'");
  }
}
