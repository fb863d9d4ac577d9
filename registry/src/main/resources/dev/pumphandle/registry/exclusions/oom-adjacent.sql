-- exclusion: oom-adjacent
-- version: 1
-- precedence: 15
--
-- The kernel killed it for want of memory, or killed another process of the same pod within a minute: what died beside it may
-- have died of it. `oom_kill_s` is worked out from the OOM killer's lines and from containers whose reason is OOMKilled.
--
-- A container's exit code of 137 alone says only SIGKILL.
--
-- example confirmed: {"signal_number": 9, "termination_reason": "OOMKilled"}
-- example confirmed: {"signal_number": 11, "oom_kill_s": 12}
-- example none: {"signal_number": 9, "termination_reason": "Error"}
-- example none: {"signal_number": 11}

-- tier confirmed
termination_reason = 'OOMKilled' OR oom_kill_s <= 60
