package dev.pumphandle.app.collect;

import dev.pumphandle.fieldwork.Progress;
import dev.pumphandle.fieldwork.Specimen;
import dev.pumphandle.stores.bucket.Traffic;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/// A listing that ends when what a round may cost is spent.
///
/// What is under way is reckoned in at what objects have cost on average, so that a bound is kept
/// to within the difference between a few objects; before any is done each is taken to be an
/// ordinary one. What was not begun is read by the next round.
final class Allowance implements Iterator<Specimen> {

  private static final double ORDINARY_BYTES = 256 << 10;
  private static final double ORDINARY_REQUESTS = 3;

  private final Iterator<Specimen> listing;
  private final Bounds bounds;
  private final Supplier<Progress.Snapshot> progress;
  private final Supplier<Traffic.Snapshot> traffic;
  private boolean spent;

  Allowance(
      Iterator<Specimen> listing,
      Bounds bounds,
      Supplier<Progress.Snapshot> progress,
      Supplier<Traffic.Snapshot> traffic) {
    this.listing = listing;
    this.bounds = bounds;
    this.progress = progress;
    this.traffic = traffic;
  }

  /// Whether something was left because of a bound.
  boolean spent() {
    return spent;
  }

  @Override
  public boolean hasNext() {
    if (spent || !listing.hasNext()) {
      return false;
    }
    spent = bounded() && exceeded();
    return !spent;
  }

  @Override
  public Specimen next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return listing.next();
  }

  private boolean bounded() {
    return bounds.bytes().isPresent() || bounds.requests().isPresent();
  }

  private boolean exceeded() {
    Progress.Snapshot now = progress.get();
    Traffic.Snapshot asked = traffic.get();
    long bytes = Math.max(asked.bytes(), now.bytesRead());
    return (bounds.bytes().isPresent()
            && reckoned(bytes, ORDINARY_BYTES, now) > bounds.bytes().getAsLong())
        || (bounds.requests().isPresent()
            && reckoned(asked.requests(), asked.requests() == 0 ? 0 : ORDINARY_REQUESTS, now)
                > bounds.requests().getAsLong());
  }

  /// What it will come to when all that is begun and one more are done.
  private static double reckoned(long sum, double ordinary, Progress.Snapshot now) {
    double each = now.done() == 0 ? ordinary : (double) sum / now.done();
    double whole = Math.max((double) sum, each * now.listed());
    return whole + each;
  }
}
