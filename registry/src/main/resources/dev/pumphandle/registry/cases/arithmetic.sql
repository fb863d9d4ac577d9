-- case definition: arithmetic
-- version: 1
-- precedence: 160
--
-- SIGFPE: a whole number divided by zero, or a quotient too large; rarely a floating-point trap that was switched on.
--
-- example confirmed: {"signal_number": 8, "signal_code": 1}
-- example none: {"signal_number": 8, "signal_code": 0}

-- tier confirmed
signal_number = 8 AND signal_code > 0
