package dev.pumphandle.trials;

class AzureBlobTest extends BucketContract {

  @Override
  Station start() throws Exception {
    return AzuriteStation.start();
  }
}
