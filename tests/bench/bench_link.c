/*
 * `assay annotate` over a line of 300 ms (150 each way, simulated in a pseudo-terminal): from a key to the last byte of what is drawn for it,
 * beside the same without a delay, and its bytes. What comes on top of the 300 ms is the program's.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/press.h"
#include "tests/bench/stage.h"

enum { ONE_WAY_MS = 150, ITEMS = 8 };

static struct {
    struct samples digit, mark, page, next, typed, bytes_digit, bytes_mark, bytes_page, bytes_next, bytes_typed;
} measured;

static void measure(const struct stage *stage, const char *store, int delay) {
    const char *argv[] = {stage->program, "annotate", store, "--as", "you", NULL};
    struct terminal *terminal = terminal_start(40, 120, argv, NULL);
    terminal_delay(terminal, delay);
    wait_drawn(terminal, 0, "Guideline and rulings");
    terminal_settle(terminal, 3 * delay + 20);
    press(terminal, "\033[H\r", "▸ ", NULL, NULL);
    for (int i = 0; i < ITEMS; i++) {
        terminal_settle(terminal, 3 * delay + 20); /* the reader reads: nothing is under way */
        press(terminal, "l", NULL, &measured.mark, &measured.bytes_mark);
        press(terminal, "g", "guideline and rulings", &measured.page, &measured.bytes_page);
        press(terminal, "\033", NULL, NULL, NULL);
        terminal_settle(terminal, 3 * delay + 20);
        press(terminal, "2", NULL, &measured.digit, &measured.bytes_digit);
        press(terminal, "\033OS", NULL, NULL, NULL);
        press(terminal, "x", NULL, &measured.typed, &measured.bytes_typed);
        press(terminal, "\033", NULL, NULL, NULL);
        press(terminal, "s1", NULL, &measured.next, &measured.bytes_next); /* set aside: the next item */
    }
    terminal_stop(terminal);
}

static void print(const char *title) {
    samples_heading(title, "ms");
    samples_print("digit", &measured.digit, 0);
    samples_print("the next text marked", &measured.mark, 0);
    samples_print("the guideline", &measured.page, 0);
    samples_print("a character typed", &measured.typed, 0);
    samples_print("set aside, the next item", &measured.next, 0);
    samples_heading("written for it", "bytes");
    samples_print("digit", &measured.bytes_digit, 500);
    samples_print("the next text marked", &measured.bytes_mark, 3000);
    samples_print("the guideline", &measured.bytes_page, 9000);
    samples_print("a character typed", &measured.bytes_typed, 100);
    samples_print("set aside, the next item", &measured.bytes_next, 9000);
    memset(&measured, 0, sizeof measured);
}

int main(int argc, char **argv) {
    struct stage stage = stage_from(argc, argv);
    char folder[512], store[600];
    snprintf(folder, sizeof folder, "%s", stage_path(&stage, "link"));
    snprintf(store, sizeof store, "%s/demo.assay", folder);
    const char *demo[] = {stage.program, "demo", folder, NULL};
    cost_of_command(demo, stage_path(&stage, "log"));
    measure(&stage, store, 0);
    print("assay annotate in a terminal of 120 x 40, no delay");
    measure(&stage, store, ONE_WAY_MS);
    print("the same over a line of 300 ms");
    return 0;
}
