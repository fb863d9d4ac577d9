-- case definition: misaligned-stack
-- version: 1
-- precedence: 20
--
-- The stack pointer stood 8 bytes from where the calling convention says it must.
--
-- A correct program on a correct processor does not get there: every call and return keeps rsp where the AMD64 System V ABI §3.2.2
-- puts it. Hand-written assembly, a broken context switch or a processor that computes wrongly does. Look at the hosts first.
--
-- Confirmed: either control returned to a word that is not the return address of the frame, and the frame chain or the ABI says
-- that the stack had shifted; or an instruction that needs an aligned operand on the stack found it off by 8, whichever way.
-- Probable: control returned from a stack that was off by 8, and nothing tells which way it had shifted.
--
-- example confirmed: {"stack_alignment": "shifted-8", "control_arrived": "returned"}
-- example confirmed: {"stack_alignment": "shifted+8", "control_arrived": "ran", "instruction_kind": "sse-aligned"}
-- example confirmed: {"stack_alignment": "unknown", "stack_alignment_evidence": "parity", "control_arrived": "ran", "instruction_kind": "sse-aligned"}
-- example probable: {"stack_alignment": "unknown", "stack_alignment_evidence": "parity", "control_arrived": "returned"}
-- example none: {"stack_alignment": "unknown", "control_arrived": "ran", "instruction_kind": "sse-aligned"}
-- example none: {"stack_alignment": "aligned", "control_arrived": "returned"}
-- example none: {"control_arrived": "returned"}

-- tier confirmed
stack_alignment IN ('shifted-8', 'shifted+8')
  OR (stack_alignment_evidence = 'parity' AND control_arrived = 'ran' AND instruction_kind = 'sse-aligned')

-- tier probable
stack_alignment_evidence = 'parity' AND control_arrived = 'returned'
