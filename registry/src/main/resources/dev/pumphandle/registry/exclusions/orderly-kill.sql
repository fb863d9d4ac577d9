-- exclusion: orderly-kill
-- version: 2
-- precedence: 20
--
-- A signal that means *please stop*, from outside: SIGTERM, SIGINT, SIGQUIT, SIGHUP; and SIGKILL, which nobody can send himself by
-- accident. A handler prints the same page for SIGTERM as for a crash, and a log does not always say who sent it.
--
-- example confirmed: {"signal_number": 3, "signal_code": 0}
-- example confirmed: {"signal_number": 15, "evidence": "glog"}
-- example confirmed: {"signal_number": 9, "evidence": "container", "exit_code": 137}
-- example none: {"signal_number": 15}
-- example none: {"signal_number": 11, "signal_code": 0}

-- tier confirmed
(signal_number IN (1, 2, 3, 15) AND (signal_code <= 0 OR (signal_code IS NULL AND evidence IS NOT NULL)))
  OR (signal_number = 9 AND evidence IS NOT NULL)
