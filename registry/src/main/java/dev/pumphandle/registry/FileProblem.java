package dev.pumphandle.registry;

import java.nio.file.Path;

/// A file of the line list that cannot be used. The rest of the line list stands without it.
public sealed interface FileProblem {

  /// The file.
  Path file();

  /// What is wrong, in one sentence that begins with the file's path.
  String sentence();

  /// Not a Parquet file, cut short, or damaged.
  ///
  /// @param file the file
  /// @param detail what was expected and what was found
  record Damaged(Path file, String detail) implements FileProblem {
    @Override
    public String sentence() {
      return file + ": expected a whole Parquet file, found " + detail;
    }
  }

  /// A Parquet file that no Pumphandle wrote.
  ///
  /// @param file the file
  record Foreign(Path file) implements FileProblem {
    @Override
    public String sentence() {
      return file
          + ": expected a line list with the key "
          + ParquetFooter.SCHEMA_KEY
          + " in its metadata, found none";
    }
  }

  /// Written in a schema that this Pumphandle no longer reads.
  ///
  /// @param file the file
  /// @param found the file's schema version
  /// @param least the oldest that can be read
  record TooOld(Path file, int found, int least) implements FileProblem {
    @Override
    public String sentence() {
      return file + ": schema is too old: expected " + least + " or newer, found " + found;
    }
  }

  /// Written by a newer Pumphandle.
  ///
  /// @param file the file
  /// @param found the file's schema version
  /// @param most the newest that can be read
  record TooNew(Path file, int found, int most) implements FileProblem {
    @Override
    public String sentence() {
      return file
          + ": schema is too new: expected at most "
          + most
          + ", found "
          + found
          + "; a newer Pumphandle wrote it";
    }
  }
}
