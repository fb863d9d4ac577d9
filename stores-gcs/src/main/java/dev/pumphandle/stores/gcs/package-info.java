/// Google Cloud Storage, through its JSON API and Google's own library for credentials: three
/// requests need no SDK of 50 MB. Begin at [GcsCloud].
@NullMarked
package dev.pumphandle.stores.gcs;

import org.jspecify.annotations.NullMarked;
