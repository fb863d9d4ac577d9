package dev.pumphandle.stores.bucket;

import dev.pumphandle.stores.RangeCache;
import java.util.Optional;

/// What all objects of one listing share.
///
/// @param bucket where they lie
/// @param requests how it is asked
/// @param firstRead what objects of this bucket needed at their beginning
/// @param cache where ranges are kept that were fetched once
record BucketListing(
    Bucket bucket, Requests requests, FirstRead firstRead, Optional<RangeCache> cache) {}
