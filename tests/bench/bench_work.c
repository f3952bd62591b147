/*
 * The verbs of the work in a store of a million items, each against a durable one-row commit that SQLite makes beside it in the same run:
 * start to the first serving, deal, next item, draft, submit, hand in.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/world.h"
#include "core/hash/hash.h"
#include "rubrics/campaign.h"
#include "rubrics/rubric.h"
#include "store/batch.h"
#include "store/people.h"
#include "store/settings.h"
#include "tests/bench/measure.h"
#include "tests/bench/stage.h"

enum { BATCHES = 120, STARTS = 100 };

/* What `assay annotate` holds while somebody works. */
struct desk {
    struct store *store;
    struct viewer viewer;
    struct campaign campaign;
    struct rubric rubric;
    struct rubric_version version;
    struct batch batch;
    struct pool pool, serving_pool;
    struct error error;
};

static struct { struct samples commit, start, deal, next, draft, submit, hand_in; } measured;

static void must(struct desk *desk, int status, const char *what) {
    if (status < 0)
        die("%s: %s", what, desk->error.text);
}

static void desk_open(struct desk *desk, const char *path, const char *who) {
    struct settings_version settings;
    *desk = (struct desk){.pool = POOL_INIT, .serving_pool = POOL_INIT};
    must(desk, store_open(&desk->store, path, STORE_SCREEN, &real_world, &desk->error), "open");
    must(desk, viewer_find(desk->store, who, &desk->viewer, &desk->error), "viewer");
    must(desk, settings_newest(desk->store, &desk->pool, &settings, &desk->error), "settings");
    must(desk, campaign_read(settings.yaml, "settings", &desk->campaign, &desk->error), "campaign");
    must(desk, rubric_newest(desk->store, "t", &desk->pool, &desk->version, &desk->error), "rubric");
    must(desk, rubric_read(desk->version.yaml, "rubric", &desk->rubric, &desk->error), "rubric");
}

static void desk_close(struct desk *desk) {
    rubric_release(&desk->rubric);
    campaign_release(&desk->campaign);
    pool_release(&desk->serving_pool);
    pool_release(&desk->pool);
    store_close(desk->store);
}

/* The next serving that is to be done; false when the batch is through. */
static bool next(struct desk *desk, struct serving *serving) {
    pool_clear(&desk->serving_pool);
    must(desk, serving_next(desk->store, &desk->batch, &desk->rubric, &desk->serving_pool, serving, &desk->error),
         "next");
    return serving->id != 0;
}

static void measure_starts(const char *path) {
    for (int i = 0; i < STARTS; i++) {
        struct desk desk;
        struct serving serving;
        double started = clock_ms();
        desk_open(&desk, path, "bo");
        must(&desk, batch_find_open(desk.store, &desk.viewer, "t", &desk.pool, &desk.batch, &desk.error), "find");
        if (!desk.batch.id || !next(&desk, &serving))
            die("no batch is open");
        samples_add(&measured.start, clock_ms() - started);
        desk_close(&desk);
    }
}

static void commit_one(sqlite3_stmt *insert) {
    double started = clock_ms();
    sqlite3_bind_text(insert, 1,
                      "a row of some hundred bytes, as a judgment is one: item, person, prefer, strength, order", -1,
                      SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE)
        die("the bare commit failed");
    sqlite3_reset(insert);
    samples_add(&measured.commit, clock_ms() - started);
}

/* The response "a" is what every gold key names; a tie now and then. */
static void judge(struct desk *desk, const struct serving *serving) {
    static const char *const drafts[] = {"active 2100\nprefer a 2\n", "active 4200\nprefer a 2\nconfidence certain\n"};
    struct judgment judgment = {.prefer = 0, .strength = 2, .confidence = -1};
    ratings_clear(&judgment.ratings);
    for (int i = 0; i < 2; i++) {
        double started = clock_ms();
        must(desk, draft_save(desk->store, serving->id, slice_of(drafts[i]), &desk->error), "draft");
        samples_add(&measured.draft, clock_ms() - started);
    }
    double started = clock_ms();
    must(desk,
         judgment_submit(desk->store, &desk->viewer, serving->id, desk->version.id, &desk->rubric, &judgment, 21000,
                         &desk->error),
         "submit");
    samples_add(&measured.submit, clock_ms() - started);
}

static void work_batch(struct desk *desk, sqlite3_stmt *insert) {
    struct serving serving;
    struct nothing_left left;
    struct hand_in done;
    double started = clock_ms();
    must(desk,
         batch_deal(desk->store, &desk->viewer, &desk->campaign, "t", &desk->pool, &desk->batch, &left, &desk->error),
         "deal");
    samples_add(&measured.deal, clock_ms() - started);
    if (desk->batch.size != STAGE_BATCH)
        die("a batch of %d was dealt", desk->batch.size);
    for (;;) {
        started = clock_ms();
        if (!next(desk, &serving))
            break;
        samples_add(&measured.next, clock_ms() - started);
        judge(desk, &serving);
        commit_one(insert);
    }
    started = clock_ms();
    must(desk, batch_hand_in(desk->store, &desk->viewer, &desk->campaign, desk->batch.id, &done, &desk->error),
         "hand in");
    samples_add(&measured.hand_in, clock_ms() - started);
    store_idle(desk->store); /* as the screen does when the keys pause */
}

static void print_ratio(const char *name, struct samples *samples, double commits) {
    double ratio = samples_median(samples) / samples_median(&measured.commit);
    printf("  %-36s %.2f durable commits (goal: at most %.1f, %s)\n", name, ratio, commits,
           ratio <= commits ? "met" : "MISSED");
}

int main(int argc, char **argv) {
    struct stage stage = stage_from(argc, argv);
    struct desk desk;
    struct nothing_left left;
    char path[512];
    if (hash_start(&desk.error))
        die("%s", desk.error.text);
    snprintf(path, sizeof path, "%s", stage_million(&stage));
    bare_remove(stage_path(&stage, "commit.db"));
    sqlite3 *db = bare_open(stage_path(&stage, "commit.db"));
    bare_execute(db, "create table row (id integer primary key, text text not null) strict");
    sqlite3_stmt *insert = bare_prepare(db, "insert into row (text) values (?1)");

    desk_open(&desk, path, "bo");
    for (int i = 0; i < BATCHES; i++)
        work_batch(&desk, insert);
    must(&desk, batch_deal(desk.store, &desk.viewer, &desk.campaign, "t", &desk.pool, &desk.batch, &left, &desk.error),
         "deal");
    desk_close(&desk);
    measure_starts(path);

    samples_heading("the verbs of the work, 1,000,000 items in the store", "ms");
    samples_print("durable one-row commit of SQLite", &measured.commit, 0);
    samples_print("open, viewer, settings, first serving", &measured.start, 10);
    samples_print("deal a batch of 50", &measured.deal, 20);
    samples_print("next item", &measured.next, 10);
    samples_print("draft", &measured.draft, 16);
    samples_print("submit", &measured.submit, 16);
    samples_print("hand in", &measured.hand_in, 0);
    print_ratio("submit", &measured.submit, 2.5);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    bare_remove(stage_path(&stage, "commit.db"));
    return 0;
}
