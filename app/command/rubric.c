/* `assay rubric`: checks rubric files; shows, sets and lists the versions in a store. */
#include "app/command.h"
#include "app/files.h"
#include "app/rubric_change.h"
#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "rubrics/rubric.h"
#include "store/settings.h"

#include "core/base/banned.h"

static void write_checked(struct json *json, const char *path, const struct rubric *rubric) {
    json_open(json, '{');
    json_key(json, "file");
    json_text(json, path);
    json_key(json, "rubric");
    json_text(json, rubric->name);
    json_key(json, "version");
    json_integer(json, rubric->version);
    json_key(json, "criteria");
    json_integer(json, rubric->criterion_count);
    json_key(json, "tags");
    json_integer(json, rubric->tag_count);
    json_key(json, "flags");
    json_integer(json, rubric->flag_count);
    json_close(json, '}');
}

static int check_files(struct invocation *invocation, struct error *error) {
    struct buffer list = BUFFER_INIT;
    struct json json;
    json_start(&json, &list);
    json_open(&json, '[');
    int status = arguments_between(invocation, 2, 1000000, error);
    for (size_t i = 1; i < invocation->argument_count && !status; i++) {
        const char *path = argument(invocation, i);
        struct buffer text = BUFFER_INIT;
        struct rubric rubric;
        status = file_read(path, &text, error);
        if (!status)
            status = rubric_read(buffer_slice(&text), path, &rubric, error);
        if (!status) {
            write_checked(&json, path, &rubric);
            if (!invocation->json)
                fprintf(invocation->out, "%s: rubric '%s', version %d: %d criteri%s, %d tags: in order\n", path,
                        rubric.name, rubric.version, rubric.criterion_count, rubric.criterion_count == 1 ? "on" : "a",
                        rubric.tag_count);
            rubric_release(&rubric);
        }
        buffer_release(&text);
    }
    json_close(&json, ']');
    if (!status && invocation->json)
        fprintf(invocation->out, "%s\n", list.data);
    buffer_release(&list);
    return status;
}

static void write_in_force(struct json *json, const char *track, const struct rubric_version *version) {
    json_open(json, '{');
    json_key(json, "track");
    json_text(json, track);
    json_key(json, "rubric");
    json_string(json, version->name);
    json_key(json, "version");
    json_integer(json, version->version);
    json_key(json, "hash");
    json_string(json, version->hash);
    json_key(json, "yaml");
    json_string(json, version->yaml);
    json_close(json, '}');
}

static int show(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct buffer text = BUFFER_INIT;
    struct json json;
    const char *only = option_value(invocation, "track");
    int status = STATUS_OK;
    json_start(&json, &text);
    json_open(&json, '[');
    if (only)
        status = chosen_track(invocation, &only, error);
    for (int i = 0; i < invocation->campaign.track_count && !status; i++) {
        const char *track = invocation->campaign.tracks[i].name;
        struct rubric_version version;
        if (only && !slice_is(slice_of(only), track))
            continue;
        status = rubric_newest(invocation->store, track, &pool, &version, error);
        if (status)
            break;
        write_in_force(&json, track, &version);
        if (invocation->json)
            continue;
        fputs("# track ", invocation->out);
        print_text(invocation->out, slice_of(track), false);
        fprintf(invocation->out, ", rubric version %d\n", version.version);
        print_text(invocation->out, version.yaml, true);
    }
    json_close(&json, ']');
    if (!status && invocation->json)
        fprintf(invocation->out, "%s\n", text.data);
    buffer_release(&text);
    pool_release(&pool);
    return status;
}

static const char *change_word(enum rubric_change change) {
    static const char *const words[] = {"first", "editorial", "semantic"};
    return words[change];
}

static void add_names(struct json *json, const char *key, struct slice names) {
    json_key(json, key);
    json_open(json, '[');
    for (size_t at = 0, end; at < names.length; at = end + 2) {
        for (end = at; end < names.length && names.data[end] != ',';)
            end++;
        json_string(json, slice_make(names.data + at, end - at));
    }
    json_close(json, ']');
}

/* Which of the versions a track works by. */
static int mark_in_force(struct invocation *invocation, const struct rubric_version *versions, size_t count,
                         bool *in_force, struct error *error) {
    int status = STATUS_OK;
    for (int t = 0; t < invocation->campaign.track_count && !status; t++) {
        int64_t id = 0;
        status = rubric_in_force(invocation->store, invocation->campaign.tracks[t].name, &id, error);
        for (size_t i = 0; i < count; i++)
            in_force[i] |= !status && versions[i].id == id;
    }
    return status;
}

/* uses: NULL for whoever is not to see what others did. */
static void print_versions_json(FILE *out, const struct rubric_version *versions, const bool *in_force,
                                const struct rubric_use *uses, size_t count) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(&json, '{');
        json_key(&json, "rubric");
        json_string(&json, versions[i].name);
        json_key(&json, "version");
        json_integer(&json, versions[i].version);
        json_key(&json, "change");
        json_text(&json, change_word(versions[i].change));
        json_key(&json, "hash");
        json_string(&json, versions[i].hash);
        json_key(&json, "at");
        json_text(&json, timestamp_utc(versions[i].at).text);
        json_key(&json, "in_force");
        json_boolean(&json, in_force[i]);
        if (uses) {
            json_key(&json, "judgments");
            json_integer(&json, (int64_t)uses[i].judgments);
            json_key(&json, "items");
            json_integer(&json, (int64_t)uses[i].items);
            add_names(&json, "read_by", uses[i].read);
            add_names(&json, "not_yet_read_by", uses[i].waiting);
        }
        json_close(&json, '}');
    }
    json_close(&json, ']');
    fprintf(out, "%s\n", text.data);
    buffer_release(&text);
}

