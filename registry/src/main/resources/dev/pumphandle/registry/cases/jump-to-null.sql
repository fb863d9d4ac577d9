-- case definition: jump-to-null
-- version: 1
-- precedence: 60
--
-- Control jumped to address 0: a tail call through a NULL pointer, or a stub of the dynamic linker without a target.
--
-- example confirmed: {"control_arrived": "jumped", "target": 0}
-- example none: {"control_arrived": "called", "target": 0}

-- tier confirmed
control_arrived = 'jumped' AND target = 0
