/// Azure Blob Storage, through its own SDK. Begin at [AzureCloud].
@NullMarked
package dev.pumphandle.stores.azure;

import org.jspecify.annotations.NullMarked;
