package dev.pumphandle.corefile.elf;

/// A function or object that a symbol table names.
///
/// @param name the name, mangled as it stands
/// @param vaddr where it begins, before any bias (unsigned)
/// @param bytes how long it is (bytes); 0 where the table does not say
public record Symbol(String name, long vaddr, long bytes) {}
