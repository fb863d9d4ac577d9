-- case definition: null-dereference
-- version: 3
-- precedence: 90
--
-- Data was read or written through a NULL pointer, or at a small offset from one.
--
-- Linux maps nothing below 64 KiB (vm.mmap_min_addr), so an address below that is NULL plus an offset.
--
-- Suspect: a log that has no si_code, or no instruction pointer, so that nothing tells how control got there. An address of 0 may
-- then be a call or a return to NULL as well, or that of an access which has none because its address is not canonical.
--
-- example suspect: {"evidence": "folly", "signal_number": 11, "signal_code": 1, "fault_address": 8}
-- example suspect: {"evidence": "glog", "signal_number": 11, "fault_address": 8, "fault_pc": "0x55d0c0de1000", "pc_in": "code"}
-- example none: {"evidence": "glog", "signal_number": 11, "fault_address": 0, "fault_pc": 0, "control_arrived": "unknown"}
-- example none: {"evidence": "folly", "signal_number": 11, "signal_code": 128, "fault_address": 0}
-- example confirmed: {"signal_number": 11, "signal_code": 1, "control_arrived": "ran", "fault_address": 8}
-- example none: {"signal_number": 11, "signal_code": 128, "control_arrived": "ran", "fault_address": 0}
-- example none: {"signal_number": 11, "signal_code": 1, "control_arrived": "called", "fault_address": 0}
-- example none: {"signal_number": 11, "signal_code": 1, "control_arrived": "ran", "fault_address": "0x7ffc00000000"}

-- tier confirmed
signal_number = 11 AND signal_code IN (1, 2) AND control_arrived = 'ran' AND fault_address < 65536

-- tier suspect
evidence IS NOT NULL AND control_arrived IS NULL AND signal_number = 11 AND coalesce(signal_code, 1) IN (1, 2)
  AND fault_address < 65536
