/* A new version of a rubric, from a file or from the rulings; see rubric_change.h. */
#include "app/rubric_change.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/files.h"
#include "core/base/array.h"
#include "core/base/json.h"
#include "rubrics/difference.h"
#include "rubrics/fold.h"
#include "rubrics/rubric.h"
#include "store/questions.h"
#include "store/settings.h"

#include "core/base/banned.h"

enum { AROUND = 3 };

struct draft_rubric {
    struct buffer text;
    struct rubric rubric; /* what the text says */
};

static void draft_release(struct draft_rubric *draft) {
    rubric_release(&draft->rubric);
    buffer_release(&draft->text);
}

static int draft_read(struct draft_rubric *draft, const char *path, struct error *error) {
    *draft = (struct draft_rubric){.text = BUFFER_INIT};
    int status = file_read(path, &draft->text, error);
    if (!status)
        status = rubric_read(buffer_slice(&draft->text), path, &draft->rubric, error);
    if (status)
        buffer_release(&draft->text);
    return status;
}

/* The version in force of the rubric with this name; id 0 when no track uses it. */
static int find_in_force(struct invocation *invocation, const char *name, struct pool *pool, struct rubric_version *out,
                         struct error *error) {
    int status = STATUS_OK;
    for (int i = 0; i < invocation->campaign.track_count && !status; i++) {
        status = rubric_newest(invocation->store, invocation->campaign.tracks[i].name, pool, out, error);
        if (!status && slice_is(out->name, name))
            return status;
    }
    *out = (struct rubric_version){0};
    return status ? status : error_set(error, STATUS_INPUT, "no track uses a rubric named '%s'", name);
}

static void print_difference(FILE *out, const struct rubric_version *old, const struct draft_rubric *new) {
    struct difference difference;
    struct buffer lines = BUFFER_INIT;
    difference_init(&difference, old->yaml, buffer_slice(&new->text));
    difference_write(&difference, AROUND, &lines);
    print_text(out, old->name, false);
    if (difference.changed == 0)
        fprintf(out, ": as version %d, which is in force\n", old->version);
    else
        fprintf(out, ": version %d, in force, against version %d: %zu line%s changed\n", old->version,
                new->rubric.version, difference.changed, difference.changed == 1 ? "" : "s");
    print_text(out, buffer_slice(&lines), true);
    buffer_release(&lines);
    difference_release(&difference);
}

static void print_difference_json(FILE *out, const struct rubric_version *old, const struct draft_rubric *new) {
    struct difference difference;
    struct buffer lines = BUFFER_INIT, text = BUFFER_INIT;
    struct json json;
    difference_init(&difference, old->yaml, buffer_slice(&new->text));
    difference_write(&difference, AROUND, &lines);
    json_start(&json, &text);
    json_open(&json, '{');
    json_key(&json, "rubric");
    json_string(&json, old->name);
    json_key(&json, "in_force");
    json_integer(&json, old->version);
    json_key(&json, "version");
    json_integer(&json, new->rubric.version);
    json_key(&json, "lines_changed");
    json_integer(&json, (int64_t)difference.changed);
    json_key(&json, "difference");
    json_string(&json, buffer_slice(&lines));
    json_close(&json, '}');
    fprintf(out, "%s\n", text.data);
    buffer_release(&text);
    buffer_release(&lines);
    difference_release(&difference);
}

int rubric_show_difference(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct rubric_version old;
    struct draft_rubric new;
    int status = draft_read(&new, argument(invocation, 2), error);
    if (status)
        return status;
    status = find_in_force(invocation, new.rubric.name, &pool, &old, error);
    if (!status && invocation->json)
        print_difference_json(invocation->out, &old, &new);
    else if (!status)
        print_difference(invocation->out, &old, &new);
    draft_release(&new);
    pool_release(&pool);
    return status;
}

/* --- What kind of change ------------------------------------------------------------------------------------------------- */

