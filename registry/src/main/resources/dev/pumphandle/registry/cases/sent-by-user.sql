-- case definition: sent-by-user
-- version: 4
-- precedence: 180
--
-- Somebody sent the signal: another process, or the process itself outside any fault.
--
-- A handler that re-raises also leaves si_code 0 or -6. So a signal from the process itself counts only where the stack could be
-- searched, no handler was running, and the instruction pointer stands in code; else it may be a crash whose true registers are lost.
--
-- A SIGXFSZ from the process itself is none: the kernel sends it in its name to whoever writes past the limit of file sizes
-- (Linux v6.12 mm/filemap.c, generic_write_check_limits()).
--
-- A log that names a sender and no si_code tells of a signal that was sent.
--
-- example confirmed: {"evidence": "glog", "signal_number": 6, "process_pid": 42, "sender_pid": 1}
-- example none: {"evidence": "glog", "signal_number": 6, "process_pid": 42, "sender_pid": 42}
-- example confirmed: {"signal_number": 11, "signal_code": 0, "process_pid": 42, "sender_pid": 1}
-- example probable: {"signal_number": 11, "signal_code": -6, "process_pid": 42, "sender_pid": 42, "pc_in": "code", "handler_frames": 0, "top_word_in": "data"}
-- example none: {"signal_number": 11, "signal_code": -6, "process_pid": 42, "sender_pid": 42, "pc_in": "null-page", "handler_frames": 0, "top_word_in": "data"}
-- example none: {"signal_number": 11, "signal_code": -6, "process_pid": 42, "sender_pid": 42, "pc_in": "code", "handler_frames": 0}
-- example none: {"signal_number": 11, "signal_code": 1, "process_pid": 42}
-- example none: {"signal_number": 25, "signal_code": 0, "process_pid": 42, "sender_pid": 42, "pc_in": "code", "handler_frames": 0, "top_word_in": "data"}

-- tier confirmed
signal_number > 0 AND coalesce(signal_code, 0) <= 0 AND sender_pid <> process_pid

-- tier probable
signal_number > 0 AND signal_number <> 25 AND signal_code <= 0 AND sender_pid = process_pid
  AND pc_in = 'code' AND handler_frames = 0 AND top_word_in IS NOT NULL
