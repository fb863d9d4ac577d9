package dev.pumphandle.corefile.memory;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Mapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The memory of a dead process, by address. Immutable and safe for many threads; reads go to the
/// store unless their bytes were fetched before.
///
/// Reads may span segments that touch. All addresses are unsigned.
public final class MemoryImage {

  /// Ranges of the file that are closer to each other than this are fetched in one read (bytes).
  static final int MERGE_GAP = 16 << 10;

  /// The longest single read that a preload makes (bytes).
  static final int MAX_FETCH = 8 << 20;

  /// The most that one preload fetches (bytes); what is wanted beyond it is read when asked for.
  static final long MAX_PRELOAD = 64L << 20;

  private final ByteSource source;
  private final long fileBytes;
  private final SegmentIndex segments;
  private final MappingIndex mappings;
  private final FetchedRanges fetched;

  /// An image over an opened core.
  ///
  /// @param fileBytes the length of the core (bytes)
  /// @param fetched what opening it has brought already
  public MemoryImage(
      ByteSource source,
      long fileBytes,
      SegmentIndex segments,
      MappingIndex mappings,
      FetchedRanges fetched) {
    this.source = source;
    this.fileBytes = fileBytes;
    this.segments = segments;
    this.mappings = mappings;
    this.fetched = fetched;
  }

  /// The bytes `[address, address + length)` if all of them are there, else the first reason why
  /// not.
  ///
  /// @throws IOException where the store cannot deliver
  public MemoryRead read(long address, int length) throws IOException {
    int i = segments.find(address);
    // The common case without a plan: one segment has it all.
    if (i >= 0 && length >= 0 && segments.dumpedTo(i) - address >= length) {
      long offset = segments.fileOffset(i) + (address - segments.from(i));
      if (offset + length <= fileBytes) {
        ByteView bytes = fetch(offset, length);
        return bytes.length() == length
            ? new MemoryRead.Present(bytes)
            : new MemoryRead.CutOff(address + bytes.length(), offset + bytes.length());
      }
    }
    Plan plan = plan(address, length);
    if (plan.gap().isPresent()) {
      return plan.gap().get();
    }
    PartialRead read = carryOut(plan, length);
    return read.gap().isPresent() ? read.gap().get() : new MemoryRead.Present(read.bytes());
  }

  /// The bytes from `address` on up to the first gap, and what that gap is.
  ///
  /// @throws IOException where the store cannot deliver
  public PartialRead readUpTo(long address, int length) throws IOException {
    Plan plan = plan(address, length);
    return carryOut(plan, plan.bytes());
  }

  /// What is there of `[address, address + length)`, by address: one stretch where all of it is,
  /// several where there are gaps between.
  ///
  /// @throws IOException where the store cannot deliver
  public List<Stretch> stretches(long address, int length) throws IOException {
    List<Stretch> stretches = new ArrayList<>(1);
    long at = address;
    while (at - address < length) {
      OptionalLong next = segments.nextDumped(at, length - (int) (at - address));
      if (next.isEmpty()) {
        break;
      }
      at = next.getAsLong();
      ByteView bytes = readUpTo(at, (int) (length - (at - address))).bytes();
      if (bytes.length() == 0) {
        break; // promised by the headers, but the file ends before
      }
      stretches.add(new Stretch(at, bytes));
      at += bytes.length();
    }
    return stretches;
  }

  /// The mapping that `address` lies in.
  public Optional<Mapping> mappingAt(long address) {
    return mappings.find(address);
  }

  /// An image that has fetched what is there of `spans`, also behind gaps: sorted, near ones
  /// merged, each range read once; reads inside them do not touch the store any more.
  ///
  /// Folklore: a stack that has overflowed begins right above its guard page, so that what lies
  /// below the stack pointer is a gap; taken as the end of the span, every frame of the walk was a
  /// read of its own, a hundred a core. Test: MemoryImageTest, aPreloadGoesOnBehindAGap.
  ///
  /// @throws IOException where the store cannot deliver
  public MemoryImage preload(List<Span> spans) throws IOException {
    List<Extent> wanted = new ArrayList<>();
    for (Span span : spans) {
      for (Extent extent : dumped(span)) {
        if (fetched.find(extent.offset(), extent.bytes()) == null) {
          wanted.add(extent);
        }
      }
    }
    wanted.sort((a, b) -> Long.compare(a.offset(), b.offset()));
    FetchedRanges more = fetched;
    long total = 0;
    int i = 0;
    while (i < wanted.size() && total < MAX_PRELOAD) {
      long from = wanted.get(i).offset();
      long to = from + wanted.get(i).bytes();
      i++;
      while (i < wanted.size()
          && wanted.get(i).offset() <= to + MERGE_GAP
          && wanted.get(i).end() - from <= MAX_FETCH) {
        to = Math.max(to, wanted.get(i).end());
        i++;
      }
      to = Math.min(to, from + MAX_PRELOAD - total);
      for (long at = from; at < to; at += MAX_FETCH) {
        int bytes = (int) Math.min(MAX_FETCH, to - at);
        more = more.with(at, source.read(at, bytes));
        total += bytes;
      }
    }
    return more == fetched ? this : new MemoryImage(source, fileBytes, segments, mappings, more);
  }

