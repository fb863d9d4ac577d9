// Which mappings hold the addresses that matter, from one bounded reading of /proc/self/maps. Async-signal-safe.
#ifndef PUMPHANDLE_MAPS_H
#define PUMPHANDLE_MAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory.h"

enum {
  MAPS_MOST_PLACES = 320,
  MAPS_MOST_KEPT = 48,
  MAPS_MOST_FILES = 16,
  MAPS_PATH = 160,
  // No more of the list is read (bytes): some 60,000 mappings.
  MAPS_MOST_READ = 6 << 20,
};

struct mapping {
  uint64_t from, to, offset;
  bool readable, writable, executable;
  int file;  // an index, or -1
};

struct mapped_file {
  uint64_t from, to, bias;
  char path[MAPS_PATH];
  uint8_t build_id[32];
  size_t build_id_bytes;
  bool wanted;
};

struct maps {
  uint64_t places[MAPS_MOST_PLACES];
  int place_count;
  uint64_t stack;
  bool stack_found;
  struct mapping kept[MAPS_MOST_KEPT];
  int kept_count;
  struct mapped_file files[MAPS_MOST_FILES];
  int file_count;
  // Whether the list was read to its end, and everything found room.
  bool whole;
  // On no stack: it may be a small one.
  _Alignas(8) char buffer[8192];
};

void maps_begin(struct maps *maps, uint64_t sp);
// Asks for the mapping that holds this address.
void maps_want(struct maps *maps, uint64_t address);
// Reads the list; keeps the mappings that hold what was asked for, the lowest that may be the stack that sp has left, and
// the files behind them and behind unwinders, each with its build-id, from its own first page.
void maps_read(struct maps *maps, struct memory *memory);
const struct mapping *maps_at(const struct maps *maps, uint64_t address);

#endif
