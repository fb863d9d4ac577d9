package dev.pumphandle.corefile.memory;

import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.Permissions;
import dev.pumphandle.corefile.note.FileMap;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// The mappings of a dead process, joined from PT_LOAD and NT_FILE, by address. Joined when first
/// asked for.
///
/// What only the file map knows (gdb leaves out segments that it does not dump) becomes a mapping
/// with unknown permissions and nothing dumped.
public final class MappingIndex {

  private static final long[] NONE = {};

  private final SegmentIndex segments;
  private final Optional<FileMap> fileMap;

  /// Filled on first use; two threads may both fill it, with equal lists.
  private volatile @Nullable Table table;

  /// Whether the list stands in for the segments, which then say nothing of mappings.
  private final boolean told;

  /// An index over segments and, where the core has one, its file map.
  public MappingIndex(SegmentIndex segments, Optional<FileMap> fileMap) {
    this.segments = segments;
    this.fileMap = fileMap;
    this.told = false;
  }

  private MappingIndex(SegmentIndex segments, List<Mapping> told) {
    this.segments = segments;
    this.fileMap = Optional.empty();
    this.table = Table.of(List.copyOf(told));
    this.told = true;
  }

  /// The same segments with mappings that are known from elsewhere.
  ///
  /// @param known by address, none over another
  public MappingIndex withMappings(List<Mapping> known) {
    return new MappingIndex(segments, known);
  }

  /// The mappings by address. Unmodifiable; where there is no file map each is made when asked for,
  /// as such cores are the ones with a hundred thousand mappings.
  public List<Mapping> list() {
    return table().mappings;
  }

  private Table table() {
    Table known = table;
    if (known == null) {
      known =
          fileMap.isPresent()
              ? Table.of(new Join(segments, fileMap.get().entries()).run())
              : new Table(new Nameless(segments), NONE, NONE);
      table = known;
    }
    return known;
  }

  /// The mapping that `address` lies in.
  public Optional<Mapping> find(long address) {
    Table known = table();
    int index = fileMap.isEmpty() && !told ? segments.find(address) : known.find(address);
    return index < 0 ? Optional.empty() : Optional.of(known.mappings.get(index));
  }

  /// The mappings, and their bounds side by side: every word of a stack is looked up in them.
  private static final class Table {

    private final List<Mapping> mappings;
    private final long[] from;
    private final long[] to;

    Table(List<Mapping> mappings, long[] from, long[] to) {
      this.mappings = mappings;
      this.from = from;
      this.to = to;
    }

    static Table of(List<Mapping> mappings) {
      long[] from = new long[mappings.size()];
      long[] to = new long[from.length];
      for (int i = 0; i < from.length; i++) {
        from[i] = mappings.get(i).from();
        to[i] = mappings.get(i).to();
      }
      return new Table(mappings, from, to);
    }

    int find(long address) {
      return SortedRanges.find(from, to, from.length, address);
    }
  }

  /// The segments themselves, as mappings without names.
  private static final class Nameless extends AbstractList<Mapping> implements RandomAccess {

    private final SegmentIndex segments;

    Nameless(SegmentIndex segments) {
      this.segments = segments;
    }

    @Override
    public Mapping get(int i) {
      Objects.checkIndex(i, segments.count());
      return new Mapping(
          segments.from(i),
          segments.to(i),
          Permissions.ofFlags(segments.flags(i)),
          Optional.empty(),
          0,
          segments.dumpedTo(i) - segments.from(i));
    }

    @Override
    public int size() {
      return segments.count();
    }
  }

  /// One sweep over both sorted lists.
  private static final class Join {

    private final SegmentIndex segments;
    private final List<FileMap.Entry> entries;
    private final List<Mapping> joined;

    /// The next entry that is not yet behind the sweep.
    private int next;

    /// The first address that no mapping has been made for.
    private long done;

    Join(SegmentIndex segments, List<FileMap.Entry> entries) {
      this.segments = segments;
      this.entries = sane(entries);
      this.joined = new ArrayList<>(segments.count() + 8);
    }

    List<Mapping> run() {
      for (int i = 0; i < segments.count(); i++) {
        fileOnlyUpTo(segments.from(i));
        segment(i);
      }
      while (next < entries.size()) {
        fileOnly(entries.get(next).to());
        next++;
      }
      return List.copyOf(joined);
    }

    private void fileOnlyUpTo(long limit) {
      while (next < entries.size() && below(entries.get(next).from(), limit)) {
        FileMap.Entry entry = entries.get(next);
        if (below(limit, entry.to())) {
          fileOnly(limit);
          return; // the rest of the entry lies in the segment
        }
        fileOnly(entry.to());
        next++;
      }
    }

    /// A mapping from what is left of the next entry up to `to`, known by NT_FILE alone.
    private void fileOnly(long to) {
      FileMap.Entry entry = entries.get(next);
      long from = below(entry.from(), done) ? done : entry.from();
      if (below(from, to)) {
        joined.add(
            new Mapping(
                from,
                to,
                Permissions.UNKNOWN,
                Optional.of(entry.path()),
                entry.fileOffset() + (from - entry.from()),
                0));
        done = to;
      }
    }

    private void segment(int i) {
      long at = segments.from(i);
      long end = segments.to(i);
      while (below(at, end)) {
        FileMap.Entry entry = next < entries.size() ? entries.get(next) : null;
        if (entry == null || !below(entry.from(), end)) {
          at = piece(i, at, end, null);
        } else if (below(at, entry.from())) {
          at = piece(i, at, entry.from(), null);
        } else {
          at = piece(i, at, below(entry.to(), end) ? entry.to() : end, entry);
          if (!below(at, entry.to())) {
            next++;
          }
        }
      }
    }

    private long piece(int i, long from, long to, FileMap.@Nullable Entry entry) {
      long dumpedTo = segments.dumpedTo(i);
      long dumped = !below(from, dumpedTo) ? 0 : (below(dumpedTo, to) ? dumpedTo : to) - from;
      joined.add(
          new Mapping(
              from,
              to,
              Permissions.ofFlags(segments.flags(i)),
              entry == null ? Optional.empty() : Optional.of(entry.path()),
              entry == null ? 0 : entry.fileOffset() + (from - entry.from()),
              dumped));
      done = to;
      return to;
    }

    /// The entries that are ranges and stand in order; a hostile map's others are left out.
    private static List<FileMap.Entry> sane(List<FileMap.Entry> entries) {
      List<FileMap.Entry> sane = new ArrayList<>(entries.size());
      long end = 0;
      for (FileMap.Entry entry : entries) {
        if (below(entry.from(), entry.to()) && !below(entry.from(), end)) {
          sane.add(entry);
          end = entry.to();
        }
      }
      return sane;
    }

    private static boolean below(long address, long other) {
      return Long.compareUnsigned(address, other) < 0;
    }
  }
}
