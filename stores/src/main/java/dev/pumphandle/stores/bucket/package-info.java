/// Object stores: what Azure Blob, S3 and GCS have in common, which is nearly everything.
///
/// A cloud's module gives a [Bucket]: list a page, read a range pinned to a version, find one
/// object. The rest is here, once: listing as a lazy stream, sidecars known from the listing, reads
/// merged into few requests, retries, and a budget of requests and bytes in flight. Begin at
/// [BucketStore].
@NullMarked
package dev.pumphandle.stores.bucket;

import org.jspecify.annotations.NullMarked;
