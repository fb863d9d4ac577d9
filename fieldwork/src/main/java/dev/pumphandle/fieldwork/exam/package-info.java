/// What is looked at in one core, one small examiner for each question, in one explicit list:
/// [dev.pumphandle.fieldwork.exam.StandardExaminers].
@NullMarked
package dev.pumphandle.fieldwork.exam;

import org.jspecify.annotations.NullMarked;
