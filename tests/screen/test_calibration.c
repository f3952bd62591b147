/*
 * A calibration session as a lead and four people hold it: in five terminals on one store, and by turns at one. The
 * people answer blind, talk, vote again on one item; the lead writes references; the record is compared with the one
 * that must come out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper_campaign.h"

enum { PEOPLE = 4, ITEMS = 3 };
static const char *const names[PEOPLE] = {"ana", "ben", "eva", "ivo"};

/* What each person answers to q-1, q-2, q-3: how much better the first response (a) is; 0 is a tie, below 0 b is. */
static const int answers[PEOPLE][ITEMS] = {{2, 3, 0}, {2, -2, 0}, {2, -2, 1}, {2, 1, 0}};

static void wait_for(struct terminal *terminal, const char *text) {
    if (!terminal_wait(terminal, text)) {
        terminal_dump(terminal);
        fail_msg("\"%s\" does not come", text);
    }
}

static char editor[160];

static void make_store(struct scratch *scratch) {
    campaign_make(scratch, 8, 4, 5,
                  "criteria:\n  - {id: accuracy, ask: Right?, per: response, scale: [1, 5], required: true}\n"
                  "rationale: {required: true, min_characters: 4}\n");
    snprintf(editor, sizeof editor, "EDITOR=/bin/sh %s",
             scratch_write(scratch, "edit.sh",
                           "if grep -q broken \"$1\"; then\n  sed -i /broken/d \"$1\"\n"
                           "  echo 'title: Which is right?' >> \"$1\"\n"
                           "else\n  echo 'broken: x' >> \"$1\"\nfi\n"));
    for (int i = 1; i < PEOPLE; i++)
        free(ASSAY_OK("people", scratch->store, "add", names[i], "--role", "annotator", "--as", "lena"));
    free(ASSAY_OK("calibrate", scratch->store, "new", "week-1", "--item", "q-1", "--item", "q-2", "--item", "q-3",
                  "--as", "lena"));
}

static struct terminal *start(const struct scratch *scratch, const char *const words[], const char *as) {
    const char *argv[8] = {assay_path(), words[0], scratch->store, words[1], words[2], "--as", as, NULL};
    if (!words[1])
        argv[3] = "--as", argv[4] = as, argv[5] = NULL;
    return terminal_start(30, 100, argv, (const char *const[]){editor, NULL});
}

/* Which of the items is on the screen, from 1; 0: none of them. */
static int item_on_screen(struct terminal *terminal) {
    char text[32];
    for (int n = 1; n <= 8; n++) {
        snprintf(text, sizeof text, "Question q%d?", n);
        if (terminal_find(terminal, text) >= 0)
            return n;
    }
    return 0;
}

/* The response a stands on the left. */
static bool first_is_left(struct terminal *terminal, int item) {
    char first[32], second[32];
    snprintf(first, sizeof first, "q%d-first", item);
    snprintf(second, sizeof second, "q%d-second", item);
    wait_for(terminal, first);
    wait_for(terminal, second);
    int row = terminal_find(terminal, first);
    assert_true(row >= 0 && row == terminal_find(terminal, second));
    const char *text = terminal_row(terminal, row);
    return strstr(text, first) < strstr(text, second);
}

/* Fills the form in: ratings, choice, reason. `much`: how much better a is. */
static void answer(struct terminal *terminal, int item, int much, const char *why) {
    bool left = first_is_left(terminal, item);
    int seen = left ? much : -much; /* above 0: the left one is better */
    char keys[8] = {left ? '5' : '2', left ? '2' : '5', (char)('4' - seen), 'r', '\0'};
    terminal_send(terminal, keys);
    wait_for(terminal, "new line");
    terminal_send(terminal, why);
    wait_for(terminal, why);
    terminal_send(terminal, "\r");
    wait_for(terminal, "submit");
    terminal_send(terminal, "\r");
}

/* From the first item on the screen to the end of the batch; nobody else's words are on it. */
static void answer_all(struct terminal *terminal, int person, int items) {
    char gone[32], why[32];
    for (int i = 0; i < items; i++) {
        wait_for(terminal, "Question q");
        int item = item_on_screen(terminal);
        assert_in_range(item, 1, ITEMS);
        for (int other = 0; other < PEOPLE; other++) {
            snprintf(why, sizeof why, "reason %d", other);
            assert_true(other == person || terminal_find(terminal, why) < 0);
        }
        snprintf(why, sizeof why, "reason %d", person);
        answer(terminal, item, answers[person][item - 1], why);
        snprintf(gone, sizeof gone, "Question q%d?", item);
        if (i + 1 < items) /* the summary names it again */
            assert_true(terminal_wait_gone(terminal, gone) || terminal_dump(terminal));
    }
    wait_for(terminal, "is done.");
    terminal_send(terminal, "\r");
    wait_for(terminal, "Hand in? ");
    terminal_send(terminal, "y");
}

