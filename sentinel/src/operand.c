#include "operand.h"

#include "cpu.h"

static int64_t displacement(const uint8_t *at, int bytes) {
  uint32_t value = 0;
  for (int i = 0; i < bytes; i++) value |= (uint32_t)at[i] << (8 * i);
  return bytes == 1 ? (int8_t)value : (int32_t)value;
}

// Source: AMD64 Architecture Programmer's Manual vol. 3 §1.4 (ModRM and SIB), CALL and JMP (FF /2, FF /4, E8, E9)
bool operand_decode(const uint8_t *code, size_t n, uint64_t pc, uint64_t sp, const ucontext_t *context, struct operand *found) {
  size_t at = 0;
  if (n >= 4 && code[0] == 0xf3 && code[1] == 0x0f && code[2] == 0x1e && code[3] == 0xfa) at = 4;
  while (at < n && (code[at] == 0x3e || code[at] == 0xf2)) at++;  // notrack, bnd
  uint8_t rex = at < n && (code[at] & 0xf0) == 0x40 ? code[at++] : 0;
  if (at + 5 <= n && rex == 0 && (code[at] == 0xe8 || code[at] == 0xe9)) {
    found->jump = code[at] == 0xe9;
    found->direct = true;
    found->length = at + 5;
    found->address = pc + at + 5 + (uint64_t)displacement(code + at + 1, 4);
    return true;
  }
  if (at + 2 > n || code[at] != 0xff) return false;
  uint8_t modrm = code[at + 1];
  int mod = modrm >> 6, operation = modrm >> 3 & 7, rm = modrm & 7;
  if (operation != 2 && operation != 4) return false;
  at += 2;
  found->jump = operation == 4;
  found->direct = mod == 3;
  if (found->direct) {
    found->length = at;
    found->address = cpu_x86(context, rm | (rex & 1) << 3);
    return true;
  }
  uint64_t address = 0;
  bool relative = false;
  int bytes = mod == 1 ? 1 : mod == 2 ? 4 : 0;
  if (rm == 4) {
    if (at >= n) return false;
    uint8_t sib = code[at++];
    int base = sib & 7, index = (sib >> 3 & 7) | (rex & 2) << 2;
    if (base == 5 && mod == 0)
      bytes = 4;
    else
      address = base == 4 && !(rex & 1) ? sp : cpu_x86(context, base | (rex & 1) << 3);
    if (index != 4) address += cpu_x86(context, index) << (sib >> 6);
  } else if (rm == 5 && mod == 0) {
    relative = true;
    bytes = 4;
  } else {
    address = cpu_x86(context, rm | (rex & 1) << 3);
  }
  if (at + (size_t)bytes > n) return false;
  address += (uint64_t)displacement(code + at, bytes);
  at += (size_t)bytes;
  found->length = at;
  found->address = relative ? address + pc + at : address;
  return true;
}
