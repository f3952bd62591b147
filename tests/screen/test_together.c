/*
 * Two leads and six annotators work on one store at once, by scripted keys in terminals of their own; now and then one of
 * them is killed and starts again. No submitted judgment is lost, no item gets more judgments than it wants, nobody waits
 * for ever, nobody sees an error, and the store is whole. ASSAY_TOGETHER_SECONDS says how long (default 12); where it is
 * set, the machine is taken to be free for this, and nobody may see a notice of a busy store at all.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "helper_campaign.h"

enum {
    ANNOTATORS = 6,
    LEADS = 2,
    PEOPLE = ANNOTATORS + LEADS,
    BATCH = 12,
    BATCHES = 1000,
    OVERLAP = 2,
    STUCK_MS = 20000,
    LOG_BYTES = 128 << 20, /* nobody pauses here: it is written back at hand-ins alone */
    BUSY_MS = 3000,        /* the longest that a notice of a busy store may stand on a machine that does other work */
};

static const char *const names[PEOPLE] = {"ana", "dov", "goran", "ines", "maya", "tom", "lena", "lou"};

/* One place of a batch. */
struct place {
    int batch, position;
};

struct person {
    const char *name;
    bool lead;
    struct terminal *terminal;
    long next;              /* when the next key is sent */
    long progress;          /* when something was last achieved */
    long busy;              /* since when the screen says that the store is busy; 0: it does not */
    struct place submitted; /* sent and not yet seen to be done; batch 0: none */
    struct place aside;     /* likewise */
    bool judged_last;       /* what the last item was: undo never takes an item back that was set aside */
    int unknown;            /* steps on a screen without a rule */
    unsigned char done[BATCHES][BATCH + 1];
    int acknowledged;
};

struct office {
    struct scratch scratch;
    struct person people[PEOPLE];
    uint64_t dice;
    bool strict; /* no notice of a busy store is allowed */
    int kills, notices;
    long log_bytes; /* the longest that the write-ahead log was */
    long longest_busy;
};

static long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static unsigned roll(struct office *office, unsigned sides) {
    office->dice = office->dice * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(office->dice >> 33) % sides;
}

/* --- The campaign ------------------------------------------------------------------------------------------------------- */

static void write_items(struct scratch *scratch, int count) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    for (int i = 1; i <= count; i++)
        fprintf(out,
                "{\"id\": \"q-%d\", \"prompt\": \"Question %d?\", \"responses\": [{\"id\": \"a\", \"content\": \"%d "
                "one\"}, {\"id\": \"b\", \"content\": \"%d two\"}]%s}\n",
                i, i, i, i, i % 8 == 0 ? ", \"gold\": {\"prefer\": \"a\"}" : "");
    fclose(out);
    scratch_write(scratch, "items.jsonl", text);
    free(text);
}

static void make_campaign(struct scratch *scratch, int items) {
    char path[160];
    scratch_make(scratch);
    scratch_write(scratch, "t.yaml",
                  "rubric: t\nscale: {strengths: [slightly better, better, much better], tie: true, none: true}\n");
    snprintf(path, sizeof path, "%s",
             scratch_write(scratch, "campaign.yaml",
                           "campaign: together\ntracks:\n  t: {rubric: t.yaml, batch: 12, overlap: {each: 2, shared: "
                           "0.02}, gold: {rate: 0.10}, retest: {rate: 0.05, after: {items: 30, days: 0}}}\n"));
    free(ASSAY_OK("init", scratch->store, "--campaign", path));
    write_items(scratch, items);
    snprintf(path, sizeof path, "%s/items.jsonl", scratch->folder);
    free(ASSAY_OK("import", scratch->store, path));
    free(ASSAY_OK("people", scratch->store, "add", "lena", "--role", "lead"));
    free(ASSAY_OK("people", scratch->store, "add", "lou", "--role", "lead", "--as", "lena"));
    for (int i = 0; i < ANNOTATORS; i++)
        free(ASSAY_OK("people", scratch->store, "add", names[i], "--role", "annotator", "--as", "lena"));
}

static void start(struct office *office, struct person *person) {
    const char *argv[] = {assay_path(), person->lead ? "lead" : "annotate", office->scratch.store, "--as", person->name,
                          NULL};
    bool wide = roll(office, 2);
    person->terminal = terminal_start(wide ? 40 : 24, wide ? 120 : 80, argv, NULL);
    person->submitted = person->aside = (struct place){0, 0};
    person->judged_last = false;
    person->unknown = 0;
    person->busy = 0;
    person->next = now_ms() + 100;
}

