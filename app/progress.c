/* The progress line; see progress.h. */
#include "app/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "core/base/banned.h"

void progress_start(struct progress *progress, struct world *world) {
    int64_t now = world->now(world);
    *progress = (struct progress){world, now, now, isatty(STDERR_FILENO) != 0, false};
}

void progress_show(struct progress *progress, uint64_t bytes, uint64_t total, uint64_t count, const char *what) {
    int64_t now = progress->world->now(progress->world);
    if (!progress->terminal || now - progress->shown < 100)
        return;
    progress->shown = now;
    progress->drawn = true;
    double seconds = (double)(now - progress->started) / 1000, rate = seconds > 0 ? (double)bytes / seconds : 0;
    fprintf(stderr, "\r%8llu %s  %6.1f MB", (unsigned long long)count, what, (double)bytes / 1e6);
    if (total && rate > 0)
        fprintf(stderr, " of %.1f  %5.1f MB/s  %3.0f s left", (double)total / 1e6, rate / 1e6,
                (double)(total - bytes) / rate);
    fputs("   ", stderr);
}

void progress_end(struct progress *progress) {
    if (progress->drawn)
        fprintf(stderr, "\r%72s\r", "");
    progress->drawn = false;
}
