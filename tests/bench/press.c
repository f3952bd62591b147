#include "tests/bench/press.h"

enum { QUIET_MS = 6, PATIENCE_MS = 10000 };

double wait_drawn(struct terminal *terminal, size_t bytes_before, const char *text) {
    double last = clock_ms(), started = last;
    size_t bytes = bytes_before;
    for (;;) {
        double now;
        terminal_settle(terminal, 0);
        now = clock_ms();
        if (terminal_bytes(terminal) != bytes) {
            bytes = terminal_bytes(terminal);
            last = now;
        } else if (bytes != bytes_before && now - last > QUIET_MS && (!text || terminal_find(terminal, text) >= 0)) {
            return last;
        } else if (now - started > PATIENCE_MS) {
            terminal_dump(terminal);
            die("'%s' was not drawn", text ? text : "anything");
        }
    }
}

void press(struct terminal *terminal, const char *keys, const char *text, struct samples *times,
           struct samples *bytes) {
    size_t before = terminal_bytes(terminal);
    double started = clock_ms();
    terminal_send(terminal, keys);
    double drawn = wait_drawn(terminal, before, text);
    if (times)
        samples_add(times, drawn - started);
    if (bytes)
        samples_add(bytes, (double)(terminal_bytes(terminal) - before));
}
