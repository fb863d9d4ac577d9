package dev.pumphandle.fieldwork.log.sentinel;

import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.loaded.LoadedFile;
import dev.pumphandle.corefile.memory.Stretch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The sentinel's record of one death, read: what a handler wrote down as the signal struck.
///
/// Source: docs/reference/sentinel-record.md
///
/// @param machine whose registers these are
/// @param fields every field by name, unescaped, those that have a component here too
/// @param signo the signal
/// @param code its `si_code`
/// @param address `si_addr`, where an instruction raised the signal (unsigned)
/// @param trap the processor's trap number, where it is told
/// @param error its error code, or the syndrome of AArch64, where it is told
/// @param registers the registers of the fault, as far as the line tells
/// @param files files that were loaded
/// @param mappings mappings by address, none over another
/// @param memory stretches of memory by address, none over another
/// @param earlier frames of earlier signals, nearest to the stack pointer first
/// @param problems what in the line made no sense and was passed over, in words
public record SentinelRecord(
    Machine machine,
    Map<String, String> fields,
    int signo,
    int code,
    OptionalLong address,
    OptionalLong trap,
    OptionalLong error,
    Registers registers,
    List<LoadedFile> files,
    List<Mapping> mappings,
    List<Stretch> memory,
    List<Earlier> earlier,
    List<String> problems) {

  /// Copies the collections.
  public SentinelRecord {
    fields = Map.copyOf(fields);
    files = List.copyOf(files);
    mappings = List.copyOf(mappings);
    memory = List.copyOf(memory);
    earlier = List.copyOf(earlier);
    problems = List.copyOf(problems);
  }

  /// The frame of a signal that had struck before.
  ///
  /// @param signo the signal; 0 where it was written over
  /// @param code its `si_code`
  /// @param pc where it struck (unsigned)
  /// @param sp the stack pointer there (unsigned)
  public record Earlier(int signo, int code, long pc, long sp) {}

  /// A field's text; empty where the line has none of that name.
  public Optional<String> text(String name) {
    return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
  }

  /// A field that is a number in decimal; empty where there is none, or it is none.
  public OptionalLong number(String name) {
    return FieldText.decimal(fields.getOrDefault(name, ""));
  }

  /// The same, where it fits.
  public OptionalInt count(String name) {
    OptionalLong number = number(name);
    return number.isPresent() && number.getAsLong() == (int) number.getAsLong()
        ? OptionalInt.of((int) number.getAsLong())
        : OptionalInt.empty();
  }
}
