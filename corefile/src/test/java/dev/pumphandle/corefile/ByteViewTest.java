package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteViewTest {

  private final ByteView view =
      ByteView.of(new byte[] {(byte) 0xff, 1, 2, 3, 4, 5, 6, 7, (byte) 0x88, 'a', 'b', 0});

  @Test
  void numbersAreLittleEndianAndNeedNoAlignment() {
    assertThat(view.u8(0)).isEqualTo(255);
    assertThat(view.u16(0)).isEqualTo(0x1ff);
    assertThat(view.u32(1)).isEqualTo(0x04030201L);
    assertThat(view.u64(1)).isEqualTo(0x8807060504030201L);
    assertThat(view.s32(5)).isEqualTo(0x88070605);
    assertThat(view.u32(5)).isEqualTo(0x88070605L);
  }

  @Test
  void aReadPastTheEndIsACallersBug() {
    assertThatThrownBy(() -> view.u64(5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> view.u8(12)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> view.u8(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> view.slice(8, 5)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aSliceCannotSeeItsNeighbours() {
    ByteView slice = view.slice(4, 2);
    assertThat(slice.u16(0)).isEqualTo(0x0504);
    assertThatThrownBy(() -> slice.u8(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.u8(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void textEndsAtItsNulOrItsBound() {
    assertThat(view.cString(9, 16)).isEqualTo("ab");
    assertThat(view.cString(9, 1)).isEqualTo("a");
    assertThat(view.cString(12, 16)).isEmpty();
    ByteView noNul = ByteView.of("xyz".getBytes(StandardCharsets.UTF_8));
    assertThat(noNul.cString(1, Integer.MAX_VALUE)).isEqualTo("yz");
  }

  @Test
  void viewsAreEqualByContent() {
    assertThat(view.slice(9, 2)).isEqualTo(ByteView.of(new byte[] {'a', 'b'}));
    assertThat(view.slice(9, 2)).hasSameHashCodeAs(ByteView.of(new byte[] {'a', 'b'}));
    assertThat(view.slice(9, 1)).isNotEqualTo(view.slice(10, 1));
  }

  @Test
  void changingTheArrayDoesNotChangeTheView() {
    byte[] bytes = {1, 2};
    ByteView copy = ByteView.of(bytes);
    bytes[0] = 9;
    assertThat(copy.u8(0)).isEqualTo(1);
    copy.toArray()[1] = 9;
    assertThat(copy.u8(1)).isEqualTo(2);
  }
}
