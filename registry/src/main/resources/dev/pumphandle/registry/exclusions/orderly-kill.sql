-- exclusion: orderly-kill
-- version: 1
-- precedence: 20
--
-- A signal that means *please stop*, from outside: SIGTERM, SIGINT, SIGQUIT, SIGHUP.
--
-- example confirmed: {"signal_number": 3, "signal_code": 0}
-- example none: {"signal_number": 11, "signal_code": 0}

-- tier confirmed
signal_number IN (1, 2, 3, 15) AND signal_code <= 0
