-- case definition: call-to-garbage
-- version: 1
-- precedence: 70
--
-- Control was sent, by a call or a jump, to an address that holds no code: a stale or overwritten function pointer, a table of
-- functions of a freed object, a library that was unloaded.
--
-- example confirmed: {"control_arrived": "called", "target": "0x602000000010"}
-- example confirmed: {"control_arrived": "jumped", "target": "0x10"}
-- example none: {"control_arrived": "returned", "target": "0x10"}

-- tier confirmed
control_arrived IN ('called', 'jumped') AND target <> 0
