#include "maps.h"

#include <elf.h>

#include "line.h"
#include "system.h"

// A stack pointer that has left its stack is this near to it (bytes): the largest frame taken in one step.
static const uint64_t kNear = 64u << 20;

void maps_begin(struct maps *maps, uint64_t sp) {
  maps->place_count = maps->kept_count = maps->file_count = 0;
  maps->stack = sp;
  maps->stack_found = maps->whole = false;
}

void maps_want(struct maps *maps, uint64_t address) {
  if (maps->place_count < MAPS_MOST_PLACES) maps->places[maps->place_count++] = address;
}

const struct mapping *maps_at(const struct maps *maps, uint64_t address) {
  for (int i = 0; i < maps->kept_count; i++)
    if (address >= maps->kept[i].from && address < maps->kept[i].to) return &maps->kept[i];
  return 0;
}

static bool wanted(struct maps *maps, const struct mapping *mapping) {
  for (int i = 0; i < maps->place_count; i++)
    if (maps->places[i] >= mapping->from && maps->places[i] < mapping->to) return true;
  if (!maps->stack_found && mapping->writable && mapping->to > maps->stack) {
    maps->stack_found = true;
    return mapping->from <= maps->stack || mapping->from - maps->stack < kNear;
  }
  return false;
}

// One line of the list, taken apart. Source: proc_pid_maps(5)
struct entry {
  struct mapping mapping;
  bool has_file;
  char path[MAPS_PATH];
};

static const char *hex(const char *at, uint64_t *number) {
  for (*number = 0;; at++) {
    if (*at >= '0' && *at <= '9')
      *number = *number << 4 | (uint64_t)(*at - '0');
    else if (*at >= 'a' && *at <= 'f')
      *number = *number << 4 | (uint64_t)(*at - 'a' + 10);
    else
      return at;
  }
}

static void parse(const char *at, struct entry *entry) {
  struct mapping *mapping = &entry->mapping;
  at = hex(at, &mapping->from);
  if (*at) at = hex(at + 1, &mapping->to);
  entry->has_file = false;
  entry->path[0] = 0;
  mapping->file = -1;
  mapping->offset = 0;
  mapping->readable = mapping->writable = mapping->executable = false;
  if (text_length(at) < 6) return;
  mapping->readable = at[1] == 'r';
  mapping->writable = at[2] == 'w';
  mapping->executable = at[3] == 'x';
  at = hex(at + 6, &mapping->offset);
  for (int fields = 0; *at && fields < 2;) fields += *at++ == ' ';  // before the device, before the inode
  bool inode = *at && *at != '0';
  while (*at && *at != ' ') at++;
  while (*at == ' ') at++;
  entry->has_file = inode || text_starts(at, "[vdso]");
  size_t n = 0;
  for (; at[n] && n < MAPS_PATH - 1; n++) entry->path[n] = at[n];
  entry->path[n] = 0;
}

static bool same(const char *one, const char *other) { return text_starts(one, other) && text_starts(other, one); }

static bool unwinder(const char *path) {
  return text_contains(path, "/libunwind.so") || text_contains(path, "/libgcc_s.so");
}

// The file that this entry belongs to: the last one, or a new one. Files that nobody wants give up their place.
static int file_of(struct maps *maps, const struct entry *entry) {
  if (!entry->has_file) return -1;
  struct mapped_file *last = maps->file_count > 0 ? &maps->files[maps->file_count - 1] : 0;
  if (last && same(last->path, entry->path) && entry->mapping.offset != 0) {
    last->to = entry->mapping.to;
    return maps->file_count - 1;
  }
  if (last && !last->wanted) maps->file_count--;
  if (maps->file_count == MAPS_MOST_FILES) {
    maps->whole = false;
    return -1;
  }
  struct mapped_file *file = &maps->files[maps->file_count];
  file->from = entry->mapping.from;
  file->to = entry->mapping.to;
  file->bias = file->from;
  file->build_id_bytes = 0;
  file->wanted = unwinder(entry->path);
  for (size_t i = 0; i < MAPS_PATH; i++) file->path[i] = entry->path[i];
  return maps->file_count++;
}

