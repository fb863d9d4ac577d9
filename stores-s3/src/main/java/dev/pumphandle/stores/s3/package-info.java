/// Amazon S3, and what speaks its protocol, through AWS's own SDK. Begin at [S3Cloud].
@NullMarked
package dev.pumphandle.stores.s3;

import org.jspecify.annotations.NullMarked;
