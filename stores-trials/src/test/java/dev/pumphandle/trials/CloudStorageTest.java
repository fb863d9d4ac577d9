package dev.pumphandle.trials;

class CloudStorageTest extends BucketContract {

  @Override
  Station start() throws Exception {
    return GcsStation.start();
  }
}
