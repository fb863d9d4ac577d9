package dev.pumphandle.epi.scan;

/// The cases of one data set, observed or drawn, packed so that a search reads them in order.
final class Sample {

  final int width;
  int[] codes;
  int[] days;
  int size;

  Sample(int width, int capacity) {
    this.width = width;
    this.codes = new int[width * Math.max(1, capacity)];
    this.days = new int[Math.max(1, capacity)];
  }

  void clear() {
    size = 0;
  }

  /// Adds a record; attributes whose bit is set in `missing` are unknown.
  void add(Population from, int record, long missing) {
    if (size == days.length) {
      codes = java.util.Arrays.copyOf(codes, codes.length * 2);
      days = java.util.Arrays.copyOf(days, days.length * 2);
    }
    int base = size * width;
    System.arraycopy(from.codes(), from.base(record), codes, base, width);
    for (long bits = missing; bits != 0; bits &= bits - 1)
      codes[base + Long.numberOfTrailingZeros(bits)] = Population.MISSING;
    days[size++] = from.day(record);
  }

  static Sample of(Population population) {
    Sample sample = new Sample(population.attributes(), population.size());
    for (int r = 0; r < population.size(); r++) sample.add(population, r, 0);
    return sample;
  }
}
