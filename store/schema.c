/*
 * The tables. Facts are appended and never changed (settings … event); queue, place, draft, serving.state and
 * standing are state, and store_check rebuilds what can be rebuilt. Times are UTC milliseconds. Numbers of enums
 * are those of core/model and store/batch.h. A released step is never edited: a change is a new step.
 */
#include "store/internal.h"

#include <sqlite3.h>
#include <stdio.h>

#include "core/base/array.h"

#include "core/base/banned.h"

static const char *const tables_file =
    /* which file this is; `campaign` is equal in all its packs */
    "create table store (id integer primary key check (id = 1), uid text not null, campaign text not null,"
    " kind text not null check (kind in ('campaign', 'pack')), secret blob not null check (length(secret) = 32), at "
    "integer not null) strict;"
    "create table settings (id integer primary key, yaml text not null, hash text not null, person integer references "
    "person,"
    " at integer not null) strict;"
    /* change: 0 first, 1 editorial, 2 semantic */
    "create table rubric (id integer primary key, name text not null, version integer not null, hash text not null, "
    "yaml text not null,"
    " change integer not null check (change between 0 and 2), person integer references person, at integer not null,"
    " unique (name, hash)) strict;"
    /* rubric: the one in force; overlap, shared, ranked: wanted judgments, share of items that everybody gets, and order (enum item_order) that the queue
     * was built with */
    "create table track (id integer primary key, name text not null unique, rubric integer references rubric,"
    " overlap integer not null default 1, shared real not null default 0, ranked integer not null default 0) strict;"
    "create table category (id integer primary key, name text not null unique) strict;"
    "create table language (id integer primary key, name text not null unique) strict;"
    "create table model (id integer primary key, name text not null unique) strict;";

static const char *const tables_people =
    /* solo 0: added; 1: made by the first act in a store without people; 2: known by imported judgments alone. Who is not added is no member
     * of the team; role 0 annotator, 1 lead, 2 model, 3 source */
    "create table person (id integer primary key, uid text not null unique, name text not null unique,"
    " role integer not null check (role between 0 and 3), solo integer not null default 0 check (solo in (0, 1, 2)),"
    " tracks text not null default '', languages text not null default '', categories text not null default '',"
    " at integer not null) strict;"
    /* track null: all; the last row of (person, track) counts. On a track 'paused' asks for a qualification, again; batch: the qualification
     * that it follows from; hold: the alarm's; decided: by whom */
    "create table standing (id integer primary key, person integer not null references person, track integer "
    "references track,"
    " state text not null check (state in ('active', 'paused', 'qualified', 'failed')), batch integer references batch,"
    " hold integer references hold, decided integer references person, reason text, at integer not null) strict;"
    "create index standing_person on standing (person, track, id);"
    "create table question (id integer primary key, uid text not null unique, item integer not null references item,"
    " serving integer references serving, person integer not null references person, text text not null, at integer "
    "not null) strict;"
    "create index question_person on question (person, id);"
    "create index question_serving on question (serving) where serving is not null;"
    /* what somebody says against the key of a gold item that they were shown; open while that key is the item's newest, and not void;
     * seen: when its author saw the decision */
    "create table contest (id integer primary key, uid text not null unique, item integer not null references item,"
    " gold integer not null references gold, person integer not null references person, text text not null, at integer "
    "not null, seen integer, unique (item, person)) strict;"
    /* ruling: the one that this answer became; seen: when the asker saw it */
    "create table answer (question integer primary key references question, text text not null, person integer "
    "references person,"
    " ruling integer references ruling, at integer not null, seen integer) strict;"
    "create table ruling (id integer primary key, uid text not null unique, track integer not null references track, "
    "text text not null,"
    " rubric integer references rubric, person integer references person, at integer not null, retired integer) strict;"
    /* kind 0: subject is a rubric, 1: a ruling */
    "create table acknowledgement (person integer not null references person, kind integer not null check (kind in (0, "
    "1)),"
    " subject integer not null, at integer not null, primary key (person, kind, subject)) strict, without rowid;";

