package dev.pumphandle.corefile;

class HeapSourceTest extends ByteSourceContract {
  @Override
  ByteSource open() {
    return ByteSource.of("heap", CONTENT);
  }
}
