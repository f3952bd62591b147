/* The demo's six weeks: what is planted in them is found by the program's own figures, and nothing else is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/demo/archive.h"
#include "app/demo/cast.h"
#include "app/demo/history.h"
#include "app/demo/sample_in.h"
#include "app/demo/sim_world.h"
#include "app/exchange/export.h"
#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/hash/hash.h"
#include "core/report/person.h"
#include "rubrics/campaign.h"
#include "store/batch.h"
#include "store/check.h"
#include "store/gold.h"
#include "store/holds.h"
#include "store/load.h"
#include "store/people.h"
#include "store/questions.h"
#include "store/settings.h"

#include "core/base/banned.h"

#define NOW (INT64_C(1795500000) * 1000)

static struct demo {
    char folder[64], path[128];
    struct sim_world world;
    struct store *store;
    struct viewer lead;
    struct campaign campaign;
    struct history history;
    struct pool pool;
    struct error error;
} demo;

static int made(struct demo *at, int status) {
    if (status < 0)
        print_error("%s\n", at->error.text);
    return status;
}

static int setup(void **state) {
    (void)state;
    struct load_scope all = {0};
    struct settings_version settings;
    snprintf(demo.folder, sizeof demo.folder, "/tmp/assay-history-XXXXXX");
    if (!mkdtemp(demo.folder))
        return -1;
    snprintf(demo.path, sizeof demo.path, "%s/demo.assay", demo.folder);
    sim_world_init(&demo.world, NOW, 1);
    if (hash_start(&demo.error) || made(&demo, history_make(demo.path, NOW, HISTORY_SEED, NULL, &demo.error)) ||
        made(&demo, store_open(&demo.store, demo.path, STORE_PLAIN, &demo.world.world, &demo.error)) ||
        made(&demo, viewer_find(demo.store, HISTORY_LEAD, &demo.lead, &demo.error)) ||
        made(&demo, settings_newest(demo.store, &demo.pool, &settings, &demo.error)) ||
        made(&demo, campaign_read(settings.yaml, "settings", &demo.campaign, &demo.error)) ||
        made(&demo, load_history(demo.store, &all, &demo.history, &demo.error)))
        return -1;
    return 0;
}

static void forget(const char *name) {
    char path[160];
    snprintf(path, sizeof path, "%s/%s", demo.folder, name);
    unlink(path);
}

static int teardown(void **state) {
    static const char *const names[] = {"demo.assay",  "demo.assay-wal", "demo.assay-shm",  "again.assay",
                                        "other.assay", "rows.jsonl",     "rows.meta.jsonl", "rows.json"};
    (void)state;
    history_release(&demo.history);
    campaign_release(&demo.campaign);
    pool_release(&demo.pool);
    store_close(demo.store);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        forget(names[i]);
    return rmdir(demo.folder);
}

static int code_of(char **names, size_t count, const char *name) {
    for (size_t i = 1; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return (int)i;
    fail_msg("no '%s' in the history", name);
    return 0;
}

static struct person_figures figures_of(const char *person, const char *track) {
    struct person_figures figures;
    person_figures_init(&figures, &demo.history, code_of(demo.history.people, demo.history.person_count, person),
                        code_of(demo.history.tracks, demo.history.track_count, track),
                        campaign_track(&demo.campaign, track), demo.campaign.seed);
    return figures;
}

static void test_falling(void **state) {
    (void)state;
    struct person_figures figures = figures_of(cast[CAST_FALLS].name, "helpfulness");
    int64_t fall = history_start(NOW) + cast[CAST_FALLS].fall_day * MS_DAY;
    size_t before = 0, right = 0;
    for (size_t i = 0; i < figures.gold.n; i++)
        if (figures.gold.outcomes[i].at < fall) {
            before++;
            right += figures.gold.outcomes[i].verdict == VERDICT_RIGHT;
        }
    assert_true(before >= 40);
    assert_true(right * 100 >= before * 88);
    assert_true((figures.gold.right - right) * 100 <= (figures.gold.n - before) * 70);
    assert_int_equal(figures.drift.alarm_count, 1);
    assert_true(figures.drift.alarms[0].onset_at >= fall);
    assert_true(figures.drift.alarms[0].open);
    assert_int_equal(figures.drift.alarms[0].kind, PERSON_DRIFT_CHANGED);
    person_figures_release(&figures);
}

static void test_below(void **state) {
    (void)state;
    struct person_figures figures = figures_of(cast[CAST_BELOW].name, "helpfulness");
    assert_true(figures.gold.n >= 30);
    assert_true(figures.gold.right * 100 <= figures.gold.n * 75);
    assert_true(figures.drift.alarm_count >= 1);
    assert_int_equal(figures.drift.kind, PERSON_DRIFT_BELOW);
    assert_int_equal(figures.drift.state, DRIFT_BELOW);
    person_figures_release(&figures);
}

static void test_everybody_else_is_steady(void **state) {
    (void)state;
    for (int i = 0; i < CAST; i++)
        for (int t = 0; t < demo.campaign.track_count; t++) {
            const char *track = demo.campaign.tracks[t].name;
            struct person_figures figures = figures_of(cast[i].name, track);
            if (strcmp(track, "helpfulness") == 0) {
                assert_true(figures.gold.n >= DRIFT_EARLY);
                assert_int_equal(figures.shown_first.flagged, i == CAST_LEANS);
            }
            if (i != CAST_FALLS && i != CAST_BELOW) {
                assert_int_equal(figures.drift.alarm_count, 0);
                if (strcmp(track, "helpfulness") == 0)
                    assert_true(figures.gold.right * 100 >= figures.gold.n * 80);
            }
            person_figures_release(&figures);
        }
}

static void test_holds_stand(void **state) {
    (void)state;
    struct hold *holds;
    size_t count, falling = 0;
    assert_int_equal(made(&demo, hold_list(demo.store, &demo.lead, &demo.pool, &holds, &count, &demo.error)), 0);
    for (size_t i = 0; i < count; i++) {
        assert_true(holds[i].by_detector);
        assert_null(holds[i].decision.data);
        falling += slice_is(holds[i].person, cast[CAST_FALLS].name);
        assert_true(slice_is(holds[i].person, cast[CAST_FALLS].name) ||
                    slice_is(holds[i].person, cast[CAST_BELOW].name));
    }
    assert_int_equal(falling, 1);
}

/* The key that is wrong stands out: people who are right elsewhere agree against it. */
static void test_wrong_key(void **state) {
    (void)state;
    struct archive archive;
    struct gold_line *lines;
    size_t count, wrong_ones = 0;
    int64_t item;
    archive_make(&archive, HISTORY_SEED);
    const struct archive_item *wrong = &archive.items[archive.wrong_key];
    assert_int_not_equal(wrong->key, wrong->better);
    for (size_t i = 0; i < archive.count; i++)
        wrong_ones += archive.items[i].gold && archive.items[i].key != archive.items[i].better;
    assert_int_equal(wrong_ones, 1);
    assert_int_equal(made(&demo, store_find_item(demo.store, slice_of(wrong->name), NULL, &item, &demo.error)), 0);
    assert_int_equal(made(&demo, gold_list(demo.store, &demo.lead, &demo.pool, &lines, &count, &demo.error)), 0);
    for (size_t i = 0; i < count; i++)
        if (lines[i].item == item) {
            assert_true(lines[i].answered >= 5);
            assert_true(lines[i].right * 4 <= lines[i].answered);
        }
    archive_release(&archive);
}

