/// One class for each way in which a death is written into a log, and one table of them.
@NullMarked
package dev.pumphandle.fieldwork.log.dialect;

import org.jspecify.annotations.NullMarked;
