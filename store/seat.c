/* See seat.h. Hosts and processes are what the system calls them; a process is told from a later one of its number by when it began. */
#include "store/seat.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/internal.h"

#include "core/base/banned.h"

enum { READ, TAKE, STILL, BEAT, LEAVE };
static const char *const sql[] = {
    [READ] = "select token, host, process, began, since, beat from seat where person = ?1 and track = ?2",
    [TAKE] =
        "insert into seat (person, track, token, host, process, began, since, beat) values (?1, ?2, ?3, ?4, ?5, ?6, "
        "?7, ?7)"
        " on conflict (person, track) do update set token = excluded.token, host = excluded.host, process = "
        "excluded.process, began = excluded.began, since = excluded.since, beat = excluded.beat",
    [STILL] = "select 1 from seat where person = ?1 and track = ?2 and token = ?3",
    [BEAT] = "update seat set beat = ?3 where person = ?1 and track = ?2",
    [LEAVE] = "delete from seat where person = ?1 and track = ?2 and token = ?3",
};
const struct statement_table seat_statements = STATEMENT_TABLE(sql);

static void host_name(char host[64]) {
    if (gethostname(host, 63) != 0)
        host[0] = '\0';
    host[63] = '\0';
}

/* When a process began, as the system counts it; 0 where that is not known. */
static long long process_began(long long process) {
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%lld/stat", process);
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;
    size_t got = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[got] = '\0';
    const char *at = strrchr(line, ')'); /* the name may hold spaces; what follows are fields 3, 4 … */
    for (int field = 3; at && field <= 22; field++)
        at = strchr(at + 1, ' ');
    return at ? strtoll(at, NULL, 10) : 0;
}

struct holder {
    char token[ULID_LENGTH + 1];
    struct seat seat;
    int64_t process, began, beat;
};

static int read_holder(struct store *store, int64_t person, int64_t track, struct holder *out, struct error *error) {
    struct sqlite3_stmt *row;
    *out = (struct holder){0};
    int status = statement_find(store, &sql[READ], VALUES(value_integer(person), value_integer(track)), &row, error);
    if (status != STEP_ROW)
        return status;
    snprintf(out->token, sizeof out->token, "%s", column_slice(row, 0).data);
    snprintf(out->seat.host, sizeof out->seat.host, "%s", column_slice(row, 1).data);
    out->process = column_integer(row, 2);
    out->began = column_integer(row, 3);
    out->seat.since = column_integer(row, 4);
    out->beat = column_integer(row, 5);
    out->seat.there = true;
    statement_close(row);
    return STEP_ROW;
}

static bool lives(struct store *store, const struct holder *holder) {
    char host[64];
    host_name(host);
    if (strcmp(host, holder->seat.host) != 0)
        return store_now(store) - holder->beat < SEAT_SILENT_MS;
    if (kill((pid_t)holder->process, 0) != 0 && errno != EPERM)
        return false;
    return process_began(holder->process) == holder->began;
}

static int take(struct store *store, int64_t person, int64_t track, bool over, struct seat *held, struct error *error) {
    struct holder holder;
    struct ulid token = ulid_make(store->world);
    char host[64];
    int status = read_holder(store, person, track, &holder, error);
    if (status < 0)
        return status;
    if (status == STEP_ROW && !over && lives(store, &holder)) {
        *held = holder.seat;
        return STATUS_OK;
    }
    host_name(host);
    status = statement_run(store, &sql[TAKE],
                           VALUES(value_integer(person), value_integer(track), value_string(token.text),
                                  value_string(host), value_integer(getpid()), value_integer(process_began(getpid())),
                                  value_integer(store_now(store))),
                           error);
    if (status >= 0) {
        store->seat_person = person;
        store->seat_track = track;
        memcpy(store->seat_token, token.text, sizeof store->seat_token);
    }
    return status;
}

int seat_take(struct store *store, const struct viewer *viewer, const char *track, bool over, struct seat *held,
              struct error *error) {
    int64_t id;
    *held = (struct seat){0};
    seat_leave(store);
    int status = transaction_begin(store, "seat_take", error);
    if (status < 0)
        return status;
    status = track_id(store, track, &id, error);
    if (status >= 0)
        status = take(store, viewer->person, id, over, held, error);
    status = transaction_end(store, status, error);
    if (status < 0)
        store->seat_token[0] = '\0';
    store->seat_seen = store_data_version(store);
    return status < 0 ? status : STATUS_OK;
}

int seat_still(struct store *store, struct error *error) {
    int64_t still = 0;
    if (!store->seat_token[0])
        return STATUS_OK;
    int status = statement_integer(
        store, &sql[STILL],
        VALUES(value_integer(store->seat_person), value_integer(store->seat_track), value_string(store->seat_token)),
        &still, error);
    if (status >= 0 && !still)
        return error_set(error, STATUS_NO, "this was taken over in another terminal; nothing is lost");
    return status < 0 ? status : STATUS_OK;
}

int seat_look(struct store *store, struct seat *held, struct error *error) {
    struct holder holder;
    *held = (struct seat){0};
    int64_t seen = store_data_version(store);
    if (!store->seat_token[0] || seen == store->seat_seen)
        return STATUS_OK;
    int status = read_holder(store, store->seat_person, store->seat_track, &holder, error);
    if (status < 0)
        return status;
    if (status == STEP_DONE || strcmp(holder.token, store->seat_token) != 0) {
        *held = holder.seat;
        held->there = true; /* also when whoever took it over has left again */
    } else {
        store->seat_seen = seen;
    }
    return STATUS_OK;
}

int seat_beat(struct store *store, struct error *error) {
    if (!store->seat_token[0])
        return STATUS_OK;
    int status = transaction_begin(store, "seat_beat", error);
    if (status < 0)
        return status;
    status = statement_run(
        store, &sql[BEAT],
        VALUES(value_integer(store->seat_person), value_integer(store->seat_track), value_integer(store_now(store))),
        error);
    return transaction_end(store, status, error);
}

void seat_leave(struct store *store) {
    if (!store->seat_token[0])
        return;
    int status = transaction_begin(store, "seat_leave", NULL);
    if (status >= 0) {
        status = statement_run(store, &sql[LEAVE],
                               VALUES(value_integer(store->seat_person), value_integer(store->seat_track),
                                      value_string(store->seat_token)),
                               NULL);
        transaction_end(store, status, NULL);
    }
    store->seat_token[0] = '\0';
}