/* The lead's own answer to the item on the screen, in the form that everybody filled in. */
static void write_reference(struct terminal *lead, int item, int much, const char *why) {
    terminal_send(lead, "R");
    wait_for(lead, "reference of week-1");
    wait_for(lead, "Question q");
    answer(lead, item, much, why);
    wait_for(lead, "votes");
    wait_for(lead, why);
}

static void mark(struct terminal *lead, const char *key, const char *label, const char *note) {
    terminal_send(lead, key);
    wait_for(lead, label);
    terminal_send(lead, note);
    terminal_send(lead, "\r");
    wait_for(lead, "marked");
}

/* $EDITOR (a script: make_store) first leaves a broken file, then one with a title and the version that was raised for it. */
static void sharpen(struct terminal *lead) {
    terminal_send(lead, "E");
    wait_for(lead, "Where?");
    terminal_send(lead, "2");
    wait_for(lead, "Go over it again?");
    terminal_send(lead, "y");
    wait_for(lead, "What kind of change is it?");
    terminal_send(lead, "1");
    wait_for(lead, "version 2 is in force");
}

/* The lead goes through the items, when the votes are in; the second vote on q-2 has been called and is in. */
static void review(struct terminal *lead) {
    wait_for(lead, "item 1 of 3");
    wait_for(lead, "answers 4 of 4 · 4 for A");
    assert_int_equal(terminal_find(lead, "ana"), -1); /* names are hidden */
    terminal_send(lead, "H");
    wait_for(lead, "ana");
    write_reference(lead, 1, 2, "plainly right");
    terminal_send(lead, "P");
    wait_for(lead, "Promote it to gold");
    terminal_send(lead, "1");
    wait_for(lead, "gold now");
    terminal_send(lead, "\r");
    wait_for(lead, "item 2 of 3");
    wait_for(lead, "after the discussion: not independent");
    write_reference(lead, 2, 3, "b forgets half");
    terminal_send(lead, "\r");
    wait_for(lead, "item 3 of 3");
    mark(lead, "G", "what the rubric does not say", "when is a tie a tie?");
    sharpen(lead);
}

/* Dates and references become DATE and REF: they differ from run to run. */
static char *masked(const char *text) {
    char *out = malloc(strlen(text) + 1), *to = out;
    for (const char *c = text; *c;) {
        int y, m, d, length = 0;
        if (sscanf(c, "%4d-%2d-%2d%n", &y, &m, &d, &length) == 3 && length == 10 && (c == text || c[-1] == ' ')) {
            to += sprintf(to, "DATE");
            c += length;
        } else if (strlen(c) > 8 && strncmp(c + 4, " (q-", 4) == 0) {
            to += sprintf(to, "REF");
            c += 4;
        } else if (c > text && c[-1] == '(' && strlen(c) > 4 && c[4] == ')') {
            to += sprintf(to, "REF");
            c += 4;
        } else if (c > text + 1 && c[-1] == '*' && c[-2] == '*' && strlen(c) > 5 && c[4] == '*' && c[5] == '*') {
            to += sprintf(to, "REF");
            c += 4;
        } else {
            *to++ = *c++;
        }
    }
    *to = '\0';
    return out;
}

