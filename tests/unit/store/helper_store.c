#include "tests/unit/store/helper_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <dirent.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/internal.h"
#include "store/settings.h"

#include "core/base/banned.h"

const char test_settings_yaml[] = "campaign: pilot\ntracks:\n  helpfulness: {overlap: 1}\n  safety: {overlap: 2}\n";
const char test_rubric_yaml[] = "rubric: plain\nversion: 1\ntitle: Which is better?\n";

static int64_t fixed_now(struct world *world) {
    struct fixed_world *fixed = (struct fixed_world *)world;
    return fixed->now += fixed->tick;
}

static void fixed_entropy(struct world *world, void *bytes, size_t count) {
    struct fixed_world *fixed = (struct fixed_world *)world;
    unsigned char *to = bytes;
    for (size_t i = 0; i < count; i++) {
        fixed->dice = fixed->dice * 6364136223846793005u + 1442695040888963407u;
        to[i] = (unsigned char)(fixed->dice >> 56);
    }
}

void fixed_world_init(struct fixed_world *fixed) {
    *fixed = (struct fixed_world){{fixed_now, fixed_entropy, NULL}, INT64_C(1795500000000), 1, 7};
}

static void make_campaign(struct test_store *test) {
    struct campaign *campaign = &test->campaign;
    *campaign = (struct campaign){.name = "pilot", .seed = 7, .track_count = 2, .idle_seconds = 300};
    campaign->tracks = pool_new(&campaign->pool, 2, sizeof *campaign->tracks);
    for (int i = 0; i < 2; i++) {
        campaign->tracks[i] = track_default;
        campaign->tracks[i].name = i ? "safety" : "helpfulness";
        campaign->tracks[i].overlap = i ? 2 : 1;
        campaign->tracks[i].batch = 10;
    }
    campaign->export_policy = (struct export_policy){.min_judgments = 1};
    test->rubric = (struct rubric){
        .name = "plain",
        .version = 1,
        .title = "Which is better?",
        .guideline = "",
        .strengths = {"slightly", "better", "much"},
        .strength_count = 3,
        .tie = true,
        .none = true,
        .criteria = {{.id = "accuracy", .ask = "right?", .per = PER_RESPONSE, .low = 1, .high = 5, .weight = 1}},
        .criterion_count = 1,
        .rationale_asked = true,
        .tags = {"factual-error", "style"},
        .tag_count = 2,
        .flags = {"unsafe"},
        .flag_count = 1,
    };
}

void test_store_init_empty(struct test_store *test) {
    memset(test, 0, sizeof *test);
    fixed_world_init(&test->fixed);
    const char *base = getenv("TMPDIR");
    snprintf(test->folder, sizeof test->folder, "%s/assay-test-XXXXXX", base && strlen(base) < 40 ? base : "/tmp");
    assert_non_null(mkdtemp(test->folder));
    snprintf(test->path, sizeof test->path, "%s/work.assay", test->folder);
    test->lead = (struct viewer){.role = VIEWER_SOLO, .name = "lea"};
    make_campaign(test);
}

void test_store_found(struct test_store *test) {
    struct rubric_input rubrics[] = {{"helpfulness", &test->rubric, slice_of(test_rubric_yaml)},
                                     {"safety", &test->rubric, slice_of(test_rubric_yaml)}};
    must(test, settings_replace(test->store, &test->lead, 0, slice_of(test_settings_yaml), &test->campaign, rubrics, 2,
                                &test->error));
}

void test_store_init(struct test_store *test) {
    test_store_init_empty(test);
    must(test, store_create(&test->store, test->path, &test->fixed.world, &test->error));
    test_store_found(test);
}

static void remove_folder(const char *folder) {
    DIR *all = opendir(folder);
    for (struct dirent *one; all && (one = readdir(all));) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", folder, one->d_name);
        if (strcmp(one->d_name, ".") != 0 && strcmp(one->d_name, "..") != 0 && unlink(path) != 0)
            remove_folder(path);
    }
    if (all)
        closedir(all);
    rmdir(folder);
}

void test_store_release(struct test_store *test) {
    store_close(test->store);
    campaign_release(&test->campaign);
    rubric_release(&test->rubric);
    remove_folder(test->folder);
    test->store = NULL;
}

void test_store_reopen(struct test_store *test, unsigned flags) {
    store_close(test->store);
    must(test, store_open(&test->store, test->path, flags, &test->fixed.world, &test->error));
}

static struct messages one_message(struct pool *pool, enum role role, const char *format, int i, char letter) {
    char text[200];
    snprintf(text, sizeof text, format, i, letter);
    struct message *message = pool_new(pool, 1, sizeof *message);
    *message = (struct message){role, pool_slice(pool, slice_of(text))};
    return (struct messages){message, 1};
}

struct item test_item(struct pool *pool, const char *track, int i) {
    char name[32];
    snprintf(name, sizeof name, "item-%d", i);
    struct item item = {.name = pool_slice(pool, slice_of(name)),
                        .track = slice_of(track),
                        .category = slice_of(i % 2 ? "law" : "coding"),
                        .language = slice_of("en"),
                        .response_count = 2,
                        .line = (size_t)i + 1};
    item.prompt = one_message(pool, ROLE_USER, "What is %d plus one?%c", i, ' ');
    item.responses[0] = (struct response){slice_of("r1"), slice_of("m-7b"),
                                          one_message(pool, ROLE_ASSISTANT, "%d, I think, by way of %c", i + 1, 'a')};
    item.responses[1] =
        (struct response){slice_of("r2"), SLICE_ABSENT, one_message(pool, ROLE_ASSISTANT, "%d says %c", i, 'b')};
    return item;
}

void test_import(struct test_store *test, const char *track, int first, int count, int gold_every) {
    static const struct gold_key key = {.answers = {{.prefer = 0}}, .answer_count = 1, .difficulty = DIFFICULTY_EASY};
    struct import *import;
    struct import_source source = {slice_of("items.jsonl"), slice_of("native")};
    struct pool pool = POOL_INIT;
    must(test, import_begin(test->store, &test->lead, &test->campaign, &source, false, &import, &test->error));
    for (int i = first; i < first + count; i++) {
        enum import_fate fate;
        struct item item = test_item(&pool, track, i);
        if (gold_every && (i - first) % gold_every == gold_every - 1)
            item.gold = &key;
        must(test, import_put(import, &item, &fate, &test->error));
        pool_clear(&pool);
    }
    struct import_counts counts;
    must(test, import_end(import, slice_of("00"), 1000, &counts, &test->error));
    pool_release(&pool);
}

int must_at(struct test_store *test, int status, const char *file, int line) {
    if (status < 0) {
        print_error("status %d: %s\n", status, test->error.text);
        _fail(file, line);
    }
    return status;
}

int64_t test_query(struct test_store *test, const char *text) {
    sqlite3 *db;
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_open(test->path, &db), SQLITE_OK);
    if (sqlite3_prepare_v2(db, text, -1, &row, NULL) != SQLITE_OK)
        fail_msg("%s: %s", text, sqlite3_errmsg(db));
    int64_t value = sqlite3_step(row) == SQLITE_ROW ? sqlite3_column_int64(row, 0) : INT64_MIN;
    sqlite3_finalize(row);
    sqlite3_close(db);
    return value;
}

void test_execute(struct test_store *test, const char *script) {
    char *message = NULL;
    if (sqlite3_exec(test->store->db, script, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s in: %.200s", message, script);
}
