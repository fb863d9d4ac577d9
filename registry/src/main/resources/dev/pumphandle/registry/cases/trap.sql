-- case definition: trap
-- version: 2
-- precedence: 170
--
-- SIGTRAP: a breakpoint instruction outside a debugger, as `__builtin_trap` or a failed check in some libraries writes it.
--
-- Suspect: a log names the signal and nothing else.
--
-- example suspect: {"evidence": "systemd-unit", "signal_number": 5}
-- example confirmed: {"signal_number": 5, "signal_code": 128}
-- example none: {"signal_number": 5, "signal_code": -6}

-- tier confirmed
signal_number = 5 AND signal_code > 0

-- tier suspect
evidence IS NOT NULL AND signal_number = 5 AND signal_code IS NULL
