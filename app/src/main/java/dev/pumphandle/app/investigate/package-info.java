/// The simulated fleet in a workspace, and the investigation's page: tables in, plain words out.
@NullMarked
package dev.pumphandle.app.investigate;

import org.jspecify.annotations.NullMarked;
