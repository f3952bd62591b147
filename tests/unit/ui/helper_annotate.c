#include "helper_annotate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/hash/hash.h"
#include "core/text/utf8.h"
#include "rubrics/campaign.h"
#include "rubrics/rubric.h"
#include "rubrics/shipped.h"
#include "store/import.h"
#include "store/people.h"
#include "store/settings.h"
#include "ui/annotate/screens.h"

static int64_t clock_now(struct world *world) {
    return ((struct workshop *)world->state)->now;
}

static void clock_entropy(struct world *world, void *bytes, size_t count) {
    struct workshop *workshop = world->state;
    unsigned char *out = bytes;
    for (size_t i = 0; i < count; i++) {
        workshop->entropy = workshop->entropy * 6364136223846793005u + 1442695040888963407u;
        out[i] = (unsigned char)(workshop->entropy >> 56);
    }
}

#define must(call)                                 \
    do {                                           \
        struct error error = ERROR_INIT;           \
        if ((call) != STATUS_OK)                   \
            fail_msg("%s: %s", #call, error.text); \
    } while (0)

void helper_rubric(struct rubric *rubric) {
    must(rubric_read(shipped_text("helpfulness.yaml"), "helpfulness.yaml", rubric, &error));
}

static void found(struct workshop *workshop, int batch) {
    static const char *const form =
        "campaign: pilot\nseed: 7\nidle_seconds: 300\ntracks:\n  helpfulness:\n"
        "    rubric: helpfulness.yaml\n    batch: %d\n    gold: {rate: 0.2}\n    retest: {rate: 0}\n";
    char yaml[512];
    snprintf(yaml, sizeof yaml, form, batch);
    struct rubric rubric;
    helper_rubric(&rubric);
    must(campaign_read(slice_of(yaml), "campaign.yaml", &workshop->campaign, &error));
    struct rubric_input input = {"helpfulness", &rubric, shipped_text("helpfulness.yaml")};
    struct viewer founder = {.role = VIEWER_SOLO, .name = "lea"};
    must(settings_replace(workshop->store, &founder, 0, slice_of(yaml), &workshop->campaign, &input, 1, &error));
    rubric_release(&rubric);
}

static void add_person(struct workshop *workshop, const char *name, enum person_role role, struct viewer *viewer) {
    struct person person = {.name = slice_of(name), .role = role};
    struct viewer acting = workshop->lead.person ? workshop->lead : (struct viewer){.role = VIEWER_SOLO, .name = "lea"};
    must(person_add(workshop->store, &acting, &person, true, &error));
    must(viewer_find(workshop->store, name, viewer, &error));
}

static void import_items(struct workshop *workshop, const char *prefix, int items, int gold_every, enum gold_use use) {
    struct import *import;
    struct import_source source = {slice_of("items.jsonl"), slice_of("native")};
    must(import_begin(workshop->store, &workshop->lead, &workshop->campaign, &source, false, &import, &error));
    for (int i = 0; i < items; i++) {
        char name[16], prompt[64], a[64], b[64];
        snprintf(name, sizeof name, "%s-%d", prefix, i);
        snprintf(prompt, sizeof prompt, "Question %s number %d?", prefix, i);
        snprintf(a, sizeof a, "Good answer %d.", i);
        snprintf(b, sizeof b, "Other answer %d.", i);
        struct message messages[] = {
            {ROLE_USER, slice_of(prompt)}, {ROLE_ASSISTANT, slice_of(a)}, {ROLE_ASSISTANT, slice_of(b)}};
        struct gold_key key = {.answers = {{.prefer = 0}}, .answer_count = 1, .low = 1, .high = 3};
        key.use = use;
        key.explanation = slice_of("The good one says what is true.");
        struct item item = {.name = slice_of(name),
                            .track = slice_of("helpfulness"),
                            .category = slice_of("coding"),
                            .language = slice_of("en"),
                            .prompt = {&messages[0], 1},
                            .response_count = 2};
        item.responses[0] = (struct response){slice_of("r1"), SLICE_ABSENT, {&messages[1], 1}};
        item.responses[1] = (struct response){slice_of("r2"), SLICE_ABSENT, {&messages[2], 1}};
        item.gold = gold_every > 0 && i % gold_every == 0 ? &key : NULL;
        item.line = (size_t)i + 1;
        enum import_fate fate;
        must(import_put(import, &item, &fate, &error));
    }
    struct import_counts counts;
    must(import_end(import, slice_of("hash"), 1000, &counts, &error));
}

void workshop_init(struct workshop *workshop, int items, int gold_every, int batch) {
    struct error none;
    *workshop = (struct workshop){.now = 1795000000000, .entropy = 1, .options = {.track = "helpfulness"}};
    workshop->world = (struct world){clock_now, clock_entropy, workshop};
    assert_int_equal(hash_start(&none), STATUS_OK);
    const char *folder = getenv("TMPDIR");
    snprintf(workshop->folder, sizeof workshop->folder, "%s/assay-XXXXXX", folder && *folder ? folder : "/tmp");
    assert_non_null(mkdtemp(workshop->folder));
    snprintf(workshop->path, sizeof workshop->path, "%s/w.assay", workshop->folder);
    must(store_create(&workshop->store, workshop->path, &workshop->world, &error));
    found(workshop, batch);
    add_person(workshop, "lea", PERSON_LEAD, &workshop->lead);
    add_person(workshop, "ana", PERSON_ANNOTATOR, &workshop->ana);
    import_items(workshop, "q", items, gold_every, GOLD_HIDDEN);
    store_close(workshop->store);
    must(store_open(&workshop->store, workshop->path, STORE_SCREEN, &workshop->world, &error));
}

void workshop_add_training(struct workshop *workshop, int items) {
    import_items(workshop, "t", items, 1, GOLD_TRAINING);
}

void workshop_release(struct workshop *workshop) {
    static const char *const ends[] = {"", "-wal", "-shm"};
    store_close(workshop->store);
    campaign_release(&workshop->campaign);
    for (size_t i = 0; i < 3; i++) {
        char path[320];
        snprintf(path, sizeof path, "%s%s", workshop->path, ends[i]);
        unlink(path);
    }
    rmdir(workshop->folder);
}

void workshop_sit(struct workshop *workshop, int rows, int columns) {
    must(sitting_init(&workshop->sitting, workshop->store, &workshop->ana, &workshop->campaign, &workshop->options,
                      &workshop->outcome, &error));
    frame_init(&workshop->frame, NULL, NULL);
    frame_resize(&workshop->frame, rows, columns);
    start_open(&workshop->sitting, &workshop->frame);
    frame_draw(&workshop->frame);
}

void workshop_leave(struct workshop *workshop) {
    frame_release(&workshop->frame);
    sitting_release(&workshop->sitting);
}

void workshop_type(struct workshop *workshop, const char *keys) {
    for (size_t at = 0; keys[at] && workshop->frame.top;) {
        struct key key;
        int32_t point = 0;
        const char *end = keys[at] == '<' ? strchr(keys + at, '>') : NULL;
        if (end) {
            assert_true(key_parse(slice_make(keys + at + 1, (size_t)(end - keys) - at - 1), &key));
            at = (size_t)(end - keys) + 1;
        } else {
            at += utf8_decode(keys + at, strlen(keys + at), &point);
            key = key_character((uint32_t)point);
        }
        workshop->now += 1000;
        frame_key(&workshop->frame, &key);
        frame_draw(&workshop->frame);
    }
}
