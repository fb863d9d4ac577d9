-- case definition: heap-corruption-abort
-- version: 2
-- precedence: 120
--
-- The C library found its heap in disorder and aborted. It says so in a message that stays in memory (`__abort_msg`).
--
-- The place of death is where the damage was noticed, not where it was done.
--
-- In the first process of a container abort() ends in `hlt` and a SIGSEGV, as `deliberate-abort` says.
--
-- example confirmed: {"signal_number": 6, "abort_message": "free(): double free detected in tcache 2"}
-- example confirmed: {"signal_number": 6, "abort_message": "malloc(): corrupted top size"}
-- example none: {"signal_number": 6, "abort_message": "*** stack smashing detected ***: terminated"}
-- example confirmed: {"signal_number": 11, "instruction_kind": "privileged", "abort_message": "free(): invalid pointer"}
-- example none: {"signal_number": 6}

-- tier confirmed
(signal_number = 6 OR (signal_number = 11 AND instruction_kind = 'privileged'))
  AND regexp_matches(abort_message,
    '^(malloc|free|realloc|calloc|munmap_chunk|mremap_chunk|sysmalloc|malloc_consolidate|tcache_thread_shutdown|_int_free)\b.*\(\)|^(corrupted|double free|break adjusted|invalid pointer|corrupted size)|chunk|unsorted|tcache|fastbin|smallbin|largebin')
