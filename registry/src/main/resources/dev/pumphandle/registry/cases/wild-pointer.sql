-- case definition: wild-pointer
-- version: 3
-- precedence: 110
--
-- Data was read or written at an address that is neither near NULL nor fit for it: unmapped, or mapped without the permission.
--
-- Probable: a kernel line, which names the fault but not always its si_code. Suspect: a log that has no si_code, or no
-- instruction pointer, so that nothing tells how control got there.
--
-- example probable: {"evidence": "kernel", "fault_registers_from": "log", "signal_number": 11, "trap_number": 14, "control_arrived": "ran", "fault_address": "0x55d0c0de1000"}
-- example suspect: {"evidence": "folly", "signal_number": 11, "signal_code": 1, "fault_address": "0x55d0c0de1000"}
-- example suspect: {"evidence": "glog", "signal_number": 11, "fault_address": "0x55d0c0de1000", "fault_pc": "0x412eb1"}
-- example none: {"evidence": "glog", "signal_number": 11, "fault_address": "0x55d0c0de1000", "fault_pc": "0x55d0c0de1000", "control_arrived": "unknown"}
-- example confirmed: {"signal_number": 11, "signal_code": 2, "control_arrived": "ran", "fault_address": "0x55d0c0de1000"}
-- example none: {"signal_number": 11, "signal_code": 1, "control_arrived": "ran", "fault_address": 16}
-- example none: {"signal_number": 11, "signal_code": -6, "control_arrived": "ran", "fault_address": "0x55d0c0de1000"}

-- tier confirmed
signal_number = 11 AND signal_code IN (1, 2, 3, 4) AND control_arrived = 'ran' AND fault_address >= 65536

-- tier probable
evidence IS NOT NULL AND signal_number = 11 AND signal_code IS NULL AND trap_number = 14 AND control_arrived = 'ran'
  AND fault_address >= 65536

-- tier suspect
evidence IS NOT NULL AND control_arrived IS NULL AND signal_number = 11 AND coalesce(signal_code, 1) IN (1, 2)
  AND fault_address >= 65536
