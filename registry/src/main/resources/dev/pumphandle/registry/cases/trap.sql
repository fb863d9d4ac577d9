-- case definition: trap
-- version: 1
-- precedence: 170
--
-- SIGTRAP: a breakpoint instruction outside a debugger, as `__builtin_trap` or a failed check in some libraries writes it.
--
-- example confirmed: {"signal_number": 5, "signal_code": 128}
-- example none: {"signal_number": 5, "signal_code": -6}

-- tier confirmed
signal_number = 5 AND signal_code > 0