static const char *const tables_items =
    "create table source (id integer primary key, name text not null, format text not null, hash text not null,"
    " bytes integer not null, lines integer not null, person integer references person, at integer not null) strict;"
    /* key: SipHash-2-4 by the store's uid, a look-up and not an identity */
    "create table prompt (id integer primary key, key integer not null, form integer not null, body text not null) "
    "strict;"
    "create index prompt_key on prompt (key);"
    /* content: id of the first item with these responses; lengths: code points of each response, '48 121' */
    "create table item (id integer primary key, name text not null, track integer not null references track,"
    " content integer not null references item, prompt integer not null references prompt, category integer references "
    "category,"
    " language integer references language, lengths text not null, priority real, source integer references source,"
    " line integer, unique (name, track)) strict;"
    "create table item_extra (item integer primary key references item, json text not null) strict;"
    /* id = content * 32 + number */
    "create table response (id integer primary key, name text not null, model integer references model, form integer "
    "not null,"
    " body text not null) strict;"
    /* taken out of the work for good */
    "create table retirement (item integer primary key references item, person integer references person, why text not "
    "null,"
    " at integer not null) strict;"
    /* use 0 hidden, 1 qualification, 2 training; the newest row of an item is its key in force; retired: not
     * served any more;
     * void: what was answered is in no figure */
    "create table gold (id integer primary key, item integer not null references item, use integer not null check (use "
    "between 0 and 2),"
    " origin text not null, difficulty integer not null default 0, low integer not null default 0, high integer not "
    "null default 0,"
    " explanation text, person integer references person, why text, at integer not null, retired integer,"
    " void integer not null default 0 check (void in (0, 1))) strict;"
    "create unique index gold_item on gold (item) where retired is null;"
    "create index gold_history on gold (item, id);"
    "create table gold_answer (gold integer not null references gold, n integer not null, prefer integer not null, "
    "ranking text,"
    " primary key (gold, n)) strict, without rowid;";

static const char *const tables_work =
    "create table round (id integer primary key, track integer not null references track, name text not null, at "
    "integer not null,"
    " closed integer) strict;"
    "create table queue (track integer not null references track, lane integer not null, rank integer not null,"
    " item integer not null references item, round integer not null, need integer not null check (need > 0),"
    " primary key (track, lane, rank, item)) strict, without rowid;"
    "create unique index queue_item on queue (item, round);"
    /* a category that is done; null: items without one */
    "create table closing (id integer primary key, track integer not null references track, category integer "
    "references category,"
    " person integer references person, why text not null, at integer not null, reopened integer) strict;"
    "create unique index closing_open on closing (track, coalesce(category, 0)) where reopened is null;"
    "create table place (person integer not null references person, track integer not null references track, lane "
    "integer not null,"
    " rank integer not null, item integer not null, primary key (person, track, lane)) strict, without rowid;"
    /* purpose 0 work, 1 training, 2 qualification; session: what a calibration session asks of its person. Work is numbered from 1 up,
     * everything else from 0 down; lease 0: given up, its person was forgotten */
    "create table batch (id integer primary key, uid text not null unique, person integer not null references person,"
    " track integer not null references track, number integer not null, size integer not null,"
    " purpose integer not null default 0 check (purpose between 0 and 2), session integer references session,"
    " pack integer references pack, dealt integer not null,"
    " handed_in integer, lease integer not null, unique (person, track, number)) strict;"
    "create index batch_open on batch (lease) where handed_in is null;"
    "create index batch_session on batch (session) where session is not null;"
    /* state 0 dealt, 1 judged, 2 aside (reason), 3 released; returned: set aside to the lead, who gave it back */
    "create table serving (id integer primary key, batch integer not null references batch, position integer not null,"
    " person integer not null references person, item integer not null references item, prompt integer not null "
    "references prompt,"
    " round integer not null default 0, pass integer not null default 0, kind integer not null, shown text not null,"
    " state integer not null default 0 check (state between 0 and 3), reason integer,"
    " returned integer not null default 0 check (returned in (0, 1)), at integer not null,"
    " unique (person, item, round, pass), unique (batch, position)) strict;"
    /* prompt is the item's: whether a person has seen a prompt is one look-up for each gold candidate */
    "create index serving_prompt on serving (person, prompt);"
    "create index serving_aside on serving (reason, item) where state = 2;"
    /* where a person has a track open; host, process and began: as the system calls them */
    "create table seat (person integer not null references person, track integer not null references track, token text "
    "not null,"
    " host text not null, process integer not null, began integer not null, since integer not null, beat integer not "
    "null,"
    " primary key (person, track)) strict, without rowid;"
    "create table draft (serving integer primary key references serving, body text not null, at integer not null) "
    "strict;";

