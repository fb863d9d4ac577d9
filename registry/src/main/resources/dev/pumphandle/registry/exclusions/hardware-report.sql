-- exclusion: hardware-report
-- version: 1
-- precedence: 5
--
-- The hardware reported an error, and nobody died of it: a machine check, a memory error that was corrected. It tells of a host:
-- ask for evidence = 'machine-check'.
--
-- example confirmed: {"evidence": "machine-check", "termination_reason": "hardware report"}
-- example none: {"evidence": "machine-check", "signal_number": 7}

-- tier confirmed
evidence = 'machine-check' AND signal_number IS NULL