static void take(struct maps *maps, const char *text) {
  struct entry entry;
  parse(text, &entry);
  int file = file_of(maps, &entry);
  if (!wanted(maps, &entry.mapping)) return;
  if (maps->kept_count == MAPS_MOST_KEPT) {
    maps->whole = false;
    return;
  }
  entry.mapping.file = file;
  if (file >= 0) maps->files[file].wanted = true;
  maps->kept[maps->kept_count++] = entry.mapping;
}

// The build-id and the load bias, from the file's first page as it is mapped. Source: elf(5)
static void look_into(struct mapped_file *file, struct memory *memory, uint8_t *notes, size_t room) {
  Elf64_Ehdr header;
  if (memory_read(memory, file->from, &header, sizeof header) != sizeof header || header.e_ident[0] != 0x7f ||
      header.e_ident[1] != 'E' || header.e_phentsize != sizeof(Elf64_Phdr))
    return;
  bool biased = false;
  for (int i = 0; i < header.e_phnum && i < 32; i++) {
    Elf64_Phdr part;
    if (memory_read(memory, file->from + header.e_phoff + (uint64_t)i * sizeof part, &part, sizeof part) != sizeof part)
      return;
    if (part.p_type == PT_LOAD && !biased) {
      file->bias = file->from - ((part.p_vaddr - part.p_offset) & ~4095ull);
      biased = true;
    }
    if (part.p_type != PT_NOTE || file->build_id_bytes > 0) continue;
    size_t n = part.p_filesz < room ? part.p_filesz : room;
    n = memory_read(memory, file->bias + part.p_vaddr, notes, n);
    for (size_t at = 0; at + 12 <= n;) {
      const uint32_t *head = (const uint32_t *)(const void *)(notes + at);
      size_t name = (head[0] + 3ull) & ~3ull, bytes = head[1];
      if (name > n || bytes > n || at + 12 + name + bytes > n) break;
      const uint8_t *id = notes + at + 12 + name;
      if (head[2] == NT_GNU_BUILD_ID && head[0] == 4 && notes[at + 12] == 'G' && bytes <= sizeof file->build_id) {
        for (size_t b = 0; b < bytes; b++) file->build_id[b] = id[b];
        file->build_id_bytes = bytes;
        break;
      }
      at += 12 + name + ((bytes + 3) & ~3ull);
    }
  }
}

void maps_read(struct maps *maps, struct memory *memory) {
  int fd = system_open("/proc/self/maps");
  if (fd < 0) return;
  maps->whole = true;
  size_t have = 0, total = 0;
  bool skipping = false;  // the rest of a line that is longer than the buffer
  for (;;) {
    long got = system_read(fd, maps->buffer + have, sizeof maps->buffer - have);
    if (got <= 0) break;
    have += (size_t)got;
    total += (size_t)got;
    size_t begin = 0;
    for (size_t i = 0; i < have; i++) {
      if (maps->buffer[i] != '\n') continue;
      maps->buffer[i] = 0;
      if (!skipping) take(maps, maps->buffer + begin);
      skipping = false;
      begin = i + 1;
    }
    if (begin == 0 && have == sizeof maps->buffer) {
      skipping = true;
      have = 0;
      continue;
    }
    for (size_t i = begin; i < have; i++) maps->buffer[i - begin] = maps->buffer[i];
    have -= begin;
    if (total >= MAPS_MOST_READ) {
      maps->whole = false;
      break;
    }
  }
  system_close(fd);
  if (maps->file_count > 0 && !maps->files[maps->file_count - 1].wanted) maps->file_count--;
  for (int i = 0; i < maps->file_count; i++) look_into(&maps->files[i], memory, (uint8_t *)maps->buffer, sizeof maps->buffer);
}
