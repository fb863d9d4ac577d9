-- case definition: call-through-null
-- version: 1
-- precedence: 50
--
-- A function pointer, or an entry of a table of functions, was NULL and was called.
--
-- example confirmed: {"control_arrived": "called", "target": 0}
-- example none: {"control_arrived": "called", "target": "0x10"}
-- example none: {"control_arrived": "unknown", "target": 0}

-- tier confirmed
control_arrived = 'called' AND target = 0
