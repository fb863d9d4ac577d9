/// Object stores on trial: one contract for all stores, the faults of the world, and whole runs.
///
/// Azure is Azurite, S3 is S3Proxy, both real servers on loopback. For Cloud Storage no emulator
/// can be had from the registries, so a small server of ours speaks the JSON API's wire format:
/// what it gets wrong, these tests cannot see.
@NullMarked
package dev.pumphandle.trials;

import org.jspecify.annotations.NullMarked;
