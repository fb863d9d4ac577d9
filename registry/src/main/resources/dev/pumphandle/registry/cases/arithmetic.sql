-- case definition: arithmetic
-- version: 2
-- precedence: 160
--
-- SIGFPE: a whole number divided by zero, or a quotient too large; rarely a floating-point trap that was switched on.
--
-- Suspect: a log names the signal and nothing else.
--
-- example suspect: {"evidence": "systemd-unit", "signal_number": 8}
-- example confirmed: {"signal_number": 8, "signal_code": 1}
-- example none: {"signal_number": 8, "signal_code": 0}

-- tier confirmed
signal_number = 8 AND signal_code > 0

-- tier suspect
evidence IS NOT NULL AND signal_number = 8 AND signal_code IS NULL