static void test_questions(void **state) {
    (void)state;
    struct question *questions;
    struct ruling *rulings;
    size_t count, open = 0;
    assert_int_equal(made(&demo, question_list(demo.store, &demo.lead, &demo.pool, &questions, &count, &demo.error)),
                     0);
    for (size_t i = 0; i < count; i++)
        open += !questions[i].answer.data;
    assert_int_equal(open, 3);
    assert_int_equal(count, 6);
    assert_int_equal(made(&demo, ruling_list(demo.store, &demo.lead, NULL, &demo.pool, &rulings, &count, &demo.error)),
                     0);
    assert_int_equal(count, 3);
    /* everybody who worked since has read them; who has not begun is waited for */
    struct acknowledgement *readers;
    assert_int_equal(
        made(&demo, ruling_acknowledgements(demo.store, &demo.lead, &demo.pool, &readers, &count, &demo.error)), 0);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(readers[i].at == 0, slice_is(readers[i].person, "you"));
    assert_true(count > 20);
}

/* What a newcomer is dealt first: hand-written items, and gold that looks like them. Last, since it changes the store. */
static void test_first_batch(void **state) {
    (void)state;
    struct viewer newcomer;
    struct batch batch;
    struct nothing_left left;
    struct serving_line *lines;
    size_t count;
    assert_int_equal(made(&demo, viewer_find(demo.store, HISTORY_PERSON, &newcomer, &demo.error)), 0);
    assert_int_equal(newcomer.role, VIEWER_ANNOTATOR);
    demo.campaign.tracks[0].batch = 12;
    demo.campaign.tracks[0].gold_low = demo.campaign.tracks[0].gold_high = .25;
    assert_int_equal(made(&demo, batch_deal(demo.store, &newcomer, &demo.campaign, "helpfulness", &demo.pool, &batch,
                                            &left, &demo.error)),
                     0);
    assert_int_equal(batch.size, 12);
    assert_int_equal(made(&demo, batch_lines(demo.store, &batch, &demo.pool, &lines, &count, &demo.error)), 0);
    for (size_t i = 0; i < count; i++) {
        struct item_line item;
        int64_t id;
        assert_int_equal(made(&demo, store_find_item(demo.store, slice_of(lines[i].ref.text), NULL, &id, &demo.error)),
                         0);
        assert_int_equal(made(&demo, load_item(demo.store, id, &demo.pool, &item, &demo.error)), 0);
        assert_false(item.item.name.length > 8 && memcmp(item.item.name.data, "archive-", 8) == 0);
    }
}

