/// Bytes from where cores lie: listing objects, and opening one as a source of ranges.
///
/// A store knows names, sizes and versions. It does not know what a core is, beyond telling from
/// the first bytes of an object whether it is compressed; it never unpacks one to disk.
@NullMarked
package dev.pumphandle.stores;

import org.jspecify.annotations.NullMarked;
