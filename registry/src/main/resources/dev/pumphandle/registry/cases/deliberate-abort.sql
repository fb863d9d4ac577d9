-- case definition: deliberate-abort
-- version: 3
-- precedence: 130
--
-- The process aborted itself: abort(), a failed assertion, an exception that nobody caught, a smashed stack noticed in time, a
-- check of its own. Its own log says why.
--
-- No instruction raises SIGABRT: where a log names the sender and no si_code, as glog's page does, the sender tells.
--
-- The first process of a container is spared a SIGABRT that it sends itself (Linux v6.12 kernel/signal.c, sig_task_ignored()); its
-- abort() goes on to `hlt`, which is not allowed, and so dies of a SIGSEGV (glibc 2.36 stdlib/abort.c, ABORT_INSTRUCTION).
--
-- A Go program that panics under GOTRACEBACK=crash is one: whatever the panic was, a nil pointer included, the runtime caught it,
-- printed it, and raised SIGABRT itself (Go, src/runtime/signal_unix.go, crash() and dieFromSignal()). What the panic was stands in
-- its log alone.
--
-- example confirmed: {"signal_number": 6, "signal_code": -6, "process_pid": 42, "sender_pid": 42}
-- example confirmed: {"signal_number": 6, "signal_code": 0, "process_pid": 42, "sender_pid": 42}
-- example confirmed: {"evidence": "glog", "signal_number": 6, "process_pid": 42, "sender_pid": 42}
-- example none: {"evidence": "glog", "signal_number": 6, "process_pid": 42, "sender_pid": 1}
-- example confirmed: {"signal_number": 6, "abort_message": "*** stack smashing detected ***: terminated"}
-- example probable: {"signal_number": 6, "signal_code": -6}
-- example none: {"signal_number": 6, "signal_code": 0, "process_pid": 42, "sender_pid": 1}
-- example confirmed: {"signal_number": 11, "signal_code": 128, "process_pid": 1, "instruction_kind": "privileged", "frames": [{"pc": 1, "function": "abort", "file": null, "offset": null, "trust": "context"}]}
-- example confirmed: {"signal_number": 11, "signal_code": 128, "instruction_kind": "privileged", "abort_message": "f.c:3: f: Assertion `0' failed."}
-- example none: {"signal_number": 11, "signal_code": 128, "instruction_kind": "privileged", "frames": [{"pc": 1, "function": "halt", "file": null, "offset": null, "trust": "context"}]}

-- tier confirmed
signal_number = 6 AND (coalesce(signal_code, 0) <= 0 AND sender_pid = process_pid OR abort_message IS NOT NULL)
  OR (signal_number = 11 AND instruction_kind = 'privileged' AND (abort_message IS NOT NULL OR frames[1].function = 'abort'))

-- tier probable
signal_number = 6 AND sender_pid IS NULL AND (signal_code = -6 OR signal_code IS NULL)