static void print_finding(void *context, const char *part, const char *finding) {
    (void)context;
    print_error("%s: %s\n", part, finding);
}

static void test_store_is_whole(void **state) {
    (void)state;
    struct item_counts counts;
    assert_int_equal(made(&demo, store_check(demo.store, print_finding, NULL, &demo.error)), 0);
    assert_int_equal(made(&demo, load_item_counts(demo.store, "helpfulness", &counts, &demo.error)), 0);
    assert_int_equal(counts.waiting, 0);
    assert_true(counts.judged > 900);
    assert_true(counts.open >= 75); /* the hand-written ones are fresh */
    assert_true(counts.aside_lead > 0);
}

static void test_export_has_rows(void **state) {
    (void)state;
    char rows[128], manifest[128];
    struct export_report report;
    snprintf(rows, sizeof rows, "%s/rows.jsonl", demo.folder);
    snprintf(manifest, sizeof manifest, "%s/rows.json", demo.folder);
    struct export_request request = {
        .track = "helpfulness", .policy = demo.campaign.export_policy, .path = rows, .manifest = manifest};
    assert_int_equal(
        made(&demo, exchange_export(demo.store, &demo.lead, &demo.campaign, &request, &report, &demo.error)), 0);
    assert_true(report.rows > 700);
    assert_int_equal(report.reasons[POLICY_EQUAL_TEXTS], 0);
}

struct digest {
    struct hasher hasher;
    bool with_moments;
};

static int add_judgment(void *context, const struct judgment_line *line, struct error *error) {
    struct digest *digest = context;
    (void)error;
    hasher_add_piece(&digest->hasher, line->annotator);
    hasher_add_piece(&digest->hasher, line->item);
    hasher_add_number(&digest->hasher, (uint64_t)(line->judgment.prefer + 2));
    hasher_add_piece(&digest->hasher, line->judgment.rationale);
    hasher_add_piece(&digest->hasher, slice_of(line->shown));
    if (digest->with_moments) {
        hasher_add_piece(&digest->hasher, line->uid);
        hasher_add_number(&digest->hasher, (uint64_t)line->at);
    }
    return 0;
}

