-- exclusion: user-sent
-- version: 2
-- precedence: 30
--
-- Another process sent a fatal signal: an operator, a watchdog, a test.
--
-- example confirmed: {"signal_number": 11, "signal_code": 0, "process_pid": 42, "sender_pid": 1}
-- example confirmed: {"evidence": "glog", "signal_number": 6, "process_pid": 42, "sender_pid": 1}
-- example none: {"signal_number": 11, "signal_code": 0, "process_pid": 42, "sender_pid": 42}
-- example none: {"signal_number": 11, "signal_code": 1}

-- tier confirmed
signal_number > 0 AND coalesce(signal_code, 0) <= 0 AND sender_pid <> process_pid
