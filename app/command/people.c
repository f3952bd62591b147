/* `assay people`: who may work, on what. */
#include <string.h>

#include "app/command.h"
#include "core/base/array.h"
#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "store/load_categories.h"
#include "store/people.h"
#include "store/standing.h"

#include "core/base/banned.h"

static void write_list(struct json *json, const char *key, struct slice commas) {
    json_key(json, key);
    json_open(json, '[');
    for (size_t at = 0; at < commas.length;) {
        size_t end = at;
        while (end < commas.length && commas.data[end] != ',')
            end++;
        json_string(json, slice_make(commas.data + at, end - at));
        at = end + 1;
    }
    json_close(json, ']');
}

/* Standing of one person: the lines of theirs. */
struct standings {
    struct standing_line *lines;
    size_t count;
};

static void write_standing(struct json *json, const struct person *person, const struct standings *standings) {
    json_key(json, "standing");
    json_open(json, '{');
    for (size_t i = 0; i < standings->count; i++) {
        const struct standing_line *line = &standings->lines[i];
        if (line->person != person->id)
            continue;
        json_key(json, line->track);
        json_open(json, '{');
        json_key(json, "state");
        json_text(json, standing_state_name(line->now.standing.state));
        json_key(json, "may_work");
        json_boolean(json, line->now.standing.next == STANDING_WORK);
        json_key(json, "waits_for_lead");
        json_boolean(json, standing_waits(&line->now.standing));
        json_key(json, "attempts_left");
        json_integer(json, line->now.standing.attempts_left);
        if (line->now.at) {
            json_key(json, "why");
            json_string(json, line->now.reason.data ? line->now.reason : slice_of(""));
            json_key(json, "since");
            json_text(json, timestamp_utc(line->now.at).text);
        }
        json_close(json, '}');
    }
    json_close(json, '}');
}

static void print_standing(FILE *out, const struct person *person, const struct standings *standings) {
    for (size_t i = 0; i < standings->count; i++) {
        const struct standing_line *line = &standings->lines[i];
        if (line->person != person->id)
            continue;
        fputs("              ", out);
        print_text(out, slice_of(line->track), false);
        fprintf(out, ": %s", standing_words(&line->now.standing));
        if (line->now.at)
            fprintf(out, ", %s: ", timestamp_local_day(line->now.at).text);
        print_text(out, line->now.reason.data ? line->now.reason : slice_of(""), false);
        fputc('\n', out);
    }
}

static void print_json(FILE *out, const struct person *people, size_t count, const struct standings *standings) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(&json, '{');
        json_key(&json, "name");
        json_string(&json, people[i].name);
        json_key(&json, "role");
        json_text(&json, person_role_name(people[i].role));
        write_list(&json, "tracks", people[i].tracks);
        write_list(&json, "languages", people[i].languages);
        write_list(&json, "categories", people[i].categories);
        json_key(&json, "paused");
        json_boolean(&json, people[i].paused);
        write_standing(&json, &people[i], standings);
        json_key(&json, "since");
        json_text(&json, timestamp_utc(people[i].at).text);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    fprintf(out, "%s\n", text.data);
    buffer_release(&text);
}

static struct slice or_all(struct slice commas) {
    return commas.length ? commas : slice_of("all");
}

static void print_table(FILE *out, const struct person *people, size_t count, const struct standings *standings) {
    if (count == 0) {
        fputs("nobody yet: solo use, where everything is open to whoever opens the store\n", out);
        return;
    }
    fprintf(out, "%-13s %-9s %-19s %-10s %-12s %s\n", "name", "role", "tracks", "languages", "categories", "since");
    for (size_t i = 0; i < count; i++) {
        const struct person *person = &people[i];
        print_column(out, person->name, 14);
        fprintf(out, "%-10s", person_role_name(person->role));
        print_column(out, or_all(person->tracks), 20);
        print_column(out, or_all(person->languages), 11);
        print_column(out, or_all(person->categories), 13);
        fprintf(out, "%s%s\n", timestamp_local_day(person->at).text, person->paused ? "  paused" : "");
        print_standing(out, person, standings);
    }
}

