#include "identity.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

enum { VALUE = 200 };

static void field(struct line *line, const char *name, const char *value) {
  if (!value || !value[0]) return;
  size_t before = line->length;
  put_char(line, ' ');
  put_text(line, name);
  put_char(line, '=');
  put_escaped(line, value, VALUE);
  line_keep(line, before);
}

static bool first_line(const char *path, char *value, size_t size) {
  FILE *file = fopen(path, "re");
  if (!file) return false;
  bool found = fgets(value, (int)size, file) != NULL;
  fclose(file);
  if (found) value[strcspn(value, "\n")] = 0;
  return found && value[0];
}

// A line `name=value` of /etc/pumphandle/host, which whoever sets up the machine may write.
static bool from_file(const char *name, char *value, size_t size) {
  FILE *file = fopen("/etc/pumphandle/host", "re");
  if (!file) return false;
  char line[512];
  size_t n = strlen(name);
  bool found = false;
  while (!found && fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    found = strncmp(line, name, n) == 0 && line[n] == '=';
    if (found) snprintf(value, size, "%s", line + n + 1);
  }
  fclose(file);
  return found && value[0];
}

// What Hyper-V tells its guests, Azure's among them: records of a key of 512 and a value of 2048 bytes, padded with zeros.
// Source: Linux include/uapi/linux/hyperv.h, HV_KVP_EXCHANGE_MAX_KEY_SIZE and HV_KVP_EXCHANGE_MAX_VALUE_SIZE
static bool from_hyperv(char *value, size_t size) {
  enum { KEY = 512, TEXT = 2048, MOST = 1024 };
  FILE *pool = fopen("/var/lib/hyperv/.kvp_pool_3", "re");
  if (!pool) return false;
  static char record[KEY + TEXT];
  bool found = false;
  for (int i = 0; i < MOST && fread(record, sizeof record, 1, pool) == 1; i++) {
    record[KEY - 1] = record[KEY + TEXT - 1] = 0;
    bool full = strcmp(record, "PhysicalHostNameFullyQualified") == 0;
    if (!full && (found || strcmp(record, "PhysicalHostName") != 0)) continue;
    snprintf(value, size, "%.*s", (int)size - 1, record + KEY);
    found = true;
    if (full) break;
  }
  fclose(pool);
  return found && value[0];
}

const char *identity_environment(const char *name) {
  const char *value = secure_getenv(name);
  return value && value[0] ? value : NULL;
}

struct program {
  bool seen;
  char build_id[80];
};

static int look_at_program(struct dl_phdr_info *info, size_t size, void *into) {
  (void)size;
  struct program *program = into;
  if (program->seen) return 1;
  program->seen = true;  // the program itself comes first
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    if (part->p_type != PT_NOTE) continue;
    const char *at = (const char *)(info->dlpi_addr + part->p_vaddr), *end = at + part->p_filesz;
    while (end - at > (long)sizeof(ElfW(Nhdr))) {
      const ElfW(Nhdr) *note = (const void *)at;
      const unsigned char *id = (const unsigned char *)at + sizeof *note + ((note->n_namesz + 3) & ~3u);
      if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 && note->n_descsz * 2 < sizeof program->build_id) {
        for (unsigned b = 0; b < note->n_descsz; b++) snprintf(program->build_id + 2 * b, 3, "%02x", id[b]);
        return 1;
      }
      at = (const char *)id + ((note->n_descsz + 3) & ~3u);
    }
  }
  return 1;
}

void identity_learn(struct record_setting *setting, const struct pumphandle_sentinel_options *options) {
  static struct line line;
  line_begin(&line, sizeof setting->identity - 1);
  char value[512] = "";

  struct program program = {0};
  dl_iterate_phdr(look_at_program, &program);
  ssize_t n = readlink("/proc/self/exe", value, sizeof value - 1);
  if (n > 0) {
    value[n] = 0;
    field(&line, "exe", value);
  }
  field(&line, "build", program.build_id);
  field(&line, "version", options->service_version ? options->service_version : identity_environment("PUMPHANDLE_SERVICE_VERSION"));

  const char *node = options->node ? options->node : identity_environment("PUMPHANDLE_NODE");
  if (!node) node = identity_environment("NODE_NAME");
  if (!node && from_file("node", value, sizeof value)) node = value;
  field(&line, "node", node);
  if (gethostname(value, sizeof value - 1) == 0) field(&line, "hostname", value);
  if (from_file("host", value, sizeof value) || first_line("/etc/machine-id", value, sizeof value)) field(&line, "host", value);
  if (first_line("/proc/sys/kernel/random/boot_id", value, sizeof value)) field(&line, "boot", value);
  const char *physical = options->physical_host ? options->physical_host : identity_environment("PUMPHANDLE_PHYSICAL_HOST");
  if (!physical && (from_file("phys", value, sizeof value) || from_hyperv(value, sizeof value))) physical = value;
  field(&line, "phys", physical);

  memcpy(setting->identity, line.text, line.length);
  setting->identity[line.length] = 0;
  setting->program = getauxval(AT_PHDR);
  setting->abort_message = (uint64_t)dlvsym(RTLD_DEFAULT, "__abort_msg", "GLIBC_PRIVATE");
}
