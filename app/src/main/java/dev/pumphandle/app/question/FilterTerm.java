package dev.pumphandle.app.question;

/// One term of a filter: `column:value`, or turned round `-column:value`.
///
/// @param column the column's own name, with short names already written out
/// @param value what is asked for; empty asks for what is not known
/// @param negated whether it is turned round
record FilterTerm(String column, String value, boolean negated) {}