static const char *const tables_judgments =
    /* prefer 0-25, -1 tie, -2 none; redacted: hash of the rationale that was taken out */
    "create table judgment (id integer primary key, uid text not null unique, item integer not null references item,"
    " person integer not null references person, kind integer not null, round integer not null default 0,"
    " rubric integer references rubric, serving integer references serving, session integer references session,"
    " prefer integer not null check (prefer between -2 and 25), strength integer not null default 0 check (strength "
    "between 0 and 3),"
    " confidence integer, ranking text, ratings text, shown text, ms integer, at integer not null, rationale text, "
    "redacted blob) strict;"
    "create index judgment_item on judgment (item, person);"
    "create index judgment_person on judgment (person, id, prefer, strength, confidence, shown, ms, at);"
    "create index judgment_gold on judgment (person) where kind = 1;"
    "create table mark (judgment integer not null references judgment, kind integer not null check (kind in (0, 1)), "
    "name text not null,"
    " primary key (judgment, kind, name)) strict, without rowid;"
    "create table retraction (judgment integer primary key references judgment, uid text not null unique,"
    " person integer references person, at integer not null) strict;"
    /* since, until: judgment ids, inclusive; until null: open end; origin 0 detector, 1 lead */
    "create table hold (id integer primary key, uid text not null unique, person integer not null references person,"
    " track integer not null references track, category integer references category, since integer not null, until "
    "integer,"
    " origin integer not null check (origin in (0, 1)), placed integer references person, why text not null, at "
    "integer not null) strict;"
    "create index hold_person on hold (person, track);"
    "create table hold_decision (hold integer primary key references hold,"
    " decision text not null check (decision in ('released', 'redone', 'withdrawn')), person integer references "
    "person, why text not null,"
    " at integer not null) strict;";

static const char *const tables_sessions =
    "create table session (id integer primary key, uid text not null unique, name text not null unique,"
    " track integer not null references track, person integer references person, at integer not null, closed integer)"
    " strict;"
    /* verdict 0 clear, 1 ambiguous, 2 gap */
    "create table session_item (session integer not null references session, item integer not null references item,"
    " position integer not null, verdict integer, note text, primary key (session, item)) strict, without rowid;"
    /* number: how the person is called while names are hidden; excused: since when nobody waits for their answers */
    "create table session_person (session integer not null references session, person integer not null references "
    "person,"
    " number integer not null, excused integer, primary key (session, person)) strict, without rowid;"
    "create table sample (id integer primary key, track integer not null references track, rule text not null, seed "
    "integer not null,"
    " person integer references person, at integer not null) strict;"
    "create table review (sample integer not null references sample, judgment integer not null references judgment,"
    " stratum text not null, verdict integer, error text, note text, person integer references person, at integer,"
    " primary key (sample, judgment)) strict, without rowid;"
    "create table pack (id integer primary key, uid text not null unique, person integer not null references person,"
    " batches integer not null, state integer not null, chain integer references chain, at integer not null) strict;";

static const char *const tables_log =
    /* key: what stands for the hash before the first event */
    "create table chain (id integer primary key, uid text not null unique, key blob not null check (length(key) = 32)) "
    "strict;"
    /* digest: hash of detail and of the subject's row; hash: of the hash before, the other columns and digest.
     * Only a detail may go (redaction) */
    "create table event (chain integer not null references chain, n integer not null, at integer not null,"
    " person integer references person, verb text not null, subject text not null, detail text,"
    " digest blob not null check (length(digest) = 32), hash blob not null check (length(hash) = 32),"
    " primary key (chain, n)) strict, without rowid;"
    "create trigger event_kept before delete on event begin select raise(abort, 'events are kept'); end;"
    "create trigger event_fixed before update on event"
    " when new.detail is not null or new.chain <> old.chain or new.n <> old.n or new.at <> old.at or new.person is not "
    "old.person"
    " or new.verb <> old.verb or new.subject <> old.subject or new.digest <> old.digest or new.hash <> old.hash"
    " begin select raise(abort, 'events are not changed'); end;"
    "create trigger judgment_kept before delete on judgment begin select raise(abort, 'judgments are kept'); end;"
    "create trigger judgment_fixed before update of id, uid, item, person, kind, round, rubric, serving, session, "
    "prefer, strength,"
    " confidence, ranking, ratings, shown, ms, at on judgment begin select raise(abort, 'judgments are not changed'); "
    "end;"
    "create trigger judgment_redacted before update of rationale, redacted on judgment"
    " when new.rationale is not null or new.redacted is null or (old.redacted is not null and new.redacted <> "
    "old.redacted)"
    " begin select raise(abort, 'a rationale can only be taken out'); end;";

