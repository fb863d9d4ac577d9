package dev.pumphandle.stores.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The size of the first request follows what the bucket's cores need.
class FirstReadTest {
  private static final long LARGE = 8L << 30;

  @Test
  void nothingKnownMeansLittleAndASmallObjectComesWhole() {
    FirstRead first = new FirstRead();
    assertThat(first.bytes(LARGE)).isEqualTo(64 << 10);
    assertThat(first.bytes(700_000)).isEqualTo(700_000);
    assertThat(first.bytes(0)).isZero();
  }

  @Test
  void coresWithManyThreadsTeachItToAskForMore() {
    FirstRead first = new FirstRead();
    for (int i = 0; i < 20; i++) {
      first.needed(300_000);
    }
    assertThat(first.bytes(LARGE)).isEqualTo(320 << 10);
  }

  @Test
  void aFewOutliersTeachItNothingAndItForgetsOldOnes() {
    FirstRead first = new FirstRead();
    for (int i = 0; i < 50; i++) {
      first.needed(i % 25 == 0 ? 40_000_000 : 60_000);
    }
    assertThat(first.bytes(LARGE)).isEqualTo(64 << 10);
    for (int i = 0; i < 500; i++) {
      first.needed(40_000_000);
    }
    assertThat(first.bytes(LARGE)).isEqualTo(1 << 20);
    for (int i = 0; i < 500; i++) {
      first.needed(60_000);
    }
    assertThat(first.bytes(LARGE)).isEqualTo(64 << 10);
  }
}
