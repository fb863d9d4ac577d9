-- exclusion: sanitizer-or-test
-- version: 1
-- precedence: 12
--
-- A build under a sanitizer, or a place where things are meant to crash: tests, fuzzers, canaries. Name your own places here.
--
-- example confirmed: {"evidence": "sanitizer", "signal_number": 11}
-- example confirmed: {"k8s_namespace_name": "search-ci", "signal_number": 11}
-- example none: {"k8s_namespace_name": "citrus", "signal_number": 11}

-- tier confirmed
evidence = 'sanitizer' OR list_contains(evidence_kinds, 'sanitizer')
  OR regexp_matches(lower(concat_ws(' ', k8s_namespace_name, deployment_environment_name)),
    '(^|[ _-])(test|tests|ci|canary|fuzz|fuzzing)($|[ _-])')
