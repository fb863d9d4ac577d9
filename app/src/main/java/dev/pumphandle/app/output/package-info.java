/// Values on their way to a reader: grids of typed values, and one renderer per format.
///
/// Nothing here knows what a case is, nor where a grid came from; a renderer writes characters and
/// never decides what to show beyond what fits the width.
@NullMarked
package dev.pumphandle.app.output;

import org.jspecify.annotations.NullMarked;
