-- case definition: not-a-crash
-- version: 1
-- precedence: 190
--
-- Nobody died: a core taken of a living process, by gcore or a debugger.
--
-- example confirmed: {"core_origin": "gcore"}
-- example confirmed: {"core_origin": "kernel", "signal_number": 0}
-- example none: {"core_origin": "kernel", "signal_number": 11}
-- example none: {"core_origin": "unknown"}

-- tier confirmed
core_origin = 'gcore' OR signal_number = 0
