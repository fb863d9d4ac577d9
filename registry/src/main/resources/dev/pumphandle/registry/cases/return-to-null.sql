-- case definition: return-to-null
-- version: 2
-- precedence: 30
--
-- A function returned to address 0.
--
-- The word that `ret` popped was zero and is still there, just below the stack pointer, in the red zone that signal delivery
-- leaves alone (AMD64 System V ABI §3.2.2); and the stack pointer is where it must be after a return. Something overwrote a
-- return address, or the stack pointer was not what the function thought.
--
-- Easily confused with a call through NULL: both leave rip at 0 and often a zero below rsp by accident. After a call the stack
-- pointer is off by 8 and the word at it follows the call instruction. On AArch64 a return goes through x30 and pops nothing.
--
-- Suspect: a log has no red zone, but the stack pointer is where a return, or a jump, leaves it.
--
-- example suspect: {"evidence": "kernel", "fault_registers_from": "log", "control_arrived": "unknown", "target": 0, "fault_sp": "0x7fff85868180"}
-- example none: {"evidence": "kernel", "fault_registers_from": "log", "control_arrived": "unknown", "target": 0, "fault_sp": "0x7fff85868188"}
-- example confirmed: {"control_arrived": "returned", "target": 0, "stack_alignment": "aligned"}
-- example none: {"control_arrived": "called", "target": 0}
-- example none: {"control_arrived": "returned", "target": "0x10"}
-- example none: {"target": 0}

-- tier confirmed
control_arrived = 'returned' AND target = 0

-- tier suspect
evidence IS NOT NULL AND control_arrived = 'unknown' AND target = 0 AND fault_sp % 16 = 0
