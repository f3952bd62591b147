/*
 * `assay annotate` itself in a pseudo-terminal, on the store of a million items: from the start, from Enter, from a digit and from a scrolling key to the
 * last byte of what is drawn for it, as an emulator has read it, with the emulator's own time in it; and how many bytes each key costs.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/press.h"
#include "tests/bench/stage.h"

enum { STARTS = 40, BATCHES = 2 };

static struct {
    struct samples start, first, both, deal, next, digit, line, page, next_bytes, digit_bytes, line_bytes, page_bytes;
} measured;

static struct terminal *start(const struct stage *stage, const char *text, double *took) {
    const char *argv[] = {stage->program, "annotate", stage_path(stage, "million.assay"), "--as", "ana", NULL};
    double started = clock_ms();
    struct terminal *terminal = terminal_start(40, 120, argv, NULL);
    *took = wait_drawn(terminal, 0, text) - started;
    return terminal;
}

/* Deals the first batch; then starts with a batch open. */
static void measure_starts(const struct stage *stage) {
    double took;
    struct terminal *terminal = start(stage, "Take", &took);
    press(terminal, "\r", "▸ overall", &measured.deal, NULL);
    terminal_stop(terminal);
    for (int i = 0; i < STARTS; i++) {
        terminal = start(stage, "Begin batch", &took);
        samples_add(&measured.start, took);
        press(terminal, "\r", "▸ overall", &measured.first, NULL);
        samples_add(&measured.both, took + measured.first.values[measured.first.count - 1]);
        terminal_stop(terminal);
    }
}

static void judge_batch(struct terminal *terminal) {
    char words[32];
    for (int place = 1; place <= STAGE_BATCH; place++) {
        press(terminal, "j", NULL, &measured.line, &measured.line_bytes);
        press(terminal, "j", NULL, &measured.line, &measured.line_bytes);
        press(terminal, " ", NULL, &measured.page, &measured.page_bytes);
        press(terminal, "2", "▸ submit", &measured.digit, &measured.digit_bytes);
        snprintf(words, sizeof words, "%d of %d", place + 1, STAGE_BATCH);
        if (place < STAGE_BATCH)
            press(terminal, "\r", words, &measured.next, &measured.next_bytes);
        else
            press(terminal, "\r", "Hand in batch", NULL, NULL);
    }
}

static void measure_keys(const struct stage *stage) {
    double took;
    for (int i = 0; i < BATCHES; i++) {
        struct terminal *terminal = start(stage, i ? "Take" : "Begin batch", &took);
        press(terminal, "\r", "▸ overall", i ? &measured.deal : NULL, NULL);
        judge_batch(terminal);
        press(terminal, "\r", "become final", NULL, NULL);
        press(terminal, "\r", "Handed in", NULL, NULL);
        terminal_stop(terminal);
    }
}

int main(int argc, char **argv) {
    struct stage stage = stage_from(argc, argv);
    stage_million(&stage);
    measure_starts(&stage);
    measure_keys(&stage);
    samples_heading("assay annotate in a terminal of 120 x 40, 1,000,000 items in the store", "ms");
    samples_print("start to the start screen", &measured.start, 0);
    samples_print("its Enter to the first item", &measured.first, 0);
    samples_print("both: start to the first item drawn", &measured.both, 50);
    samples_print("Enter with a batch to deal, drawn", &measured.deal, 50);
    samples_print("Enter (submit) to the next item drawn", &measured.next, 16);
    samples_print("digit to drawn", &measured.digit, 16);
    samples_print("one line down to drawn", &measured.line, 16);
    samples_print("one page down to drawn", &measured.page, 16);
    samples_heading("written for it", "bytes");
    samples_print("the next item", &measured.next_bytes, 0);
    samples_print("digit", &measured.digit_bytes, 0);
    samples_print("one line down", &measured.line_bytes, 0);
    samples_print("one page down", &measured.page_bytes, 0);
    return 0;
}
