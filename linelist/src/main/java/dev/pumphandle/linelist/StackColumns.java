package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.text;
import static dev.pumphandle.linelist.Column.texts;
import static dev.pumphandle.linelist.Column.word;

import java.util.List;
import java.util.OptionalLong;

/// The stack around the place of death.
public final class StackColumns {

  /// Frames of the thread that faulted, innermost first, each with its trust.
  public static final Column<List<FrameFact>> FRAMES =
      Column.<List<FrameFact>>plain(
          "frames",
          ColumnType.LIST_FRAMES,
          "",
          "Frames of the thread that faulted, innermost first, each with its trust.",
          "CFI, frame pointers, scan");

  /// Short name of the place of death: the innermost functions, or files and offsets where
  /// symbols are missing.
  public static final Column<String> SIGNATURE =
      text(
          "signature",
          "Short name of the place of death: the innermost functions, or files and "
              + "offsets where symbols are missing.",
          "frames");

  /// Loaded files with build-ids.
  public static final Column<List<ModuleFact>> MODULES =
      Column.<List<ModuleFact>>plain(
              "modules",
              ColumnType.LIST_MODULES,
              "",
              "Loaded files with build-ids.",
              "NT_FILE, first pages of mapped files")
          .with(Sensitivity.FLEET);

  /// Address of the first of stack_words: 128 bytes below fault_sp.
  public static final Column<Long> STACK_WORDS_FROM =
      word(
          "stack_words_from",
          "Address of the first of stack_words: 128 bytes below fault_sp.",
          "fault_sp");

  /// Words from 128 bytes below to 512 bytes above fault_sp; null where not dumped, and where
  /// masked: words that are no addresses, small integers or zero, unless the workspace says
  /// retain_words.
  public static final Column<List<OptionalLong>> STACK_WORDS =
      Column.<List<OptionalLong>>plain(
              "stack_words",
              ColumnType.LIST_UBIGINT,
              "word",
              "Words from 128 bytes below to 512 bytes above fault_sp; null where not dumped,"
                  + " and where masked: words that are no addresses, small integers or zero, unless"
                  + " the workspace says retain_words.",
              "memory around fault_sp")
          .with(Sensitivity.MEMORY);

  /// What each of stack_words points to, as pc_in, or `return-address`, `data` (masked) or
  /// `absent`.
  public static final Column<List<String>> STACK_WORD_KINDS =
      texts(
          "stack_word_kinds",
          "What each of stack_words points to, as pc_in, or `return-address`, `data` "
              + "(masked) or `absent`.",
          "mappings of the core");

  private StackColumns() {}

  static List<Column<?>> all() {
    return List.of(FRAMES, SIGNATURE, MODULES, STACK_WORDS_FROM, STACK_WORDS, STACK_WORD_KINDS);
  }
}
