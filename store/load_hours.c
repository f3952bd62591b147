/*
 * The time sheet. A sitting is a row of judgments of one person on one track and day with pauses under an hour; it
 * begins when work on its first one began (its submission less its time on task). idle = length of the sittings
 * less time on task.
 */
#include <stdlib.h>
#include <time.h>

#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "store/internal.h"
#include "store/load.h"

#include "core/base/banned.h"

enum { JUDGED, HANDED_IN, TODAY };
static const char *const sql[] = {
    [JUDGED] = ("select p.name, t.name, j.at, coalesce(j.ms, 0) from judgment j join person p on p.id = j.person join "
                "item i on i.id = j.item"
                " join track t on t.id = i.track where j.serving is not null and (?1 is null or p.name = ?1)"
                " and not exists (select 1 from retraction x where x.judgment = j.id) order by p.name, t.name, j.at"),
    [HANDED_IN] =
        ("select p.name, t.name, b.handed_in from batch b join person p on p.id = b.person join track t on "
         "t.id = b.track"
         " where b.handed_in is not null and (?1 is null or p.name = ?1) order by p.name, t.name, b.handed_in"),
    [TODAY] =
        ("select j.at, coalesce(j.ms, 0), exists (select 1 from retraction x where x.judgment = j.id) from judgment j"
         " where j.person = ?1 and j.serving is not null order by j.id desc"),
};
const struct statement_table load_hours_statements = STATEMENT_TABLE(sql);

struct sheet {
    struct hours_row *items;
    size_t count, capacity;
    struct pool *pool;
    bool by_week;
    int64_t first, last, active; /* of the sitting under way, in the row that is last */
};

static int64_t bucket(const struct sheet *sheet, int64_t at) {
    int64_t midnight = timestamp_local_midnight(at);
    if (!sheet->by_week)
        return midnight;
    time_t seconds = (time_t)(midnight / MS_SECOND);
    struct tm day;
    localtime_r(&seconds, &day);
    /* Monday: noon is far enough from every change of the clock */
    return timestamp_local_midnight(midnight + 12 * MS_HOUR - (day.tm_wday + 6) % 7 * MS_DAY);
}

static void end_sitting(struct sheet *sheet) {
    if (sheet->count && sheet->last > sheet->first) {
        int64_t idle = sheet->last - sheet->first - sheet->active;
        sheet->items[sheet->count - 1].idle_ms += idle > 0 ? idle : 0;
    }
}

static void add_judgment(struct sheet *sheet, struct sqlite3_stmt *row) {
    struct slice person = column_slice(row, 0), track = column_slice(row, 1);
    int64_t at = column_integer(row, 2), active = column_integer(row, 3), day = bucket(sheet, at);
    struct hours_row *last = sheet->count ? &sheet->items[sheet->count - 1] : NULL;
    bool same_row = last && last->day == day && slice_equal(last->person, person) && slice_equal(last->track, track);
    if (!same_row || at - sheet->last >= MS_HOUR) {
        end_sitting(sheet);
        sheet->first = at - active;
        sheet->active = 0;
    }
    if (!same_row) {
        last = ARRAY_ADD(sheet);
        *last = (struct hours_row){
            .person = pool_slice(sheet->pool, person), .track = pool_slice(sheet->pool, track), .day = day};
    }
    sheet->last = at;
    sheet->active += active;
    last->active_ms += active;
    last->items++;
}

static void add_hand_in(struct sheet *sheet, struct sqlite3_stmt *row) {
    struct slice person = column_slice(row, 0), track = column_slice(row, 1);
    int64_t day = bucket(sheet, column_integer(row, 2));
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->items[i].day == day && slice_equal(sheet->items[i].person, person) &&
            slice_equal(sheet->items[i].track, track)) {
            sheet->items[i].hand_ins++;
            return;
        }
    *ARRAY_ADD(sheet) = (struct hours_row){
        .person = pool_slice(sheet->pool, person), .track = pool_slice(sheet->pool, track), .day = day, .hand_ins = 1};
}

static int by_person_track_day(const void *a, const void *b) {
    const struct hours_row *left = a, *right = b;
    int order = strcmp(left->person.data, right->person.data);
    order = order ? order : strcmp(left->track.data, right->track.data);
    return order ? order : (left->day > right->day) - (left->day < right->day);
}

static int read_rows(struct store *store, struct sheet *sheet, int statement, struct value person,
                     struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[statement], VALUES(person), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        (statement == JUDGED ? add_judgment : add_hand_in)(sheet, row);
    statement_close(row);
    return status;
}

int load_hours(struct store *store, const struct viewer *viewer, const char *person, bool by_week, struct pool *pool,
               struct hours_row **out, size_t *count, struct error *error) {
    struct sheet sheet = {.pool = pool, .by_week = by_week};
    struct value who = value_string(viewer_sees_all(viewer) ? person : viewer->name);
    *out = NULL;
    *count = 0;
    int status = transaction_read(store, "load_hours", error);
    if (status < 0)
        return status;
    status = read_rows(store, &sheet, JUDGED, who, error);
    end_sitting(&sheet);
    if (status >= 0)
        status = read_rows(store, &sheet, HANDED_IN, who, error);
    if (status >= 0 && sheet.count) {
        qsort(sheet.items, sheet.count, sizeof *sheet.items, by_person_track_day);
        *out = pool_copy(pool, sheet.items, sheet.count, sizeof **out);
        *count = sheet.count;
    }
    ARRAY_RELEASE(&sheet);
    return transaction_end(store, status, error);
}

int load_today(struct store *store, int64_t person, int64_t midnight, int64_t *judged, int64_t *active_ms,
               struct error *error) {
    struct sqlite3_stmt *row;
    *judged = *active_ms = 0;
    int status = statement_open(store, &sql[TODAY], VALUES(value_integer(person)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW &&
           column_integer(row, 0) >= midnight) {
        bool kept = !column_integer(row, 2);
        *judged += kept;
        *active_ms += kept ? column_integer(row, 1) : 0;
    }
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}
