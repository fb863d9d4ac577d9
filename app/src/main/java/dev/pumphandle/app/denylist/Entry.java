package dev.pumphandle.app.denylist;

import java.time.LocalDate;

/// One physical host.
///
/// @param host its id
/// @param reason why
/// @param addedAt the day it was put on the list
/// @param reviewBy the day by which somebody looks at it again; a host is never denied for ever
public record Entry(String host, String reason, LocalDate addedAt, LocalDate reviewBy) {}
