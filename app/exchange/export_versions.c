/* See export_versions.h. */
#include "app/exchange/export_versions.h"

#include "core/base/memory.h"
#include "store/settings.h"

#include "core/base/banned.h"

#define NO_VERSION "(none)"

int export_versions_load(struct export_versions *out, struct store *store, const char *track, struct error *error) {
    struct pool pool = POOL_INIT;
    struct rubric_version *versions;
    size_t count = 0;
    *out = (struct export_versions){0};
    int status = rubric_in_force(store, track, &out->in_force, error);
    if (!status)
        status = rubric_history(store, &pool, &versions, &count, error);
    for (size_t i = 0; i < count && !status; i++)
        rubric_marks_add(&out->marks, versions[i].id, versions[i].name, versions[i].version,
                         versions[i].change == RUBRIC_SEMANTIC);
    out->judgments = memory_new(count + 1, sizeof *out->judgments);
    pool_release(&pool);
    return status;
}

void export_versions_release(struct export_versions *versions) {
    rubric_marks_release(&versions->marks);
    memory_free(versions->judgments);
    *versions = (struct export_versions){0};
}

/* Index of the version; behind the last for none. */
static size_t place_of(const struct export_versions *versions, int64_t rubric) {
    const struct rubric_mark *mark = rubric_marks_find(&versions->marks, rubric);
    return mark ? (size_t)(mark - versions->marks.items) : versions->marks.count;
}

void export_versions_count(struct export_versions *versions, const struct export_item *item) {
    for (size_t i = 0; i < item->vote_count; i++) {
        versions->judgments[place_of(versions, item->votes[i].rubric)]++;
        version_mix_add(&versions->mix, &versions->marks, item->votes[i].rubric, versions->in_force);
    }
}

void export_versions_row(struct json *json, const struct export_versions *versions, const struct export_item *item) {
    struct version_mix mix = {0};
    json_key(json, "rubrics");
    json_open(json, '[');
    for (size_t i = 0; i < item->vote_count; i++) {
        size_t place = place_of(versions, item->votes[i].rubric), before = 0;
        while (before < i && place_of(versions, item->votes[before].rubric) != place)
            before++;
        if (before == i)
            json_text(json, place < versions->marks.count ? versions->marks.items[place].label : NO_VERSION);
        version_mix_add(&mix, &versions->marks, item->votes[i].rubric, versions->in_force);
    }
    json_close(json, ']');
    json_key(json, "older_rule");
    json_integer(json, (int64_t)mix.older);
}

void export_versions_all(struct json *json, const struct export_versions *versions) {
    json_key(json, "judgments_by_rubric");
    json_open(json, '{');
    for (size_t i = 0; i <= versions->marks.count; i++)
        if (versions->judgments[i]) {
            json_key(json, i < versions->marks.count ? versions->marks.items[i].label : NO_VERSION);
            json_integer(json, (int64_t)versions->judgments[i]);
        }
    json_close(json, '}');
}
