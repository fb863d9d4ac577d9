-- case definition: call-through-null
-- version: 2
-- precedence: 50
--
-- A function pointer, or an entry of a table of functions, was NULL and was called.
--
-- Suspect: a log has not the word at the stack pointer, but that is 8 off, as after a call; a return on a shifted stack looks alike.
--
-- example suspect: {"evidence": "kernel", "fault_registers_from": "log", "control_arrived": "unknown", "target": 0, "fault_sp": "0x7fff85868188"}
-- example confirmed: {"control_arrived": "called", "target": 0}
-- example none: {"control_arrived": "called", "target": "0x10"}
-- example none: {"control_arrived": "unknown", "target": 0}

-- tier confirmed
control_arrived = 'called' AND target = 0

-- tier suspect
evidence IS NOT NULL AND control_arrived = 'unknown' AND target = 0 AND fault_sp % 16 = 8