static bool can_ask(void) {
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

/* Asked where somebody sits there to answer; else semantic, the careful one. STATUS_NO: thought better of it. */
static int ask_change(enum rubric_change *change, struct error *error) {
    char line[16] = "";
    *change = RUBRIC_SEMANTIC;
    if (!can_ask())
        return STATUS_OK;
    fputs(
        "Can a judgment come out differently by this version?  y: semantic  n: editorial  Enter: leave all as it is  ",
        stderr);
    if (!fgets(line, sizeof line, stdin) || (line[0] != 'y' && line[0] != 'n'))
        return error_set(error, STATUS_NO, "nothing was changed");
    *change = line[0] == 'y' ? RUBRIC_SEMANTIC : RUBRIC_EDITORIAL;
    return STATUS_OK;
}

static int choose_change(struct invocation *invocation, enum rubric_change absent, enum rubric_change *change,
                         struct error *error) {
    const char *given = option_value(invocation, "change");
    *change = absent;
    if (given)
        *change = slice_is(slice_of(given), "editorial") ? RUBRIC_EDITORIAL : RUBRIC_SEMANTIC;
    return given || absent != RUBRIC_FIRST ? STATUS_OK : ask_change(change, error);
}

static int put_in_force(struct invocation *invocation, const struct draft_rubric *draft, const struct rubric_step *step,
                        struct error *error) {
    struct rubric_effect effect;
    int status = rubric_replace(invocation->store, &invocation->viewer, &draft->rubric, buffer_slice(&draft->text),
                                step, &effect, error);
    if (status)
        return status;
    say("rubric '%s' is now version %d; everybody on it is shown the changed lines once", draft->rubric.name,
        draft->rubric.version);
    if (step->ruling_count)
        say("%zu ruling%s retired: the rubric says it now", step->ruling_count, step->ruling_count == 1 ? "" : "s");
    if (step->change == RUBRIC_SEMANTIC && effect.judgments)
        say("%zu judgments of %zu items were made by other versions and stay so marked; %zu items are judged again",
            effect.judgments, effect.items, effect.again);
    if (step->change == RUBRIC_SEMANTIC && effect.keys)
        say("%zu gold key%s set under an older rule; retire what the new one answers otherwise ('assay gold'): an "
            "amended key judges earlier answers too",
            effect.keys, effect.keys == 1 ? " was" : "s were");
    return status;
}

/* The very text that is in force, and nothing else to do with it. */
static bool is_no_change(const struct rubric_version *old, const struct draft_rubric *draft,
                         const struct rubric_step *step) {
    return step->again <= 0 && step->ruling_count == 0 && slice_equal(old->yaml, buffer_slice(&draft->text));
}

/* --- From a file --------------------------------------------------------------------------------------------------------- */

struct numbers {
    int64_t *items;
    size_t count, capacity;
};

static int read_numbers(const char *text, struct numbers *out, struct error *error) {
    while (text && *text) {
        char *end;
        errno = 0;
        long long id = strtoll(text, &end, 10);
        if (errno || end == text || id < 1 || (*end && *end != ','))
            return error_set(error, STATUS_USAGE, "rubric: --folds is a list of rulings such as 3,4; '%s' is none",
                             text);
        *ARRAY_ADD(out) = id;
        text = *end ? end + 1 : end;
    }
    return STATUS_OK;
}

int rubric_set_file(struct invocation *invocation, struct error *error) {
    struct draft_rubric draft;
    struct pool pool = POOL_INIT;
    struct rubric_version old;
    struct numbers folded = {0};
    struct rubric_step step = {.seed = invocation->campaign.seed};
    int status = draft_read(&draft, argument(invocation, 2), error);
    if (status)
        return status;
    status = find_in_force(invocation, draft.rubric.name, &pool, &old, error);
    if (!status)
        status = option_number(invocation, "again", 0, 1, 0, &step.again, error);
    if (!status)
        status = read_numbers(option_value(invocation, "folds"), &folded, error);
    step.rulings = folded.items;
    step.ruling_count = folded.count;
    bool same = !status && is_no_change(&old, &draft, &step);
    if (same)
        say("rubric '%s', version %d, is in force already; nothing was changed", draft.rubric.name, old.version);
    if (!status && !same && !option_given(invocation, "change") && isatty(STDERR_FILENO))
        print_difference(stderr, &old, &draft);
    if (!status && !same)
        status = choose_change(invocation, step.again > 0 ? RUBRIC_SEMANTIC : RUBRIC_FIRST, &step.change, error);
    if (!status && !same)
        status = put_in_force(invocation, &draft, &step, error);
    if (!status && !same && !option_given(invocation, "change") && step.again <= 0 && !can_ask())
        say("taken as semantic, a change that can move a judgment; --change editorial says that none can");
    ARRAY_RELEASE(&folded);
    draft_release(&draft);
    pool_release(&pool);
    return status;
}

/* --- From the rulings ---------------------------------------------------------------------------------------------------- */

struct in_force {
    struct slice *items;
    size_t count, capacity;
};

static int read_rulings(struct invocation *invocation, const char *track, struct pool *pool, struct in_force *texts,
                        struct numbers *ids, struct error *error) {
    struct ruling *rulings;
    size_t count;
    int status = ruling_list(invocation->store, &invocation->viewer, track, pool, &rulings, &count, error);
    for (size_t i = 0; i < count && !status; i++) {
        if (rulings[i].retired)
            continue;
        *ARRAY_ADD(texts) = rulings[i].text;
        *ARRAY_ADD(ids) = rulings[i].id;
    }
    if (!status && ids->count == 0)
        status = error_set(error, STATUS_NO, "no ruling is in force on '%s'", track);
    return status;
}

/* The text to go over, and how to bring it in. */
static int write_draft(const struct draft_rubric *draft, const char *path, const struct numbers *ids,
                       struct error *error) {
    int status = file_write_new(path, buffer_slice(&draft->text), error);
    if (status)
        return status;
    struct buffer list = BUFFER_INIT;
    for (size_t i = 0; i < ids->count; i++)
        buffer_add_format(&list, "%s%lld", i ? "," : "", (long long)ids->items[i]);
    say("go over %s; then: assay rubric STORE set %s --folds %s", path, path, list.data);
    buffer_release(&list);
    return STATUS_OK;
}

int rubric_fold_rulings(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct in_force texts = {0};
    struct numbers ids = {0};
    struct rubric_version old;
    struct rubric before = {0};
    struct draft_rubric draft = {.text = BUFFER_INIT};
    struct rubric_step step = {.seed = invocation->campaign.seed};
    const char *track, *path = option_value(invocation, "output");
    int status = chosen_track(invocation, &track, error);
    if (!status)
        status = rubric_newest(invocation->store, track, &pool, &old, error);
    if (!status)
        status = rubric_read(old.yaml, "rubric", &before, error);
    if (!status)
        status = read_rulings(invocation, track, &pool, &texts, &ids, error);
    if (!status)
        status = rubric_fold(old.yaml, &before, texts.items, texts.count, &draft.text, error);
    if (!status)
        status = rubric_read(buffer_slice(&draft.text), "the next version", &draft.rubric, error);
    /* the rulings hold already: that they stand in the guideline changes no judgment */
    if (!status)
        status = choose_change(invocation, RUBRIC_EDITORIAL, &step.change, error);
    step.rulings = ids.items;
    step.ruling_count = ids.count;
    if (!status)
        status = path ? write_draft(&draft, path, &ids, error) : put_in_force(invocation, &draft, &step, error);
    draft_release(&draft);
    rubric_release(&before);
    ARRAY_RELEASE(&texts);
    ARRAY_RELEASE(&ids);
    pool_release(&pool);
    return status;
}
