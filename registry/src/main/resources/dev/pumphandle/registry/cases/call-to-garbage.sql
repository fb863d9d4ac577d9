-- case definition: call-to-garbage
-- version: 1
-- precedence: 70
--
-- Control was sent, by a call or a jump, to an address that holds no code: a stale or overwritten function pointer, a table of
-- functions of a freed object, a library that was unloaded.
--
-- Probable: a call and a jump cannot be told apart without the text, but a return can be ruled out: the word below the stack
-- pointer is another, and the one at it points into code, as after a call.
--
-- example probable: {"control_arrived": "unknown", "pc_in": "unmapped", "target": "0x123456789a10", "fault_sp": "0x7ffc00001008", "popped_word": 0, "top_word": "0x401234", "top_word_in": "code"}
-- example none: {"control_arrived": "unknown", "pc_in": "unmapped", "target": "0x123456789a10", "fault_sp": "0x7ffc00001008", "popped_word": "0x123456789a10", "top_word": "0x401234", "top_word_in": "code"}
-- example none: {"control_arrived": "unknown", "pc_in": "null-page", "target": 0, "fault_sp": "0x7ffc00001008", "popped_word": 7, "top_word": "0x401234", "top_word_in": "code"}
-- example confirmed: {"control_arrived": "called", "target": "0x602000000010"}
-- example confirmed: {"control_arrived": "jumped", "target": "0x10"}
-- example none: {"control_arrived": "returned", "target": "0x10"}

-- tier confirmed
control_arrived IN ('called', 'jumped') AND target <> 0

-- tier probable
control_arrived = 'unknown' AND target <> 0 AND pc_in <> 'code'
  AND mod16(fault_sp) = 8 AND popped_word IS DISTINCT FROM target AND top_word_in = 'code'