static int list(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct person *people;
    size_t count;
    struct standings standings = {0};
    int status = people_list(invocation->store, &invocation->viewer, &pool, &people, &count, error);
    if (!status)
        status = standing_list(invocation->store, &invocation->viewer, &invocation->campaign, &pool, &standings.lines,
                               &standings.count, error);
    if (!status && invocation->json)
        print_json(invocation->out, people, count, &standings);
    else if (!status)
        print_table(invocation->out, people, count, &standings);
    pool_release(&pool);
    return status;
}

/* The options as a person; an option that is not given stays absent. Names of tracks must be tracks. */
static int read_person(struct invocation *invocation, struct person *person, struct error *error) {
    *person = (struct person){
        .name = slice_of(argument(invocation, 2)),
        .tracks = slice_of(option_value(invocation, "tracks")),
        .languages = slice_of(option_value(invocation, "languages")),
        .categories = slice_of(option_value(invocation, "categories")),
    };
    const char *role = option_value(invocation, "role");
    if (role)
        person_role_find(slice_of(role), &person->role);
    for (size_t at = 0; at < person->tracks.length;) {
        size_t end = at;
        while (end < person->tracks.length && person->tracks.data[end] != ',')
            end++;
        struct buffer name = BUFFER_INIT;
        buffer_add(&name, person->tracks.data + at, end - at);
        bool known = campaign_track(&invocation->campaign, name.data) != NULL;
        int status = known ? STATUS_OK : error_set(error, STATUS_USAGE, "no track is named '%s'", name.data);
        buffer_release(&name);
        if (status)
            return status;
        at = end + 1;
    }
    return STATUS_OK;
}

/* --- What --categories and --languages name ---------------------------------------------------------------------------- */

struct search {
    struct slice name;
    bool found, any; /* any: an item has some name */
};

static void look_at(void *context, struct slice track, struct slice name) {
    struct search *search = context;
    (void)track;
    search->any |= name.length > 0;
    search->found |= slice_equal(name, search->name);
}

/* A name that no item has may be a slip, or be of items still to come: it is taken, and said. */
static int say_unknown(struct invocation *invocation, const char *option, const char *words, struct error *error) {
    const char *list = option_value(invocation, option);
    bool categories = strcmp(option, "categories") == 0;
    int status = STATUS_OK;
    while (list && *list && !status) {
        size_t length = strcspn(list, ",");
        struct search search = {.name = slice_make(list, length)};
        status = (categories ? load_categories : load_languages)(invocation->store, look_at, &search, error);
        if (!status && search.any && !search.found && length > 0)
            say("note: no item is %s '%.*s' yet", words, (int)length, list);
        list += length + (list[length] == ',');
    }
    return status;
}

static int say_all_unknown(struct invocation *invocation, struct error *error) {
    int status = say_unknown(invocation, "categories", "of the category", error);
    return status ? status : say_unknown(invocation, "languages", "in the language", error);
}

static int add(struct invocation *invocation, struct error *error) {
    struct person person;
    if (!option_value(invocation, "role"))
        return error_set(error, STATUS_USAGE, "people add: --role says what '%s' is: annotator, lead or model",
                         argument(invocation, 2));
    int status = read_person(invocation, &person, error);
    if (!status)
        status = person_add(invocation->store, &invocation->viewer, &person, option_given(invocation, "yes"), error);
    if (status)
        return status;
    say("added %s '%s'", person_role_name(person.role), argument(invocation, 2));
    if (invocation->viewer.role == VIEWER_SOLO && person.role == PERSON_ANNOTATOR)
        say("'%s' is the lead now: solo use is over, and a name is asked of everybody (--as)", invocation->viewer.name);
    return say_all_unknown(invocation, error);
}

/* --qualified and --requalify: a lead's word on somebody's standing. */
static int set_standing(struct invocation *invocation, const char *name, struct error *error) {
    const char *in = option_value(invocation, "qualified"), *again = option_value(invocation, "requalify");
    const char *track = in ? in : again, *why = option_value(invocation, "why");
    if (in && again)
        return error_set(error, STATUS_USAGE, "--qualified and --requalify together; write one of them");
    if (!why || !*why)
        return error_set(error, STATUS_USAGE, "people set: --why says the reason for it");
    int status = standing_set(invocation->store, &invocation->viewer, &invocation->campaign, name, track, in != NULL,
                              slice_of(why), error);
    if (!status)
        say(in ? "'%s' may work on '%s'" : "'%s' is asked to qualify on '%s' before the next batch", name, track);
    return status;
}

