-- case definition: bus-error
-- version: 2
-- precedence: 140
--
-- SIGBUS from the processor or the kernel: an access past the end of a mapped file, an alignment that was asked for, or memory
-- that the hardware reported as broken (codes 4 and 5: look at the host).
--
-- Suspect: a log names the signal and nothing else.
--
-- example suspect: {"evidence": "systemd-unit", "signal_number": 7}
-- example confirmed: {"signal_number": 7, "signal_code": 2}
-- example none: {"signal_number": 7, "signal_code": 0}

-- tier confirmed
signal_number = 7 AND signal_code > 0

-- tier suspect
evidence IS NOT NULL AND signal_number = 7 AND signal_code IS NULL