/* --- What stands on a screen ---------------------------------------------------------------------------------------------- */

static bool shows(struct person *person, const char *text) {
    return terminal_find(person->terminal, text) >= 0;
}

/* "batch 3 · 12 of 12" in the title row; batch 0 elsewhere. */
static struct place read_place(struct person *person) {
    const char *at = strstr(terminal_row(person->terminal, 0), "batch ");
    struct place place = {0, 0};
    if (!at || sscanf(at, "batch %d · %d of", &place.batch, &place.position) != 2)
        return (struct place){0, 0};
    assert_true(place.batch > 0 && place.batch < BATCHES && place.position > 0 && place.position <= BATCH);
    return place;
}

static bool same_place(struct place a, struct place b) {
    return a.batch == b.batch && a.position == b.position;
}

/* A busy notice may come; it must go. */
static void watch_busy(struct office *office, struct person *person, long now) {
    if (!shows(person, "the store is busy")) {
        person->busy = 0;
        return;
    }
    if (!person->busy) {
        person->busy = now;
        office->notices++;
    }
    long stood = now - person->busy;
    office->longest_busy = stood > office->longest_busy ? stood : office->longest_busy;
    assert_true((stood < BUSY_MS && !office->strict) || terminal_dump(person->terminal));
}

/* What was sent is done once another place, or the summary, is drawn. */
static void watch_progress(struct person *person, struct place place, long now) {
    bool moved = place.batch > 0 || shows(person, "Hand in batch");
    if (person->submitted.batch && moved && !same_place(person->submitted, place)) {
        unsigned char *done = &person->done[person->submitted.batch][person->submitted.position];
        person->acknowledged += !*done;
        *done = 1;
        person->submitted.batch = 0;
        person->judged_last = true;
        person->progress = now;
    }
    if (person->aside.batch && moved && !same_place(person->aside, place)) {
        unsigned char *done = &person->done[person->aside.batch][person->aside.position];
        person->acknowledged -= *done;
        *done = 0;
        person->aside.batch = 0;
        person->judged_last = false;
        person->progress = now;
    }
}

/* --- Keys ------------------------------------------------------------------------------------------------------------------- */

static void judge(struct office *office, struct person *person, struct place place) {
    static const char *const digits[] = {"1", "2", "3", "4", "5", "6", "7", "0"};
    unsigned chance = roll(office, 100);
    if (chance < 4 && !person->done[place.batch][place.position]) {
        static const char *const asides[] = {"s2", "s4", "s5"};
        person->aside = place;
        terminal_send(person->terminal, asides[roll(office, 3)]);
    } else if (chance < 7) {
        terminal_send(person->terminal, "a");
    } else if (chance < 10 && person->judged_last) {
        terminal_send(person->terminal, "u");
    } else {
        terminal_send(person->terminal, digits[roll(office, 8)]);
    }
}

