-- case definition: illegal-instruction
-- version: 2
-- precedence: 150
--
-- SIGILL: the processor met bytes that are no instruction it knows. `ud2` is what compilers write where control must never
-- come; other bytes mean overwritten code, a jump into the middle of things, or code built for another processor.
--
-- Suspect: a log names the signal and nothing else.
--
-- example suspect: {"evidence": "systemd-unit", "signal_number": 4}
-- example confirmed: {"signal_number": 4, "signal_code": 2}
-- example none: {"signal_number": 4, "signal_code": -6}

-- tier confirmed
signal_number = 4 AND signal_code > 0

-- tier suspect
evidence IS NOT NULL AND signal_number = 4 AND signal_code IS NULL
