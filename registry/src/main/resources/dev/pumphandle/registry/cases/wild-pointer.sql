-- case definition: wild-pointer
-- version: 1
-- precedence: 110
--
-- Data was read or written at an address that is neither near NULL nor fit for it: unmapped, or mapped without the permission.
--
-- example confirmed: {"signal_number": 11, "signal_code": 2, "control_arrived": "ran", "fault_address": "0x55d0c0de1000"}
-- example none: {"signal_number": 11, "signal_code": 1, "control_arrived": "ran", "fault_address": 16}
-- example none: {"signal_number": 11, "signal_code": -6, "control_arrived": "ran", "fault_address": "0x55d0c0de1000"}

-- tier confirmed
signal_number = 11 AND signal_code IN (1, 2, 3, 4) AND control_arrived = 'ran' AND fault_address >= 65536