/* True when a key was due to what the screen shows. */
static bool answer_screen(struct office *office, struct person *person, struct place place) {
    static const struct {
        const char *shown, *keys;
    } rules[] = {
        {"Hand in?", "y"},         {"Reopen item", "y"},        {"A question to the lead", "why is it so\r"},
        {"▸ Hand in batch", "\r"}, {"▸ Take a batch", "\r"},    {"▸ Take the next batch", "\r"},
        {"▸ Begin batch", "\r"},   {"▸ Go on with item", "\r"}, {"▸ Look batch", "\r"},
        {"▸ Read ", "\r"},         {"⏎ go on", "\r"},           {"Nothing is left for you", "\r"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (shows(person, rules[i].shown)) {
            terminal_send(person->terminal, rules[i].keys);
            return true;
        }
    if (shows(person, "Set this item aside"))
        return true; /* its digit is under way */
    if (place.batch && shows(person, "▸ overall")) {
        judge(office, person, place);
        return true;
    }
    if (place.batch && shows(person, "▸ submit")) {
        if (!person->submitted.batch || roll(office, 10) == 0) {
            person->submitted = place;
            terminal_send(person->terminal, "\r");
        }
        return true;
    }
    return false;
}

static void annotate(struct office *office, struct person *person, long now) {
    struct place place = read_place(person);
    watch_progress(person, place, now);
    assert_true(!shows(person, "take it over?") || terminal_dump(person->terminal)); /* nobody sits twice */
    if (shows(person, "Nothing is left for you"))
        person->progress = now;
    person->unknown = answer_screen(office, person, place) ? 0 : person->unknown + 1;
    if (person->unknown > 10) {
        terminal_send(person->terminal, "\x1b");
        person->unknown = 0;
    }
    assert_true(now - person->progress < STUCK_MS || terminal_dump(person->terminal));
}

/* Leads look around and decide what there is; they place no holds and have nothing redone, which would ask for more judgments. */
static void lead(struct office *office, struct person *person) {
    static const char *const keys[] = {"j",    "j", "k", "j", "\t",        "\t",          "\r",     "\r", "\r",
                                       "\x1b", "q", "i", "g", "d",         "w",           "R",      "M",  "K",
                                       "X",    "A", "r", "2", "because\r", "yes it is\r", "\x1b[H", " "};
    const char *key = keys[roll(office, sizeof keys / sizeof *keys)];
    if (shows(person, "y yes"))
        key = roll(office, 3) ? "y" : "n";
    terminal_send(person->terminal, key);
}

/* A program that ended by itself did so because it was told to, and without an error. */
static bool has_ended(struct person *person) {
    siginfo_t about = {.si_pid = 0};
    waitid(P_PID, (id_t)terminal_process(person->terminal), &about, WEXITED | WNOHANG | WNOWAIT);
    if (about.si_pid == 0)
        return false;
    int status = terminal_wait_exit(person->terminal);
    assert_true((person->lead && status == 0) || terminal_dump(person->terminal));
    return true;
}

static void step(struct office *office, struct person *person) {
    terminal_settle(person->terminal, 1);
    long now = now_ms();
    if (now < person->next)
        return;
    if (has_ended(person)) {
        terminal_stop(person->terminal);
        start(office, person);
        return;
    }
    watch_busy(office, person, now);
    if (person->lead)
        lead(office, person);
    else
        annotate(office, person, now);
    person->next = now + (person->lead ? 150 : 60) + roll(office, 60);
}

static void watch_log(struct office *office) {
    char path[128];
    struct stat about;
    snprintf(path, sizeof path, "%s-wal", office->scratch.store);
    if (stat(path, &about) == 0 && about.st_size > office->log_bytes)
        office->log_bytes = (long)about.st_size;
}

static void kill_one(struct office *office) {
    struct person *person = &office->people[roll(office, PEOPLE)];
    terminal_signal(person->terminal, SIGKILL);
    int status = terminal_wait_exit(person->terminal);
    assert_true(status == 128 + SIGKILL || (person->lead && status == 0)); /* 0: left just before */
    terminal_stop(person->terminal);
    start(office, person);
    person->progress = now_ms();
    office->kills++;
}

/* --- What is in the store --------------------------------------------------------------------------------------------------- */

static long query(struct office *office, const char *sql) {
    sqlite3 *db;
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_open(office->scratch.store, &db), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    long value = sqlite3_step(row) == SQLITE_ROW ? (long)sqlite3_column_int64(row, 0) : -1;
    sqlite3_finalize(row);
    sqlite3_close(db);
    return value;
}

static void check_judged(struct office *office, const struct person *person) {
    sqlite3 *db;
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_open(office->scratch.store, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db,
                           "select s.state, count(j.id) from serving s join batch b on b.id = s.batch join "
                           "person p on p.id = s.person left join judgment j on j.serving = s.id and j.id "
                           "not in (select judgment from retraction) where p.name = ?1 and b.number = ?2 "
                           "and s.position = ?3",
                           -1, &row, NULL),
        SQLITE_OK);
    for (int batch = 1; batch < BATCHES; batch++)
        for (int position = 1; position <= BATCH; position++) {
            if (!person->done[batch][position])
                continue;
            sqlite3_reset(row);
            sqlite3_bind_text(row, 1, person->name, -1, SQLITE_STATIC);
            sqlite3_bind_int(row, 2, batch);
            sqlite3_bind_int(row, 3, position);
            assert_int_equal(sqlite3_step(row), SQLITE_ROW);
            if (sqlite3_column_int(row, 0) != 1 || sqlite3_column_int(row, 1) != 1)
                fail_msg("%s, batch %d, item %d: state %d, %d judgments", person->name, batch, position,
                         sqlite3_column_int(row, 0), sqlite3_column_int(row, 1));
        }
    sqlite3_finalize(row);
    sqlite3_close(db);
}

/* No choice has more than half of the first n. */
static bool is_split(const int *prefers, int n) {
    for (int i = 0; i < n; i++) {
        int same = 0;
        for (int k = 0; k < n; k++)
            same += prefers[k] == prefers[i];
        if (2 * same > n)
            return false;
    }
    return true;
}

/* Each judgment beyond the overlap is there because those that were final before it disagreed. The shared set is for everybody. */
static void check_overlap(struct office *office) {
    static const char *const votes =
        "select j.item, j.prefer from judgment j join serving s on s.id = j.serving join batch b on b.id = s.batch"
        " left join event e on e.subject = 'batch ' || b.uid and e.verb = 'hand-in' where j.kind = 0"
        " and j.id not in (select judgment from retraction) and j.item not in (select item from queue where lane = 5)"
        " and j.item not in (select item from retirement)" /* may have been of the shared set */
        " order by j.item, coalesce(e.n, 9e18), j.id";
    sqlite3 *db;
    sqlite3_stmt *row;
    int prefers[16], count = 0;
    long item = 0;
    assert_int_equal(sqlite3_open(office->scratch.store, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, votes, -1, &row, NULL), SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW) {
        long next = (long)sqlite3_column_int64(row, 0);
        count = next == item ? count : 0;
        item = next;
        if (count >= OVERLAP + 2 || (count >= OVERLAP && !is_split(prefers, count)))
            fail_msg("item %ld has %d judgments, one too many", item, count + 1);
        prefers[count++] = sqlite3_column_int(row, 1);
    }
    sqlite3_finalize(row);
    sqlite3_close(db);
    assert_int_equal(query(office, "select count(*) from (select 1 from serving where pass = 0 group by person, item "
                                   "having count(*) > 1)"),
                     0);
    assert_int_equal(query(office, "select count(*) from (select 1 from batch where handed_in is null group by person "
                                   "having count(*) > 1)"),
                     0);
}

static void test_together(void **state) {
    const char *given = getenv("ASSAY_TOGETHER_SECONDS");
    long seconds = given ? strtol(given, NULL, 10) : 12, next_kill;
    struct office *office = calloc(1, sizeof *office);
    int judged = 0;
    (void)state;
    assert_true(seconds > 0 && seconds <= 3600 && office);
    office->dice = (uint64_t)seconds;
    office->strict = given != NULL;
    make_campaign(&office->scratch, (int)(seconds * 20 + 300));
    for (int i = 0; i < PEOPLE; i++) {
        office->people[i].name = names[i];
        office->people[i].lead = i >= ANNOTATORS;
        start(office, &office->people[i]);
        office->people[i].progress = now_ms();
    }
    long end = now_ms() + seconds * 1000;
    for (next_kill = now_ms() + 2000; now_ms() < end;) {
        for (int i = 0; i < PEOPLE; i++)
            step(office, &office->people[i]);
        if (now_ms() > next_kill) {
            watch_log(office);
            kill_one(office);
            next_kill = now_ms() + 1000 + roll(office, 3000);
        }
    }
    for (int i = 0; i < PEOPLE; i++) {
        terminal_stop(office->people[i].terminal);
        if (!office->people[i].lead)
            check_judged(office, &office->people[i]);
        judged += office->people[i].acknowledged;
    }
    check_overlap(office);
    free(ASSAY_OK("check", office->scratch.store, "--as", "lena"));
    printf("%ld s: %d judgments seen to be submitted, %ld in the store, %ld batches handed in, %ld events, %d killed; "
           "\"the store is busy\" shown %d times, for at most %ld ms; log at most %ld MB\n",
           seconds, judged, query(office, "select count(*) from judgment"),
           query(office, "select count(*) from batch where handed_in is not null"),
           query(office, "select count(*) from event"), office->kills, office->notices, office->longest_busy,
           office->log_bytes >> 20);
    assert_true(office->log_bytes < LOG_BYTES);
    for (int i = 0; i < ANNOTATORS; i++)
        assert_true(office->people[i].acknowledged > 0);
    assert_true(query(office, "select count(*) from batch where handed_in is not null") > 0);
    scratch_remove(&office->scratch);
    free(office);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_together)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
