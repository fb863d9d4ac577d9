package dev.pumphandle.stores.bucket;

/// What all objects of one listing share.
///
/// @param bucket where they lie
/// @param requests how it is asked
/// @param firstRead what objects of this bucket needed at their beginning
record BucketListing(Bucket bucket, Requests requests, FirstRead firstRead) {}