static struct hash digest_of(struct store *store, bool with_moments) {
    struct digest digest = {.with_moments = with_moments};
    struct load_scope all = {0};
    struct hash hash;
    hasher_init(&digest.hasher, NULL, 0);
    assert_int_equal(made(&demo, load_judgments(store, &demo.lead, &all, add_judgment, &digest, &demo.error)), 0);
    hasher_finish(&digest.hasher, &hash);
    return hash;
}

static struct hash digest_again(const char *name, int64_t now, uint64_t seed, bool with_moments) {
    char path[160];
    struct store *store;
    snprintf(path, sizeof path, "%s/%s", demo.folder, name);
    assert_int_equal(made(&demo, history_make(path, now, seed, NULL, &demo.error)), 0);
    assert_int_equal(made(&demo, store_open(&store, path, STORE_READ_ONLY, &demo.world.world, &demo.error)), 0);
    struct hash hash = digest_of(store, with_moments);
    store_close(store);
    unlink(path);
    return hash;
}

static void test_deterministic(void **state) {
    (void)state;
    struct hash with = digest_of(demo.store, true), without = digest_of(demo.store, false);
    struct hash again = digest_again("again.assay", NOW, HISTORY_SEED, true);
    struct hash later = digest_again("other.assay", NOW + 73 * MS_DAY + 5 * MS_HOUR, HISTORY_SEED, false);
    struct hash other = digest_again("other.assay", NOW, HISTORY_SEED + 1, false);
    assert_true(hash_equal(&with, &again));
    assert_true(hash_equal(&without, &later)); /* the weeks are the same whenever they are played */
    assert_false(hash_equal(&without, &other));
}

static int by_prompt(const void *a, const void *b) {
    const struct archive_item *x = *(const struct archive_item *const *)a, *y = *(const struct archive_item *const *)b;
    size_t length = x->prompt.length < y->prompt.length ? x->prompt.length : y->prompt.length;
    int order = memcmp(x->prompt.data, y->prompt.data, length);
    return order ? order : (x->prompt.length > y->prompt.length) - (x->prompt.length < y->prompt.length);
}

static void test_archive_items(void **state) {
    (void)state;
    struct archive archive;
    archive_make(&archive, HISTORY_SEED);
    const struct archive_item **sorted = memory_new(archive.count, sizeof *sorted);
    for (size_t i = 0; i < archive.count; i++) {
        const struct archive_item *item = sorted[i] = &archive.items[i];
        assert_true(item->prompt.length > 0 && item->responses[0].length > 0 && item->responses[1].length > 0);
        assert_false(slice_equal(item->responses[0], item->responses[1]));
        assert_ptr_equal(archive_find(&archive, slice_of(item->name)), item);
    }
    qsort(sorted, archive.count, sizeof *sorted, by_prompt);
    for (size_t i = 1; i < archive.count; i++)
        if (slice_equal(sorted[i - 1]->prompt, sorted[i]->prompt))
            fail_msg("two items ask the same: %.*s", SLICE_ARGS(sorted[i]->prompt));
    assert_null(archive_find(&archive, slice_of("archive-0000")));
    assert_null(archive_find(&archive, slice_of("coding-left-join")));
    memory_free(sorted);
    archive_release(&archive);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_falling),
        cmocka_unit_test(test_below),
        cmocka_unit_test(test_everybody_else_is_steady),
        cmocka_unit_test(test_holds_stand),
        cmocka_unit_test(test_wrong_key),
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_store_is_whole),
        cmocka_unit_test(test_export_has_rows),
        cmocka_unit_test(test_deterministic),
        cmocka_unit_test(test_archive_items),
        cmocka_unit_test(test_first_batch),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
