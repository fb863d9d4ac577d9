-- case definition: return-to-garbage
-- version: 1
-- precedence: 40
--
-- A function returned to an address that holds no code.
--
-- As return-to-null, with another word. A word that is no canonical address never gets into rip: the processor raises a general
-- protection fault on the `ret` itself, with si_code 128 and si_addr 0, and the word is still on top of the stack. A rule that
-- looks only for a bad rip misses that form.
--
-- example confirmed: {"control_arrived": "returned", "target": "0x4141414141414141", "instruction_kind": "ret"}
-- example confirmed: {"control_arrived": "returned", "target": "0x10"}
-- example none: {"control_arrived": "returned", "target": 0}
-- example none: {"control_arrived": "jumped", "target": "0x7ffc00001000"}

-- tier confirmed
control_arrived = 'returned' AND target <> 0