static const char expected[] =
    "# Calibration week-1\n\nscreen test · t · 3 items · 4 people · made DATE by lena · closed DATE\n"
    "\n## Agreement\n\n| | before the discussion | after it, not independent |\n| --- | --- | --- |\n"
    "| votes | all 12 under an older rule | all 12 under an older rule |\n"
    "| the same choice | 61 % [33–100], 3 items | 83 % [50–100], 3 items |\n"
    "| choice, alpha | 0.37 [-0.22 to 0.59], 3 items | 0.59 [-0.22 to 0.59], 3 items |\n"
    "| all the same | 33 % [0–100], 3 items | 67 % [0–100], 3 items |\n"
    "| strength, alpha | 0.28 [-0.22 to 0.96], 3 items | 0.96 [-0.22 to 0.96], 3 items |\n"
    "| accuracy, alpha | 1.00 [1.00 to 1.00], 6 units | 1.00 [1.00 to 1.00], 6 units |\n"
    "\nFirst votes were given blind. 4 second votes were given after the discussion: what was agreed on, not what each "
    "would say alone.\n"
    "\n## Items\n\nLetters are the responses as they are stored, whatever side each person saw.\n\n"
    "| | item | category | votes | after | reference | verdict |\n| --- | --- | --- | --- | --- | --- | --- |\n"
    "| 1 | REF (q-1) | odd | 4 A | – | A better | clear, gold |\n"
    "| 2 | REF (q-2) | even | 2 A · 2 B | 4 A | A much | clear |\n"
    "| 3 | REF (q-3) | odd | 1 A · 3 tie | – | – | rubric gap |\n"
    "\n## What was said\n\n1. **REF** A better: plainly right\n2. **REF** A much: b forgets half\n"
    "3. **REF** rubric gap: when is a tie a tie?\n"
    "\n## People\n\nFirst votes against the references. Distance: 0 the same, 6 the opposite; of a criterion in points "
    "of its scale, of the pair the share that differs.\n\n"
    "| person | answered | as the reference | distance | accuracy | to talk about |\n"
    "| --- | --- | --- | --- | --- | --- |\n"
    "| ana | 3 of 3 | 100 % [34–100], 2 items | 0.0 | 0.0 | – |\n"
    "| ben | 3 of 3 | 50 % [9–91], 2 items | 2.5 | 0.0 | 2 (REF) |\n"
    "| eva | 3 of 3 | 50 % [9–91], 2 items | 2.5 | 0.0 | 2 (REF) |\n"
    "| ivo | 3 of 3 | 100 % [34–100], 2 items | 1.0 | 0.0 | 2 (REF) |\n"
    "\nQualified by it: ana (2 of 2 as the reference, 100 % wanted), ivo (2 of 2 as the reference, 100 % wanted).\n"
    "\n## Two weeks before and after\n\nThe work of these people on this track: DATE to DATE, and DATE to DATE, which "
    "is "
    "not over. A comparison in time: it does not say what moved a figure.\n\n| | before | after |\n| --- | --- | --- "
    "|\n"
    "| judgments | 0 | 0 |\n"
    "| the same choice | n/a: no item has two judgments | n/a: no item has two judgments |\n"
    "| choice, alpha | n/a: no item has two judgments | n/a: no item has two judgments |\n"
    "| gold as the reference | n/a: no gold was answered | n/a: no gold was answered |\n"
    "| accuracy, alpha | n/a: no item has two judgments | n/a: no item has two judgments |\n";

/* The track asks for a qualification by now; whoever matched both references is let in by the session, the others are not. */
static void assert_qualified(const struct scratch *scratch) {
    char *text = ASSAY_OK("people", scratch->store, "list", "--json", "--as", "lena");
    static const bool in[PEOPLE] = {true, false, false, true};
    cJSON *lines = cJSON_Parse(text);
    const cJSON *line;
    int met = 0;
    assert_true(cJSON_IsArray(lines));
    cJSON_ArrayForEach(line, lines) {
        char *print = cJSON_PrintUnformatted(line);
        for (int i = 0; i < PEOPLE; i++)
            if (strcmp(cJSON_GetStringValue(cJSON_GetObjectItem(line, "name")), names[i]) == 0) {
                assert_int_equal(strstr(print, "\"qualified\"") != NULL, in[i]);
                met++;
            }
        free(print);
    }
    assert_int_equal(met, PEOPLE);
    cJSON_Delete(lines);
    free(text);
}

static void assert_record(struct scratch *scratch, const char *wanted) {
    char path[128];
    const char *settings = scratch_write(
        scratch, "asks.yaml",
        "campaign: screen test\ntracks:\n  t: {batch: 5, gold: {rate: 0.10}, qualification: {items: 3, pass: "
        "2, calibration: {share: 1, min_n: 2}}}\n");
    free(ASSAY_OK("campaign", scratch->store, "--set", settings, "--as", "lena"));
    snprintf(path, sizeof path, "%s/week-1.md", scratch->folder);
    free(ASSAY_OK("calibrate", scratch->store, "close", "week-1", "-o", path, "--as", "lena"));
    assert_qualified(scratch);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char text[16384];
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    char *clean = masked(text);
    size_t same = 0; /* a long page: what differs is what matters */
    while (clean[same] && clean[same] == wanted[same])
        same++;
    if (clean[same] != wanted[same])
        fail_msg("the record says \"%.90s\", not \"%.90s\"", clean + same, wanted + same);
    free(clean);
}

