package dev.pumphandle.fieldwork.exam;

/// What a word points to, if it is taken for an address.
public enum WordKind {
  /// Memory that could be executed.
  CODE("code"),
  /// A thread's stack.
  STACK("stack"),
  /// Anonymous memory: the heap, an arena, a private mapping.
  HEAP("heap"),
  /// A mapped file that is not code: data of an executable, a database, shared memory.
  FILE("file"),
  /// NULL, or NULL and a small offset: below one page.
  NULL_PAGE("null-page"),
  /// A small number: below 64 KiB, where Linux maps nothing (vm.mmap_min_addr).
  SMALL("small"),
  /// No address at all: the processor would raise a general protection fault.
  NON_CANONICAL("non-canonical"),
  /// An address that nothing was mapped at.
  UNMAPPED("unmapped");

  private final String word;

  WordKind(String word) {
    this.word = word;
  }

  /// The word in columns and on screen.
  public String word() {
    return word;
  }
}
