/*
 * Makes SQLite's disk and memory fail: a VFS around the default one and an allocator around the standard one. Off
 * until armed; the N-th call of the armed sort fails (and every later one, if it is to stay broken).
 */
#ifndef TESTS_UNIT_STORE_HELPER_FAULT_H
#define TESTS_UNIT_STORE_HELPER_FAULT_H

#include <stdbool.h>

enum fault { FAULT_NONE, FAULT_WRITE, FAULT_SYNC, FAULT_FULL, FAULT_MEMORY, FAULTS };

/* Before anything of SQLite is used in this process. */
void fault_install(void);
void fault_arm(enum fault fault, int nth, bool stays);
void fault_disarm(void);
/* Whether the armed fault happened. */
bool fault_happened(void);

#endif