  /// The same bytes, in mappings that are known from elsewhere.
  ///
  /// @param known by address, none over another
  public MemoryImage withMappings(List<Mapping> known) {
    return new MemoryImage(source, fileBytes, segments, mappings.withMappings(known), fetched);
  }

  /// Where the bytes of a span are, gaps left out.
  private List<Extent> dumped(Span span) {
    List<Extent> extents = new ArrayList<>(2);
    int done = 0;
    while (done < span.bytes()) {
      long at = span.from() + done;
      OptionalLong next = segments.nextDumped(at, span.bytes() - done);
      if (next.isEmpty()) {
        break;
      }
      done += (int) (next.getAsLong() - at);
      Plan plan = plan(next.getAsLong(), span.bytes() - done);
      if (plan.bytes() == 0) {
        break; // promised by the headers, but the file ends before
      }
      extents.addAll(plan.extents());
      done += plan.bytes();
    }
    return extents;
  }

  /// A range of the file that holds a range of memory.
  private record Extent(long offset, int bytes) {
    long end() {
      return offset + bytes;
    }
  }

  /// Where the bytes of a range of memory are, up to the first gap.
  private record Plan(
      long address, List<Extent> extents, int bytes, Optional<MemoryRead.Gap> gap) {}

  private Plan plan(long address, int length) {
    if (length < 0) {
      throw new IllegalArgumentException("length " + length);
    }
    List<Extent> extents = new ArrayList<>(2);
    int done = 0;
    while (done < length) {
      long at = address + done;
      int i =
          done > 0 && at == 0 ? -1 : segments.find(at); // never around the top of the address space
      if (i < 0) {
        return new Plan(address, extents, done, Optional.of(outsideSegments(at)));
      }
      if (Long.compareUnsigned(at, segments.dumpedTo(i)) >= 0) {
        return new Plan(address, extents, done, Optional.of(new MemoryRead.NotDumped(at)));
      }
      long offset = segments.fileOffset(i) + (at - segments.from(i));
      long bytes = Math.min(length - done, segments.dumpedTo(i) - at);
      long inFile = Math.min(bytes, fileBytes - offset);
      if (inFile > 0) {
        add(extents, new Extent(offset, (int) inFile));
        done += (int) inFile;
      }
      if (inFile < bytes) {
        return new Plan(
            address,
            extents,
            done,
            Optional.of(new MemoryRead.CutOff(address + done, Math.max(offset, fileBytes))));
      }
    }
    return new Plan(address, extents, done, Optional.empty());
  }

  /// Segments that touch in memory mostly touch in the file too: one read then has both.
  private static void add(List<Extent> extents, Extent next) {
    if (!extents.isEmpty() && extents.getLast().end() == next.offset()) {
      Extent last = extents.removeLast();
      extents.add(new Extent(last.offset(), last.bytes() + next.bytes()));
    } else {
      extents.add(next);
    }
  }

  private MemoryRead.Gap outsideSegments(long at) {
    return mappings.find(at).isPresent()
        ? new MemoryRead.NotDumped(at)
        : new MemoryRead.Unmapped(at);
  }

  private PartialRead carryOut(Plan plan, int length) throws IOException {
    if (plan.extents().size() == 1) {
      Extent only = plan.extents().getFirst();
      ByteView bytes = fetch(only.offset(), only.bytes());
      return new PartialRead(bytes, gapAfter(plan, bytes.length(), only.offset() + bytes.length()));
    }
    byte[] joined = new byte[length];
    int done = 0;
    for (Extent extent : plan.extents()) {
      ByteView bytes = fetch(extent.offset(), extent.bytes());
      bytes.copyTo(0, joined, done, bytes.length());
      done += bytes.length();
      if (bytes.length() < extent.bytes()) {
        byte[] shorter = Arrays.copyOf(joined, done);
        return new PartialRead(
            ByteView.ofOwned(shorter, done),
            gapAfter(plan, done, extent.offset() + bytes.length()));
      }
    }
    return new PartialRead(ByteView.ofOwned(joined, done), plan.gap());
  }

  /// The gap after `done` bytes: the plan's own, or a file that ends at `fileOffset`, which its
  /// source could not tell before, or which has become shorter than it was.
  private static Optional<MemoryRead.Gap> gapAfter(Plan plan, int done, long fileOffset) {
    return done == plan.bytes()
        ? plan.gap()
        : Optional.of(new MemoryRead.CutOff(plan.address() + done, fileOffset));
  }

  private ByteView fetch(long offset, int length) throws IOException {
    ByteView known = fetched.find(offset, length);
    return known != null ? known : source.read(offset, length);
  }
}
