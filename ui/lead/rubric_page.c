/* A rubric that changed its meaning, as a page: the lines, who has read them, what was judged by the older rule. */
#include "rubrics/difference.h"
#include "ui/annotate/pages.h"
#include "ui/lead/places.h"

#include "core/base/banned.h"

static const struct rubric_unsettled *find_change(const struct office *office, const char *track) {
    for (size_t i = 0; i < office->unsettled_count; i++)
        if (slice_is(office->unsettled[i].track, track))
            return &office->unsettled[i];
    return NULL;
}

static void add_names(struct buffer *out, const char *words, struct slice names) {
    if (names.length)
        buffer_add_format(out, "- %s: " SLICE_FORMAT "\n", words, SLICE_ARGS(names));
}

static int add_use(struct office *office, int64_t id, struct pool *pool, struct buffer *out, struct error *error) {
    struct rubric_version *versions;
    struct rubric_use *uses = NULL;
    size_t count;
    int status = rubric_history(office->store, pool, &versions, &count, error);
    if (!status) {
        uses = pool_new(pool, count, sizeof *uses);
        status = rubric_use(office->store, office->viewer, pool, uses, count, error);
    }
    for (size_t i = 0; i < count && !status; i++) {
        if (uses[i].id != id)
            continue;
        buffer_add_format(out, "- judged by it so far: %zu judgments of %zu items\n", uses[i].judgments, uses[i].items);
        add_names(out, "read by", uses[i].read);
        add_names(out, "not yet read by", uses[i].waiting);
    }
    return status;
}

static int make_page(struct office *office, const struct rubric_unsettled *change, struct buffer *out,
                     struct error *error) {
    struct pool pool = POOL_INIT;
    struct rubric_version before, after;
    struct difference difference;
    int status = rubric_by_id(office->store, change->before, &pool, &before, error);
    if (!status)
        status = rubric_by_id(office->store, change->id, &pool, &after, error);
    if (!status) {
        buffer_add_format(out,
                          "# Rubric " SLICE_FORMAT ", version %d after %d\n\n"
                          "A judgment can come out differently by it. Made by older versions: %zu judgments.\n\n",
                          SLICE_ARGS(after.name), after.version, before.version, change->judgments);
        status = add_use(office, change->id, &pool, out, error);
    }
    if (!status) {
        buffer_add_format(out,
                          "\nDo people read the new rule alike? `assay calibrate STORE new NAME --track " SLICE_FORMAT
                          "` lets them judge the same items by it, before the next batch. With the first such session "
                          "this decision is taken.\n\n## What changed\n",
                          SLICE_ARGS(change->track));
        difference_init(&difference, before.yaml, after.yaml);
        page_changes(out, &difference);
        difference_release(&difference);
    }
    pool_release(&pool);
    return status;
}

void rubric_page(struct office *office, struct frame *frame, const char *track) {
    const struct rubric_unsettled *change = find_change(office, track);
    struct buffer page = BUFFER_INIT;
    struct error error = ERROR_INIT;
    int status = change ? make_page(office, change, &page, &error) : STATUS_OK;
    if (status)
        frame_say(frame, INK_ERROR, "%s", error.text);
    else if (change)
        frame_read(frame, "a rubric that changed", buffer_slice(&page));
    buffer_release(&page);
}
