-- case definition: unwinder-race
-- version: 1
-- precedence: 10
--
-- The unwinder was overtaken by a signal while it moved the stack pointer.
--
-- GNU libunwind's setcontext reads the last registers of its context after it has moved rsp off it. The context then lies below
-- rsp, and the kernel builds the frame of any signal that strikes in that moment on top of it: the unwinder goes on with bytes of
-- the signal frame for its return address or registers. What becomes of it depends on which bytes: often zero, but also a saved
-- rbp, a stack address, or the signal frame's own words, so this disease is *not* always a return to NULL.
--
-- Confirmed: the frame of a harmless signal still lies below the stack pointer, it struck where the stack pointer of the fault
-- was, and the instruction it struck was the load right after `mov …,%rsp`. (A `ret` that was refused has not popped its word
-- yet, so that the stack pointer of the fault is 8 lower.)
-- Probable: control returned to a bad word from an aligned stack while rax still held the exception object that the unwinder
-- had been asked to land, and the function that owns the stack has a landing pad that fits.
-- Suspect: the same, where it could not be checked whether the landing pad fits, and the exceptions of this process are unwound
-- by libunwind, which has the race.
--
-- Easily confused with: a real return to NULL in a catch block, while rax still holds the exception object. That is why the
-- landing pad is asked for.
--
-- example confirmed: {"residual_in_setcontext": true, "residual_signal": 12, "residual_signal_sp": "0x7ffc0000a040", "fault_sp": "0x7ffc0000a040"}
-- example confirmed: {"residual_in_setcontext": true, "residual_signal_sp": "0x7ffc0000a040", "fault_sp": "0x7ffc0000a038", "control_arrived": "returned", "instruction_kind": "ret"}
-- example none: {"residual_in_setcontext": true, "residual_signal_sp": "0x7ffc0000a040", "fault_sp": "0x7ffc0000a030", "control_arrived": "returned", "instruction_kind": "ret"}
-- example probable: {"control_arrived": "returned", "stack_alignment": "aligned", "exception_object": true, "exception_landing_pad": "0x401234", "landing_pad_agrees": true}
-- example suspect: {"control_arrived": "returned", "stack_alignment": "aligned", "exception_object": true, "exception_landing_pad": "0x401234", "unwinder": "/usr/lib/x86_64-linux-gnu/libunwind.so.8.0.1"}
-- example none: {"control_arrived": "returned", "stack_alignment": "aligned", "exception_object": true, "exception_landing_pad": "0x401234", "landing_pad_agrees": false, "unwinder": "/usr/lib/x86_64-linux-gnu/libunwind.so.8.0.1"}
-- example none: {"control_arrived": "returned", "stack_alignment": "aligned", "exception_object": false}

-- tier confirmed
residual_in_setcontext
  AND residual_signal_sp = fault_sp + CASE WHEN control_arrived = 'returned' AND instruction_kind = 'ret' THEN 8 ELSE 0 END

-- tier probable
control_arrived = 'returned' AND stack_alignment = 'aligned'
  AND exception_object AND exception_landing_pad IS NOT NULL AND landing_pad_agrees

-- tier suspect
control_arrived = 'returned' AND stack_alignment = 'aligned'
  AND exception_object AND exception_landing_pad IS NOT NULL AND landing_pad_agrees IS NULL
  AND unwinder LIKE '%libunwind%'
