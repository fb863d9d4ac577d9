// Text of a bounded length, put together without the C library. Async-signal-safe.
#ifndef PUMPHANDLE_LINE_H
#define PUMPHANDLE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A line with its end is shorter than this: PIPE_BUF, up to which a write(2) to a pipe is one piece (pipe(7)).
enum { LINE_MOST = 4095 };

struct line {
  size_t length, most;
  bool overflowed;
  char text[LINE_MOST + 1];
};

void line_begin(struct line *line, size_t most);
void put_text(struct line *line, const char *text);
void put_bytes(struct line *line, const char *bytes, size_t n);
void put_char(struct line *line, char c);
void put_decimal(struct line *line, int64_t number);
void put_hex(struct line *line, uint64_t number);
// Two digits for each byte, as they stand in memory.
void put_dump(struct line *line, const uint8_t *bytes, size_t n);
// Letters, digits and ._/:+-@[] as they are, all else as %XX, so that a value has no space and no separator.
void put_escaped(struct line *line, const char *text, size_t n);
// Takes back what was put since, where it did not fit.
bool line_keep(struct line *line, size_t length_before);

size_t text_length(const char *text);
bool text_starts(const char *text, const char *with);
bool text_contains(const char *text, const char *part);

#endif
