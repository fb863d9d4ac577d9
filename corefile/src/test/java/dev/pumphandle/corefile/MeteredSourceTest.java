package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MeteredSourceTest extends ByteSourceContract {

  @Override
  ByteSource open() {
    return new MeteredSource(ByteSource.of("heap", CONTENT));
  }

  @Test
  void everyReadIsWrittenDownWithWhatItBrought() throws IOException {
    try (MeteredSource source = new MeteredSource(ByteSource.of("heap", CONTENT))) {
      source.read(5, 10);
      source.read(CONTENT.length - 3, 10);
      assertThat(source.reads())
          .containsExactly(
              new MeteredSource.Read(5, 10), new MeteredSource.Read(CONTENT.length - 3, 3));
      assertThat(source.bytesRead()).isEqualTo(13);
      assertThat(source.requests()).isEqualTo(2);
    }
  }
}
