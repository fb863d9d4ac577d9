-- exclusion: secondary
-- version: 1
-- precedence: 60
--
-- A later death in a restart loop: the same container died less than ten minutes before. The first of the loop is the case;
-- `index_case_id` names it.
--
-- example confirmed: {"signal_number": 11, "index_case_id": "7f9b2c1e00000001"}
-- example none: {"signal_number": 11}

-- tier confirmed
index_case_id IS NOT NULL
