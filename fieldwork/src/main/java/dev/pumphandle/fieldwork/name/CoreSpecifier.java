package dev.pumphandle.fieldwork.name;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The kernel's names for parts of a core's file name.
///
/// Source: core(5); Linux v6.16 fs/coredump.c, format_corename(); `%C` since v6.0, `%F` since
/// v6.16.
enum CoreSpecifier {
  EXECUTABLE('e', ".+?"),
  PATH('E', ".+?"),
  PID_IN_NAMESPACE('p', "\\d+"),
  PID('P', "\\d+"),
  THREAD_IN_NAMESPACE('i', "\\d+"),
  THREAD('I', "\\d+"),
  UID('u', "\\d+"),
  GID('g', "\\d+"),
  DUMP_MODE('d', "\\d+"),
  SIGNAL('s', "\\d+"),
  TIME('t', "\\d{9,11}"),
  HOST('h', "[^/]+?"),
  LIMIT('c', "\\d+"),
  CPU('C', "\\d+"),
  PIDFD('F', "\\d+");

  private final char letter;
  private final String regex;

  CoreSpecifier(char letter, String regex) {
    this.letter = letter;
    this.regex = regex;
  }

  String regex() {
    return regex;
  }

  static Optional<CoreSpecifier> of(char letter) {
    return Stream.of(values()).filter(each -> each.letter == letter).findFirst();
  }

  static String letters() {
    return Stream.of(values()).map(each -> "%" + each.letter).collect(Collectors.joining(" "));
  }
}
