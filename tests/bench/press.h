/* Keys to the program in a pseudo-terminal, and how long it takes until what they draw has been read by an emulator. */
#ifndef TESTS_BENCH_PRESS_H
#define TESTS_BENCH_PRESS_H

#include "tests/bench/measure.h"
#include "tests/screen/terminal.h"

/* Reads until `text` (NULL: anything) stands on the screen and nothing more came for a while; when the last byte of it came. */
double wait_drawn(struct terminal *terminal, size_t bytes_before, const char *text);

/* Sends the keys; the milliseconds to what they draw, into times, and its bytes. Either may be NULL. */
void press(struct terminal *terminal, const char *keys, const char *text, struct samples *times, struct samples *bytes);

#endif
