-- exclusion: deliberate-abort
-- version: 1
-- precedence: 40
--
-- The process ended itself and said why: a failed check or assertion, an exception that nobody caught, a fatal error of a
-- runtime. A heap found in disorder and a smashed stack are no such decisions: they are signs of damage done before.
--
-- An abort without a word is kept as a case: its reason is not known.
--
-- example confirmed: {"signal_number": 6, "abort_message": "Check failed: x == y (1 vs. 2)"}
-- example confirmed: {"signal_number": 6, "abort_message": "terminate called after throwing an instance of 'std::bad_alloc'"}
-- example confirmed: {"exit_code": 2, "abort_message": "fatal error: concurrent map writes"}
-- example none: {"signal_number": 6, "abort_message": "free(): double free detected in tcache 2"}
-- example none: {"signal_number": 6, "abort_message": "*** stack smashing detected ***: terminated"}
-- example none: {"signal_number": 6}
-- example none: {"signal_number": 11, "abort_message": "panic: runtime error: invalid memory address or nil pointer dereference"}

-- tier confirmed
coalesce(signal_number, 6) = 6
  AND regexp_matches(abort_message,
    '(?i)^(check failed|terminate called|terminating|libc\+\+abi|pure virtual|fatal error: (concurrent|all goroutines|checkptr)|fatal runtime error)|Assertion [`''].*failed|^CHECK ')
