/* Whether a version of a rubric helped: before and after it. See rubric_change.h. */
#include "app/effect.h"
#include "app/rubric_change.h"
#include "store/settings.h"

#include "core/base/banned.h"

static const char *const change_words[] = {"first", "editorial", "semantic"};

static void write_text(FILE *out, const struct rubric_version *version, const struct effect *effect) {
    struct buffer page = BUFFER_INIT;
    buffer_add_format(&page, "# " SLICE_FORMAT " version %d, %s\n", SLICE_ARGS(version->name), version->version,
                      change_words[version->change]);
    effect_write(&page, effect, "Everybody's work on this track");
    print_text(out, buffer_slice(&page), true);
    fputc('\n', out);
    buffer_release(&page);
}

static void write_object(struct json *json, const struct rubric_version *version, const struct effect *effect) {
    json_open(json, '{');
    json_key(json, "rubric");
    json_string(json, version->name);
    json_key(json, "version");
    json_integer(json, version->version);
    json_key(json, "change");
    json_text(json, change_words[version->change]);
    effect_write_json(json, effect);
    json_close(json, '}');
}

static int show_version(struct invocation *invocation, const char *track, const struct rubric_version *version,
                        struct json *json, struct error *error) {
    struct effect effect;
    struct effect_input input = {.track = track, .begun = version->at, .done = version->at};
    int status = effect_read(&effect, invocation->store, &invocation->viewer, &invocation->campaign, &input,
                             invocation->world->now(invocation->world), error);
    if (status)
        return status;
    if (invocation->json)
        write_object(json, version, &effect);
    else
        write_text(invocation->out, version, &effect);
    effect_release(&effect);
    return status;
}

int rubric_show_effect(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct buffer text = BUFFER_INIT;
    struct json json;
    struct rubric_version newest, *versions;
    size_t count = 0, shown = 0;
    const char *track;
    json_start(&json, &text);
    json_open(&json, '[');
    int status = chosen_track(invocation, &track, error);
    if (!status)
        status = rubric_newest(invocation->store, track, &pool, &newest, error);
    if (!status)
        status = rubric_history(invocation->store, &pool, &versions, &count, error);
    for (size_t i = 0; i < count && !status; i++) {
        if (versions[i].change == RUBRIC_FIRST || !slice_equal(versions[i].name, newest.name))
            continue;
        status = show_version(invocation, track, &versions[i], &json, error);
        shown++;
    }
    json_close(&json, ']');
    if (!status && invocation->json)
        fprintf(invocation->out, "%s\n", text.data);
    else if (!status && shown == 0)
        fprintf(invocation->out, "the rubric of '%s' has not changed yet\n", track);
    buffer_release(&text);
    pool_release(&pool);
    return status;
}