/* The first step makes SCHEMA_FIRST, each of the others one version more. */
static const char *const *const steps[SCHEMA_VERSION - SCHEMA_FIRST + 1][8] = {
    {&tables_file, &tables_people, &tables_items, &tables_work, &tables_judgments, &tables_sessions, &tables_log},
};

int schema_migrate(struct store *store, struct error *error) {
    for (;;) {
        int64_t version = 0;
        int status = statement_query(store, "pragma user_version", &version, error);
        if (status < 0 || version >= SCHEMA_VERSION) /* nothing to do: whoever writes is not waited for */
            return status < 0 ? status : STATUS_OK;
        status = transaction_begin(store, "schema_migrate", error);
        if (status < 0)
            return status;
        status = statement_query(store, "pragma user_version", &version, error);
        if (status >= 0 && version >= SCHEMA_VERSION)
            return transaction_end(store, STATUS_OK, error);
        int64_t step = version == 0 ? 0 : version - SCHEMA_FIRST + 1;
        for (size_t i = 0; status >= 0 && i < COUNT_OF(steps[0]) && steps[step][i]; i++)
            status = statement_script(store, *steps[step][i], error);
        if (status >= 0) {
            char bump[64];
            snprintf(bump, sizeof bump, "pragma user_version = %lld", (long long)(SCHEMA_FIRST + step));
            status = statement_script(store, bump, error);
        }
        status = transaction_end(store, status, error);
        if (status < 0)
            return status;
    }
}

/* Counts what a memory store made by the same steps has under this type and name; its text. */
static const char *const listing =
    "select type || ' ' || name, coalesce(sql, '') from sqlite_schema where name not like 'sqlite_stat%' order by 1";

static void report(log_found *found, void *context, struct slice name, const char *what) {
    char line[400];
    snprintf(line, sizeof line, SLICE_FORMAT " %s", SLICE_ARGS(name), what);
    found(context, "schema", line);
}

/* Both lists are sorted by name: one walk through the two. */
static int compare_lists(struct store *store, struct store *fresh, struct sqlite3_stmt *have, struct sqlite3_stmt *want,
                         log_found *found, void *context, struct error *error) {
    int left = statement_step(store, have, error), right = left < 0 ? left : statement_step(fresh, want, error);
    while (left > 0 || right > 0) {
        struct slice a = left > 0 ? column_slice(have, 0) : SLICE_ABSENT,
                     b = right > 0 ? column_slice(want, 0) : SLICE_ABSENT;
        int order = left <= 0 ? 1 : right <= 0 ? -1 : strcmp(a.data, b.data);
        if (order < 0)
            report(found, context, a, "does not belong here");
        else if (order > 0)
            report(found, context, b, "is missing");
        else if (!slice_equal(column_slice(have, 1), column_slice(want, 1)))
            report(found, context, a, "is not as this version makes it");
        if (order <= 0)
            left = statement_step(store, have, error);
        if (order >= 0 && left >= 0)
            right = statement_step(fresh, want, error);
        if (left < 0 || right < 0)
            break;
    }
    return left < 0 ? left : right < 0 ? right : STATUS_OK;
}

int schema_compare(struct store *store, log_found *found, void *context, struct error *error) {
    struct store fresh = {.world = store->world, .path = ":memory:"};
    struct sqlite3_stmt *have = NULL, *want = NULL;
    if (sqlite3_open(":memory:", &fresh.db) != SQLITE_OK) {
        sqlite3_close(fresh.db);
        return error_set(error, STATUS_SYSTEM, "no room to compare the schema of '%s'", store->path);
    }
    int status = schema_migrate(&fresh, error);
    if (status >= 0)
        status = statement_prepare(&fresh, listing, &want, error);
    if (status >= 0)
        status = statement_prepare(store, listing, &have, error);
    if (status >= 0)
        status = compare_lists(store, &fresh, have, want, found, context, error);
    statement_discard(have);
    statement_discard(want);
    statement_cache_release(&fresh.statements);
    sqlite3_close(fresh.db);
    return status;
}
