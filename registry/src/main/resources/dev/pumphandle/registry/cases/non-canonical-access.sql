-- case definition: non-canonical-access
-- version: 1
-- precedence: 100
--
-- Data was read or written at an address that is not canonical: often freed memory, a pattern, or text used as a pointer.
--
-- The processor raises a general protection fault without an address (si_code 128, si_addr 0): that zero is *not* a NULL
-- pointer. Through rsp or rbp it is a stack fault, which Linux reports as SIGBUS.
--
-- Confirmed: the operand of the faulting instruction could be evaluated, and is not canonical.
-- Probable: it could not, but the instruction accesses memory and some register is not canonical; or the text is not to be had,
-- and it was a stack fault (SIGBUS with code 128), which a non-canonical address through rbp or rsp raises.
--
-- example confirmed: {"signal_number": 11, "signal_code": 128, "control_arrived": "ran", "operand_address": "0x4141414141414141"}
-- example confirmed: {"signal_number": 7, "signal_code": 128, "control_arrived": "ran", "operand_address": "0x4141414141414141"}
-- example probable: {"signal_number": 11, "signal_code": 128, "control_arrived": "ran", "instruction_kind": "other", "registers": {"rax": 4702111234474983745, "rsp": 140720308486144}}
-- example probable: {"signal_number": 7, "signal_code": 128, "control_arrived": "unknown", "pc_in": "code", "fault_sp": "0x7ffc00001040"}
-- example none: {"signal_number": 11, "signal_code": 128, "control_arrived": "unknown", "pc_in": "code", "fault_sp": "0x7ffc00001040"}
-- example none: {"signal_number": 11, "signal_code": 128, "control_arrived": "ran", "instruction_kind": "sse-aligned", "operand_address": "0x7ffc00000008"}
-- example none: {"signal_number": 11, "signal_code": 1, "control_arrived": "ran", "fault_address": 8}

-- tier confirmed
signal_number IN (7, 11) AND signal_code = 128 AND control_arrived = 'ran'
  AND NOT is_canonical(operand_address)

-- tier probable
(signal_number IN (7, 11) AND signal_code = 128 AND control_arrived = 'ran'
  AND operand_address IS NULL AND instruction_kind IN ('load', 'store', 'other')
  AND len(list_filter(map_values(registers), lambda v: NOT is_canonical(v))) > 0)
  OR (signal_number = 7 AND signal_code = 128 AND control_arrived = 'unknown' AND pc_in = 'code')
