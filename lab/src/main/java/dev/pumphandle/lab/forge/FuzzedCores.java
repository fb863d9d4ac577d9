package dev.pumphandle.lab.forge;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Cores with random damage; a name tells the seed.
final class FuzzedCores {

  private static final int SEEDS = 600;

  private FuzzedCores() {}

  static Stream<HostileFile> all() {
    List<ForgedCore> whole =
        List.of(
            WholeCores.x86().forge(), WholeCores.arm(), WholeCores.x86().extendedCount().forge());
    return IntStream.range(0, SEEDS)
        .mapToObj(
            seed ->
                HostileFile.of(
                    "fuzz-%03d".formatted(seed),
                    () -> damaged(whole.get(seed % whole.size()), seed)));
  }

  private static ForgedCore damaged(ForgedCore whole, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = whole.bytes();
    // two thirds of the damage goes where numbers steer the reader
    int head = (int) (whole.value("phdr[0].p_offset") + whole.value("phdr[0].p_filesz"));
    int wounds = 1 << random.nextInt(9);
    for (int i = 0; i < wounds; i++) {
      int at = random.nextInt(random.nextInt(3) == 0 ? bytes.length : head);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> fill(bytes, at, 1 << random.nextInt(6), (byte) 0xff);
        case 3 -> fill(bytes, at, 1 << random.nextInt(6), (byte) 0);
        case 4 -> {
          int from = random.nextInt(head);
          int n = Math.min(1 << random.nextInt(8), bytes.length - Math.max(at, from));
          System.arraycopy(bytes, from, bytes, at, n);
        }
        default -> bytes[at & ~7] = (byte) (random.nextBoolean() ? 0x80 : 0x7f);
      }
    }
    ForgedCore core = ForgedCore.of(bytes);
    return random.nextInt(5) == 0 ? core.cutAt(random.nextInt(bytes.length)) : core;
  }

  private static void fill(byte[] bytes, int at, int count, byte value) {
    for (int i = at; i < Math.min(at + count, bytes.length); i++) bytes[i] = value;
  }
}
