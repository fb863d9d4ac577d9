-- case definition: stack-overflow
-- version: 4
-- precedence: 80
--
-- The stack ran out: endless recursion, or a frame larger than what was left.
--
-- The fault is an access at or below the low end of the thread's stack, near the stack pointer. When not even the frame of a
-- signal handler fits, the kernel kills with si_code 128 and no address, and the handler never runs.
-- Probable: that, where the text was not to be had to see which instruction it was.
--
-- A SIGBUS is none: what lies below the low end of a stack is a guard page or nothing, and both are SIGSEGV
-- (Linux v6.12 arch/x86/mm/fault.c, do_user_addr_fault()). A file mapped just below a small stack and cut short since looks
-- like one in every other way.
--
-- Nor is an access near NULL one, however near NULL the stack: in a program at fixed addresses the stack of a coroutine may lie
-- in its data, a few megabytes above 0.
--
-- Suspect: a runtime says so itself.
--
-- example suspect: {"evidence": "rust", "signal_number": 6, "abort_message": "has overflowed its stack"}
-- example suspect: {"evidence": "sanitizer", "signal_number": 11, "termination_reason": "stack-overflow"}
-- example probable: {"signal_number": 11, "signal_code": 128, "control_arrived": "unknown", "pc_in": "code", "stack_room": 64, "fault_address": 0, "fault_sp": "0x7ffc00001040"}
-- example none: {"signal_number": 11, "signal_code": 128, "control_arrived": "unknown", "pc_in": "code", "stack_room": 90000, "fault_address": 0, "fault_sp": "0x7ffc00001040"}
-- example confirmed: {"signal_number": 11, "signal_code": 1, "control_arrived": "ran", "stack_room": -16, "fault_address": "0x7ffc00000ff0", "fault_sp": "0x7ffc00000ff0"}
-- example confirmed: {"signal_number": 11, "signal_code": 128, "control_arrived": "ran", "stack_room": 64, "fault_address": 0, "fault_sp": "0x7ffc00001040"}
-- example none: {"signal_number": 7, "signal_code": 2, "control_arrived": "ran", "stack_room": 4096, "fault_address": "0x7ffc00000040", "fault_sp": "0x7ffc00002000"}
-- example none: {"signal_number": 11, "signal_code": 1, "control_arrived": "ran", "stack_room": 64, "fault_address": 8, "fault_sp": "0x7ffc00001040"}
-- example none: {"signal_number": 11, "signal_code": 1, "control_arrived": "ran", "stack_room": 90000, "fault_address": "0x7ffc00000ff0", "fault_sp": "0x7ffc00010000"}
-- example none: {"signal_number": 11, "signal_code": 1, "control_arrived": "ran", "stack_room": 60000, "fault_address": 0, "fault_sp": "0x413f90"}

-- tier confirmed
signal_number = 11 AND control_arrived = 'ran'
  AND CASE
    -- No room for a signal frame: about a page and the extended state of the processor.
    WHEN signal_code = 128 THEN stack_room < 16384 AND (operand_address IS NULL OR is_canonical(operand_address))
    ELSE stack_room < 65536
      AND fault_address >= 65536
      -- Below the low end of the stack, and within a large frame's reach of the stack pointer.
      AND fault_address < fault_sp - stack_room::HUGEINT
      AND fault_address > fault_sp - 67108864::HUGEINT
  END

-- tier probable
signal_number = 11 AND signal_code = 128 AND control_arrived = 'unknown' AND pc_in = 'code' AND stack_room < 16384

-- tier suspect
evidence IS NOT NULL
  AND (regexp_matches(abort_message, 'overflowed its stack|stack overflow') OR termination_reason = 'stack-overflow')
