#include "line.h"

void line_begin(struct line *line, size_t most) {
  line->length = 0;
  line->most = most < LINE_MOST ? most : LINE_MOST;
  line->overflowed = false;
}

void put_char(struct line *line, char c) {
  if (line->length < line->most)
    line->text[line->length++] = c;
  else
    line->overflowed = true;
}

void put_bytes(struct line *line, const char *bytes, size_t n) {
  for (size_t i = 0; i < n; i++) put_char(line, bytes[i]);
}

void put_text(struct line *line, const char *text) { put_bytes(line, text, text_length(text)); }

void put_decimal(struct line *line, int64_t number) {
  char digits[20];
  size_t n = 0;
  uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
  do digits[n++] = (char)('0' + rest % 10);
  while ((rest /= 10) != 0);
  if (number < 0) put_char(line, '-');
  while (n > 0) put_char(line, digits[--n]);
}

static char digit(unsigned value) { return (char)(value < 10 ? '0' + value : 'a' + value - 10); }

void put_hex(struct line *line, uint64_t number) {
  int shift = 60;
  while (shift > 0 && (number >> shift & 15) == 0) shift -= 4;
  for (; shift >= 0; shift -= 4) put_char(line, digit((unsigned)(number >> shift) & 15));
}

void put_dump(struct line *line, const uint8_t *bytes, size_t n) {
  for (size_t i = 0; i < n; i++) {
    put_char(line, digit(bytes[i] >> 4));
    put_char(line, digit(bytes[i] & 15));
  }
}

static bool plain(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  for (const char *p = "._/:+-@[]"; *p; p++)
    if (*p == c) return true;
  return false;
}

void put_escaped(struct line *line, const char *text, size_t n) {
  for (size_t i = 0; i < n && text[i]; i++) {
    if (plain(text[i])) {
      put_char(line, text[i]);
    } else {
      uint8_t byte = (uint8_t)text[i];
      put_char(line, '%');
      put_dump(line, &byte, 1);
    }
  }
}

bool line_keep(struct line *line, size_t length_before) {
  if (!line->overflowed) return true;
  line->length = length_before;
  line->overflowed = false;
  return false;
}

size_t text_length(const char *text) {
  size_t n = 0;
  while (text[n]) n++;
  return n;
}

bool text_starts(const char *text, const char *with) {
  while (*with)
    if (*text++ != *with++) return false;
  return true;
}

bool text_contains(const char *text, const char *part) {
  for (; *text; text++)
    if (text_starts(text, part)) return true;
  return false;
}