static int set(struct invocation *invocation, struct error *error) {
    struct person changes;
    const char *name = argument(invocation, 2);
    if (option_given(invocation, "qualified") || option_given(invocation, "requalify")) {
        static const char *const others[] = {"role", "tracks", "languages", "categories"};
        for (size_t i = 0; i < COUNT_OF(others); i++)
            if (option_given(invocation, others[i]))
                return error_set(error, STATUS_USAGE, "--%s and a word on standing together; write two commands",
                                 others[i]);
        return set_standing(invocation, name, error);
    }
    int status = read_person(invocation, &changes, error);
    if (!status && option_value(invocation, "role"))
        status = person_set_role(invocation->store, &invocation->viewer, name, changes.role, error);
    if (!status)
        status = person_set(invocation->store, &invocation->viewer, name, &changes, error);
    if (!status)
        say("changed '%s'", name);
    return status ? status : say_all_unknown(invocation, error);
}

static int run(struct invocation *invocation, struct error *error) {
    enum { LIST, ADD, SET, PAUSE, RESUME, RENAME, FORGET };
    static const char *const verbs[] = {"list", "add", "set", "pause", "resume", "rename", "forget", NULL};
    static const size_t arguments[] = {2, 3, 3, 3, 3, 4, 3};
    int verb;
    int status = argument_verb(invocation, 1, verbs, LIST, &verb, error);
    if (!status)
        status = arguments_between(invocation, verb == LIST ? 1 : arguments[verb], arguments[verb], error);
    if (!status)
        status = open_store(invocation, verb == LIST ? STORE_READ_ONLY : STORE_PLAIN, ACCESS_LEAD, error);
    if (status)
        return status;
    const char *name = argument(invocation, 2);
    switch (verb) {
    case ADD:
        return add(invocation, error);
    case SET:
        return set(invocation, error);
    case PAUSE:
    case RESUME:
        status = person_pause(invocation->store, &invocation->viewer, name, verb == PAUSE, error);
        if (!status)
            say(verb == PAUSE ? "'%s' may look, but not judge" : "'%s' may judge again", name);
        return status;
    case RENAME:
        status = person_rename(invocation->store, &invocation->viewer, name, argument(invocation, 3), error);
        if (!status)
            say("'%s' is now '%s'", name, argument(invocation, 3));
        return status;
    case FORGET:
        status = person_forget(invocation->store, &invocation->viewer, name, error);
        if (!status)
            say("'%s' is forgotten; the judgments stay, under an opaque name", name);
        return status;
    default:
        return list(invocation, error);
    }
}

static const struct option options[] = {
    {"role", OPTION_VALUE, "annotator|lead|model", "what the person is", 0},
    {"tracks", OPTION_VALUE, "A,B", "only these tracks (default: all)", 0},
    {"languages", OPTION_VALUE, "en,es", "only items in these languages (default: all)", 0},
    {"categories", OPTION_VALUE, "A,B", "only items of these categories (default: all)", 0},
    {"qualified", OPTION_VALUE, "TRACK", "set: lets somebody work on the track without a (further) attempt", 0},
    {"requalify", OPTION_VALUE, "TRACK", "set: asks for the qualification, again, before the next batch", 0},
    {"why", OPTION_VALUE, "TEXT", "the reason, with --qualified and --requalify", 0},
    {"yes", OPTION_FLAG, NULL, "end solo use without asking", 'y'},
    {0},
};

const struct command command_people = {
    .name = "people",
    .usage = "STORE [list | add NAME --role R | set NAME … | pause NAME | resume NAME | rename OLD NEW | forget NAME]",
    .summary = "who may work, on what",
    .manual =
        "A store without people is solo use: everything is open to whoever opens it. With the first annotator or "
        "lead a name\n"
        "is asked of everybody (--as), and what is the lead's is refused to annotators.\n"
        "Where a track asks for a qualification, 'list' says who is qualified; 'set NAME --qualified TRACK --why T' "
        "lets somebody in,\n"
        "'--requalify TRACK' asks for it again, with all its attempts.\n"
        "'forget' replaces the name by an opaque one and removes rationales and questions; the judgments stay.",
    .access = ACCESS_LEAD,
    .needs_store = true,
    .options = options,
    .run = run,
};
