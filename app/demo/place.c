/* See place.h. */
#include "app/demo/place.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/command.h"
#include "app/demo/history.h"
#include "app/files.h"
#include "core/base/buffer.h"
#include "core/base/memory.h"
#include "store/people.h"

#include "core/base/banned.h"

static char *below(const char *folder, const char *name) {
    struct buffer path = BUFFER_INIT;
    buffer_add_format(&path, "%s/%s", folder, name);
    return buffer_detach(&path);
}

static int make_temporary(char **folder, struct error *error) {
    char name[] = "/tmp/assay-demo-XXXXXX";
    if (!mkdtemp(name))
        return error_set(error, STATUS_SYSTEM, "no folder can be made in '/tmp': %s; name one: assay demo DIR",
                         strerror(errno));
    *folder = memory_copy(name, strlen(name));
    return STATUS_OK;
}

static int make_named(const char *name, char **folder, struct error *error) {
    size_t length = strlen(name);
    while (length > 1 && name[length - 1] == '/')
        length--;
    *folder = memory_copy(name, length);
    if (mkdir(*folder, 0777) != 0 && errno != EEXIST)
        return error_set(error, STATUS_SYSTEM, "the folder '%s' cannot be made: %s", *folder, strerror(errno));
    return STATUS_OK;
}

/* Whether the folder holds nothing. */
static int is_empty(const char *folder, bool *empty, struct error *error) {
    DIR *stream = opendir(folder);
    if (!stream)
        return error_set(error, STATUS_SYSTEM, "'%s' cannot be read as a folder: %s", folder, strerror(errno));
    *empty = true;
    for (const struct dirent *entry; *empty && (entry = readdir(stream));)
        *empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(stream);
    return STATUS_OK;
}

/* The store there is a demo's: it opens, and its people are the demo's. */
static int check_earlier(const struct place *place, struct world *world, struct error *error) {
    struct store *store;
    struct viewer viewer;
    struct error none = ERROR_INIT;
    int status = store_open(&store, place->store, STORE_READ_ONLY, world, error);
    if (status)
        return status;
    bool is_demo = viewer_find(store, HISTORY_LEAD, &viewer, &none) == STATUS_OK && viewer.role == VIEWER_LEAD &&
                   viewer_find(store, HISTORY_PERSON, &viewer, &none) == STATUS_OK && viewer.role == VIEWER_ANNOTATOR;
    store_close(store);
    return is_demo
               ? STATUS_OK
               : error_set(error, STATUS_USAGE, "'%s' is not the store of a demo; name another folder", place->store);
}

static int make_campaign(struct place *place, struct world *world, struct error *error) {
    struct history_counts counts;
    int64_t began = world->now(world);
    say("making a campaign with six weeks of work in %s …", place->folder);
    int status = history_make(place->store, began, HISTORY_SEED, &counts, error);
    if (status)
        return status;
    place->made = true;
    say("12 people, %llu judgments in %llu batches, %.1f s", (unsigned long long)counts.judgments,
        (unsigned long long)counts.batches, (double)(world->now(world) - began) / 1000);
    return STATUS_OK;
}

int place_open(struct place *place, const char *folder, struct world *world, struct error *error) {
    bool empty = true;
    *place = (struct place){0};
    int status = folder ? make_named(folder, &place->folder, error) : make_temporary(&place->folder, error);
    if (status)
        return status;
    place->store = below(place->folder, "demo.assay");
    place->rows = below(place->folder, "preferences.jsonl");
    place->manifest = below(place->folder, "preferences.manifest.json");
    status = is_empty(place->folder, &empty, error);
    if (status || empty)
        return status ? status : make_campaign(place, world, error);
    if (!path_exists(place->store))
        return error_set(error, STATUS_USAGE, "'%s' is not empty, and holds no demo; name a new folder or an empty one",
                         place->folder);
    return check_earlier(place, world, error);
}

void place_release(struct place *place) {
    memory_free(place->folder);
    memory_free(place->store);
    memory_free(place->rows);
    memory_free(place->manifest);
    *place = (struct place){0};
}