static void print_use(FILE *out, const struct rubric_use *use) {
    enum { INDENT = 17 };
    struct buffer words = BUFFER_INIT;
    buffer_add_format(&words, "%zu judgments of %zu items", use->judgments, use->items);
    if (use->read.length)
        buffer_add_format(&words, " · read by " SLICE_FORMAT, SLICE_ARGS(use->read));
    if (use->waiting.length)
        buffer_add_format(&words, " · not yet by " SLICE_FORMAT, SLICE_ARGS(use->waiting));
    fprintf(out, "%*s", INDENT, "");
    print_paragraph(out, buffer_slice(&words), INDENT);
    buffer_release(&words);
}

static int history(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct rubric_version *versions;
    struct rubric_use *uses = NULL;
    bool *in_force = NULL;
    size_t count;
    int status = rubric_history(invocation->store, &pool, &versions, &count, error);
    if (!status) {
        in_force = pool_new(&pool, count, sizeof *in_force);
        status = mark_in_force(invocation, versions, count, in_force, error);
    }
    if (!status && viewer_may(&invocation->viewer, ACCESS_LEAD)) {
        uses = pool_new(&pool, count, sizeof *uses);
        status = rubric_use(invocation->store, &invocation->viewer, &pool, uses, count, error);
    }
    if (!status && invocation->json)
        print_versions_json(invocation->out, versions, in_force, uses, count);
    for (size_t i = 0; i < count && !status && !invocation->json; i++) {
        print_column(invocation->out, versions[i].name, 17);
        fprintf(invocation->out, "version %-4d %-10s %s  %.12s%s\n", versions[i].version,
                change_word(versions[i].change), timestamp_utc(versions[i].at).text, versions[i].hash.data,
                in_force[i] ? "  in force" : "");
        if (uses)
            print_use(invocation->out, &uses[i]);
    }
    pool_release(&pool);
    return status;
}

static int run(struct invocation *invocation, struct error *error) {
    enum { SHOW, SET, HISTORY, DIFF, FOLD, EFFECT };
    static const char *const verbs[] = {"show", "set", "history", "diff", "fold", "effect", NULL};
    int verb;
    if (invocation->argument_count && slice_is(slice_of(argument(invocation, 0)), "check"))
        return check_files(invocation, error);
    int status = argument_verb(invocation, 1, verbs, SHOW, &verb, error);
    bool with_file = !status && (verb == SET || verb == DIFF), changes = !status && (verb == SET || verb == FOLD);
    bool anybody = !status && (verb == SHOW || verb == HISTORY);
    if (!status)
        status = arguments_between(invocation, with_file ? 3 : 1, with_file ? 3 : 2, error);
    if (!status)
        status = open_store(invocation, changes ? STORE_PLAIN : STORE_READ_ONLY, anybody ? ACCESS_ANYBODY : ACCESS_LEAD,
                            error);
    if (status)
        return status;
    switch (verb) {
    case SET:
        return rubric_set_file(invocation, error);
    case HISTORY:
        return history(invocation, error);
    case DIFF:
        return rubric_show_difference(invocation, error);
    case FOLD:
        return rubric_fold_rulings(invocation, error);
    case EFFECT:
        return rubric_show_effect(invocation, error);
    default:
        return show(invocation, error);
    }
}

static const struct option options[] = {
    {"track", OPTION_VALUE, "T", "only this track's", 0},
    {"change", OPTION_VALUE, "editorial|semantic", "can a judgment come out differently by it?", 0},
    {"again", OPTION_VALUE, "SHARE", "set: this share (0 to 1) of the judged items is judged again", 0},
    {"folds", OPTION_VALUE, "ID,…", "set: these rulings stand in the file now and are retired", 0},
    {"output", OPTION_VALUE, "FILE", "fold: write the next version there, to go over it first", 'o'},
    {0},
};

const struct command command_rubric = {
    .name = "rubric",
    .usage =
        "check FILE… | STORE [show | diff FILE | set FILE | fold --track T [-o FILE] | history | effect --track T]",
    .summary = "check rubric files; the versions in a store",
    .manual = "A new version has the same name and a greater version. Each judgment keeps the version that it was made "
              "by; whoever is "
              "at work finishes the item on the screen, then reads the changed lines once. An editorial change moves "
              "no judgment. A "
              "semantic one may: earlier judgments count as made by an older rule, figures are split (report --by "
              "rubric), and --again "
              "puts a share of the finished items to people as a new round, from which exports then take the answer.\n"
              "'effect' sets the two weeks before each change of a track's rubric against the two weeks after it. "
              "'fold' writes the rulings in force on a track into the guideline and retires them, in one step.",
    .access = ACCESS_ANYBODY,
    .options = options,
    .run = run,
};