static void test_five_terminals(void **state) {
    (void)state;
    static const char *const annotate[] = {"annotate", NULL, NULL}, *const run[] = {"calibrate", "run", "week-1"};
    struct scratch scratch;
    struct terminal *people[PEOPLE], *lead;
    make_store(&scratch);
    lead = start(&scratch, run, "lena");
    wait_for(lead, "0 of 4 have answered");
    terminal_send(lead, "\x1b[H\r"); /* nothing is shown yet */
    wait_for(lead, "not all have answered");
    for (int i = 0; i < PEOPLE; i++) {
        people[i] = start(&scratch, annotate, names[i]);
        wait_for(people[i], "week-1: 3 items, judged by all, before your next batch");
        terminal_send(people[i], "\r");
    }
    for (int i = 0; i < PEOPLE; i++) {
        char words[32];
        answer_all(people[i], i, ITEMS);
        wait_for(people[i], "Take a batch");
        snprintf(words, sizeof words, "%d of 4 have answered", i + 1);
        wait_for(lead, words);
    }
    terminal_send(lead, "\x1b[H\r\r");
    wait_for(lead, "item 2 of 3");
    wait_for(lead, "2 for A, 2 for B");
    terminal_send(lead, "V");
    wait_for(lead, "A second vote on this item");
    terminal_send(lead, "y");
    wait_for(lead, "4 second votes still out");
    for (int i = 0; i < PEOPLE; i++) {
        wait_for(people[i], "after the discussion, 1 item once more"); /* they had waited at their start screens */
        terminal_send(people[i], "\r");
        wait_for(people[i], "Question q2?");
        assert_int_equal(terminal_find(people[i], "reason "), -1);
        answer(people[i], 2, 2, "we agreed");
        wait_for(people[i], "is done.");
        terminal_send(people[i], "\r");
        wait_for(people[i], "Hand in? ");
        terminal_send(people[i], "y");
        wait_for(people[i], "Take a batch");
        if (i + 1 < PEOPLE)
            assert_int_equal(terminal_find(lead, "we agreed"), -1); /* not before all are in */
    }
    wait_for(lead, "after the discussion: not independent");
    terminal_send(lead, "p");
    review(lead);
    terminal_send(lead, "q");
    assert_int_equal(terminal_wait_exit(lead), 0);
    wait_for(lead, "2 references written, 1 item marked, 1 second vote called, 1 item promoted to gold");
    for (int i = 0; i < PEOPLE; i++) {
        terminal_send(people[i], "q");
        assert_int_equal(terminal_wait_exit(people[i]), 0);
        terminal_stop(people[i]);
    }
    terminal_stop(lead);
    assert_record(&scratch, expected);
    free(ASSAY_OK("check", scratch.store, "--as", "lena"));
    scratch_remove(&scratch);
}

/* ▸ stands on somebody who is waited for: the terminal is theirs. Returns who it is. */
static int hand_over(struct terminal *terminal, const char *batch) {
    char words[64];
    terminal_send(terminal, "\r");
    wait_for(terminal, "Begin");
    for (int i = 0; i < PEOPLE; i++) {
        snprintf(words, sizeof words, "%s · %s", names[i], batch);
        if (terminal_find(terminal, words) >= 0) {
            assert_int_equal(terminal_find(terminal, "How you are doing"), -1); /* others may look on */
            terminal_send(terminal, "\r");
            return i;
        }
    }
    terminal_dump(terminal);
    fail_msg("whose turn is it?");
    return 0;
}

static void test_by_turns(void **state) {
    (void)state;
    static const char *const run[] = {"calibrate", "run", "week-1"};
    struct scratch scratch;
    bool met[PEOPLE] = {false};
    make_store(&scratch);
    struct terminal *terminal = start(&scratch, run, "lena");
    for (int i = 0; i < PEOPLE; i++) {
        char words[32];
        snprintf(words, sizeof words, "%d of 4 have answered", i);
        wait_for(terminal, words);
        int person = hand_over(terminal, "calibration week-1");
        assert_false(met[person]);
        met[person] = true;
        answer_all(terminal, person, ITEMS);
    }
    wait_for(terminal, "4 of 4 have answered");
    terminal_send(terminal, "\r\r");
    wait_for(terminal, "item 2 of 3");
    terminal_send(terminal, "V");
    wait_for(terminal, "A second vote on this item");
    terminal_send(terminal, "y");
    wait_for(terminal, "4 second votes still out");
    free(assay_run(1, (const char *const[]){"calibrate", scratch.store, "close", "week-1", "--as", "lena", NULL}));
    terminal_send(terminal, "t");
    for (int i = 0; i < PEOPLE; i++) {
        wait_for(terminal, "second vote to give");
        hand_over(terminal, "second vote of week-1");
        wait_for(terminal, "Question q2?");
        answer(terminal, 2, 2, "we agreed");
        wait_for(terminal, "is done.");
        terminal_send(terminal, "\r");
        wait_for(terminal, "Hand in? ");
        terminal_send(terminal, "y");
        wait_for(terminal, "have answered");
    }
    assert_true(terminal_wait_gone(terminal, "second vote to give") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    wait_for(terminal, "after the discussion: not independent");
    terminal_send(terminal, "p");
    review(terminal);
    terminal_send(terminal, "q");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    wait_for(terminal, "8 turns taken here, 2 references written");
    terminal_stop(terminal);
    assert_record(&scratch, expected);
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_five_terminals), cmocka_unit_test(test_by_turns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
