package dev.pumphandle.trials;

import dev.pumphandle.stores.LocalFiles;
import dev.pumphandle.stores.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest extends StoreContract {

  @TempDir Path here;

  @Override
  Store store() {
    return new LocalFiles(here);
  }

  @Override
  String place(String prefix) {
    return here.resolve(prefix).toString();
  }

  @Override
  void put(String key, byte[] bytes) throws Exception {
    Path file = here.resolve(key);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
