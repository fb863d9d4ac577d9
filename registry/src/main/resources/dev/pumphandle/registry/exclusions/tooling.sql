-- exclusion: tooling
-- version: 1
-- precedence: 10
--
-- A tool took the core of a living process.
--
-- example confirmed: {"core_origin": "gcore"}
-- example none: {"core_origin": "kernel"}

-- tier confirmed
core_origin = 'gcore' OR signal_number = 0
