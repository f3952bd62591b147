/*
 * A few loads of records pass round: the reader fills ahead while one is used up. Each has a pool, so that nothing of a record is copied
 * or freed alone. A load belongs to the reader while `full` is false, else to the caller; `full` and `stopped` are under the lock.
 */
#include "app/exchange/items_ahead.h"

#include <pthread.h>
#include <signal.h>

#include "core/base/memory.h"

#include "core/base/banned.h"

enum { LOADS = 4, LOAD_RECORDS = 64, LOAD_BYTES = 1 << 18 };

struct load {
    struct pool pool;
    struct ahead_record records[LOAD_RECORDS];
    size_t count;
    uint64_t bytes; /* of the file, when it was filled */
    bool full;
};

struct ahead {
    struct items *items;
    struct load loads[LOADS];
    struct load *load; /* the caller's; NULL before the first */
    size_t at;         /* its next record */
    size_t turn;       /* which load the caller takes next */
    bool threaded, stopped;
    pthread_t reader;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

/* Reads records until there are enough; false when the last record ends it. */
static bool fill(struct ahead *ahead, struct load *load, size_t most) {
    size_t text = 0;
    bool more = true;
    pool_clear(&load->pool);
    load->count = 0;
    while (more && load->count < most && text < LOAD_BYTES) {
        struct ahead_record *record = &load->records[load->count++];
        record->text = SLICE_ABSENT;
        record->error.text[0] = '\0';
        record->found = items_next_kept(ahead->items, &load->pool, &record->item, &record->text, &record->error);
        record->line = items_line(ahead->items);
        text += record->text.length;
        more = record->found > 0;
    }
    load->bytes = input_bytes(items_input(ahead->items));
    return more;
}

/* Waits until the load is in this state; false when all is to stop. */
static bool wait_for(struct ahead *ahead, const struct load *load, bool full) {
    pthread_mutex_lock(&ahead->lock);
    while (load->full != full && !ahead->stopped)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    bool go = !ahead->stopped;
    pthread_mutex_unlock(&ahead->lock);
    return go;
}

static void hand_over(struct ahead *ahead, struct load *load, bool full) {
    pthread_mutex_lock(&ahead->lock);
    load->full = full;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
}

static void *read_all(void *context) {
    struct ahead *ahead = context;
    bool more = true;
    for (size_t turn = 0; more; turn = (turn + 1) % LOADS) {
        struct load *load = &ahead->loads[turn];
        if (!wait_for(ahead, load, false))
            break;
        more = fill(ahead, load, LOAD_RECORDS);
        hand_over(ahead, load, true);
    }
    return NULL;
}

int ahead_start(struct ahead **out, struct items *items, bool threaded, struct error *error) {
    struct ahead *ahead = *out = memory_new(1, sizeof *ahead);
    ahead->items = items;
    if (!threaded || input_size(items_input(items)) < AHEAD_LEAST_BYTES)
        return STATUS_OK;
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    sigset_t all, before; /* signals are for the thread that knows what to do with them */
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    ahead->threaded = pthread_create(&ahead->reader, NULL, read_all, ahead) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (ahead->threaded)
        return STATUS_OK;
    ahead_stop(ahead);
    *out = NULL;
    return error_set(error, STATUS_SYSTEM, "no thread can be started to read '%s'", items_name(items));
}

void ahead_stop(struct ahead *ahead) {
    if (!ahead)
        return;
    if (ahead->threaded) {
        pthread_mutex_lock(&ahead->lock);
        ahead->stopped = true;
        pthread_cond_signal(&ahead->changed);
        pthread_mutex_unlock(&ahead->lock);
        pthread_join(ahead->reader, NULL);
        pthread_cond_destroy(&ahead->changed);
        pthread_mutex_destroy(&ahead->lock);
    }
    for (size_t i = 0; i < LOADS; i++)
        pool_release(&ahead->loads[i].pool);
    memory_free(ahead);
}

struct ahead_record *ahead_next(struct ahead *ahead) {
    struct load *load = ahead->load;
    if (load && ahead->at == load->count && load->records[load->count - 1].found <= 0)
        return &load->records[load->count - 1];
    if (!load || ahead->at == load->count) {
        if (load && ahead->threaded)
            hand_over(ahead, load, false);
        load = ahead->load = &ahead->loads[ahead->turn];
        ahead->turn = (ahead->turn + 1) % LOADS;
        ahead->at = 0;
        if (ahead->threaded)
            wait_for(ahead, load, true);
        else
            fill(ahead, load, 1);
    }
    return &load->records[ahead->at++];
}

uint64_t ahead_bytes(const struct ahead *ahead) {
    return ahead->load ? ahead->load->bytes : 0;
}
