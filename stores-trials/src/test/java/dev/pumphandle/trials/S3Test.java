package dev.pumphandle.trials;

class S3Test extends BucketContract {

  @Override
  Station start() throws Exception {
    return S3Station.start();
  }
}
