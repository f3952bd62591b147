/*
 * work_driver STORE NAME TRACK: plays an annotator without a screen, for tests. It calls the same verbs of store/ that the screens call,
 * one for each line of standard input, and answers each with one line of JSON on standard output, flushed, so that a test can look at the
 * store, or run the program beside it, between two of them. A verb that the store refuses answers {"status": -1, "error": "…"} and the
 * driver goes on; it ends with the input. Exit status: 0, or that of what could not be opened.
 *
 *   clock MOMENT           the clock stands at this moment (UTC) from here on; every later verb moves it a second on
 *   pass SECONDS           moves the clock
 *   task SECONDS           time on task of each judgment from here on (10)
 *   deal                   {"batch": 1, "purpose": "work", "size": 50, "judged": 0, "aside": 0}; "purpose": "none" and what waits elsewhere
 *                          if nothing is left, "waits_for_lead": 1 if that is a qualification
 *   training N             the same for a batch of training items
 *   lines                  {"lines": [{"position": 1, "ref": "k7f3", "state": "dealt"}, …]}
 *   show POSITION          {"ref", "name" (of the item, as the screens get it), "state", "shown": ["b", "a"] (stored letters), "texts": […] (as
 *                          shown), "prompt", "draft"}
 *   judge POSITION CHOICE [STRENGTH [CONFIDENCE [WHY …]]]
 *                          CHOICE: a stored letter, left, right, tie or none. STRENGTH 1 to 3, default 1; CONFIDENCE in percent, - for none. Of three or
 *                          more responses also an order in stored letters (b>a=c); a letter alone ties the others below it, tie all of them
 *   draft POSITION TEXT    the draft's lines, with \n for a new line
 *   aside POSITION REASON  broken, not-my-field, language, distressing, undecided, other
 *   back POSITION          takes an item back that was set aside
 *   ask POSITION TEXT      a question to the lead
 *   keys                   {"keys": ["k7f3", …]}: items whose reference answer may be looked at
 *   contest REF WORDS      its reference answer
 *   hand-in                {"batch": 1, "judged": 50, "aside": 0}; of a qualification also "right", "wanted", "passed"
 *   pane COLUMNS ROWS      {"rows": ["…", …]}: the side pane as somebody sees it who starts the program now
 *   figures                what the pane's numbers are taken from, in the shape of an annotator in `report --json`
 *   acknowledge            the rubric in force
 *   reference SESSION REF CHOICE …  a lead's, of an item of a calibration session; the answer as for judge
 *   vote-again SESSION REF  a lead calls a second vote
 */
#include <locale.h>
#include <stdlib.h>

#include "app/world.h"
#include "core/base/buffer.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/hash/hash.h"
#include "rubrics/campaign.h"
#include "rubrics/rubric.h"
#include "store/batch.h"
#include "store/contests.h"
#include "store/people.h"
#include "store/questions.h"
#include "store/session.h"
#include "store/settings.h"
#include "tests/cli/driver_figures.h"
#include "ui/annotate/sitting.h"

#include <stdio.h>

#include "core/base/banned.h"

struct driver {
    struct store *store;
    struct viewer viewer;
    struct campaign campaign;
    struct rubric rubric;
    int64_t rubric_id;
    const char *track;
    struct batch batch;
    struct pool pool; /* of the batch and of the verb under way */
    int64_t task_ms;
    struct json json; /* the answer */
};

/* --- A clock that stands, once it was set ------------------------------------------------------------------------------- */

static int64_t clock_at; /* 0: the real one */

static int64_t driver_now(struct world *world) {
    (void)world;
    return clock_at ? clock_at : real_world.now(&real_world);
}

static void driver_entropy(struct world *world, void *bytes, size_t count) {
    (void)world;
    real_world.entropy(&real_world, bytes, count);
}

static struct world driver_world = {driver_now, driver_entropy, NULL};

/* --- What the verbs share ----------------------------------------------------------------------------------------------- */

/* Cuts the next word off; the rest begins at the first byte behind the space. */
static char *next_word(char **rest) {
    char *word = *rest;
    char *space = strchr(word, ' ');
    *rest = space ? space + 1 : word + strlen(word);
    if (space)
        *space = '\0';
    return word;
}

static bool read_number(char **rest, long long *out) {
    const char *word = next_word(rest);
    char *end;
    *out = strtoll(word, &end, 10);
    return *word && !*end;
}

static int misused(const char *what, struct error *error) {
    return error_set(error, STATUS_USAGE, "driver: %s", what);
}

static void add_integer(struct driver *driver, const char *key, int64_t value) {
    json_key(&driver->json, key);
    json_integer(&driver->json, value);
}

static const char *state_name(enum serving_state state) {
    static const char *const names[] = {"dealt", "judged", "aside", "released"};
    return names[state];
}

static int find_batch(struct driver *driver, struct error *error) {
    int status = batch_find_open(driver->store, &driver->viewer, driver->track, &driver->pool, &driver->batch, error);
    if (!status && !driver->batch.id)
        status = error_set(error, STATUS_NO, "no batch is open");
    return status;
}

/* The serving at the position that stands next in the line. */
static int find_serving(struct driver *driver, char **rest, struct serving *serving, struct error *error) {
    long long position;
    if (!read_number(rest, &position) || position < 1 || position > LIMIT_BATCH)
        return misused("a position from 1 on is wanted", error);
    int status = find_batch(driver, error);
    if (!status)
        status =
            serving_load(driver->store, &driver->batch, (int)position, &driver->rubric, &driver->pool, serving, error);
    return status;
}

static void say_batch(struct driver *driver, const struct batch *batch) {
    static const char *const purposes[] = {"work", "training", "qualification"};
    add_integer(driver, "batch", batch->id ? batch->number : 0);
    json_key(&driver->json, "purpose");
    json_text(&driver->json, batch->id ? purposes[batch->purpose] : "none");
    add_integer(driver, "size", batch->size);
    add_integer(driver, "judged", batch->judged);
    add_integer(driver, "aside", batch->aside);
}

/* --- Verbs -------------------------------------------------------------------------------------------------------------- */

static int set_clock(struct driver *driver, char **rest, struct error *error) {
    (void)driver;
    return timestamp_parse(slice_of(*rest), &clock_at) ? STATUS_OK : misused("clock: no such moment", error);
}

static int pass_time(struct driver *driver, char **rest, struct error *error) {
    long long seconds;
    if (!read_number(rest, &seconds))
        return misused("pass: seconds are wanted", error);
    clock_at = driver_now(store_world(driver->store)) + seconds * MS_SECOND;
    return STATUS_OK;
}

static int set_task(struct driver *driver, char **rest, struct error *error) {
    long long seconds;
    if (!read_number(rest, &seconds))
        return misused("task: seconds are wanted", error);
    driver->task_ms = seconds * MS_SECOND;
    return STATUS_OK;
}

static int deal(struct driver *driver, char **rest, struct error *error) {
    (void)rest;
    struct nothing_left left = {0};
    int status = batch_deal(driver->store, &driver->viewer, &driver->campaign, driver->track, &driver->pool,
                            &driver->batch, &left, error);
    if (status)
        return status;
    say_batch(driver, &driver->batch);
    if (!driver->batch.id) {
        add_integer(driver, "for_others", left.for_others);
        add_integer(driver, "for_lead", left.for_lead);
        add_integer(driver, "open_batches", left.open_batches);
        add_integer(driver, "waits_for_lead", standing_waits(&left.standing));
    }
    return STATUS_OK;
}

static int deal_training(struct driver *driver, char **rest, struct error *error) {
    long long size;
    if (!read_number(rest, &size))
        return misused("training: how many items?", error);
    int status = batch_deal_training(driver->store, &driver->viewer, driver->track, (int)size, &driver->pool,
                                     &driver->batch, error);
    if (!status)
        say_batch(driver, &driver->batch);
    return status;
}

static int list_lines(struct driver *driver, char **rest, struct error *error) {
    (void)rest;
    struct serving_line *lines;
    size_t count;
    int status = find_batch(driver, error);
    if (!status)
        status = batch_lines(driver->store, &driver->batch, &driver->pool, &lines, &count, error);
    if (status)
        return status;
    json_key(&driver->json, "lines");
    json_open(&driver->json, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(&driver->json, '{');
        add_integer(driver, "position", lines[i].position);
        json_key(&driver->json, "ref");
        json_text(&driver->json, lines[i].ref.text);
        json_key(&driver->json, "state");
        json_text(&driver->json, state_name(lines[i].state));
        json_close(&driver->json, '}');
    }
    json_close(&driver->json, ']');
    return STATUS_OK;
}

static int show(struct driver *driver, char **rest, struct error *error) {
    struct serving serving;
    struct json *json = &driver->json;
    int status = find_serving(driver, rest, &serving, error);
    if (status)
        return status;
    const struct item *item = &serving.item;
    json_key(json, "ref");
    json_text(json, serving.ref.text);
    json_key(json, "name");
    json_string(json, item->name);
    json_key(json, "state");
    json_text(json, state_name(serving.state));
    json_key(json, "shown");
    json_open(json, '[');
    for (const char *letter = serving.shown; *letter; letter++)
        json_string(json, slice_make(letter, 1));
    json_close(json, ']');
    json_key(json, "texts");
    json_open(json, '[');
    for (const char *letter = serving.shown; *letter; letter++) {
        struct messages messages = item->responses[*letter - 'a'].messages;
        json_string(json, messages.count ? messages.items[messages.count - 1].content : slice_of(""));
    }
    json_close(json, ']');
    json_key(json, "prompt");
    json_string(json, item->prompt.count ? item->prompt.items[item->prompt.count - 1].content : slice_of(""));
    json_key(json, "draft");
    json_string(json, serving.draft.data ? serving.draft : slice_of(""));
    return STATUS_OK;
}

static int read_choice(const struct serving *serving, const char *word, int *prefer, struct error *error) {
    struct slice choice = slice_of(word);
    if (slice_is(choice, "tie") || slice_is(choice, "none")) {
        *prefer = *word == 't' ? CHOICE_TIE : CHOICE_NONE;
        return STATUS_OK;
    }
    if (slice_is(choice, "left") || slice_is(choice, "right")) {
        *prefer = serving->shown[*word == 'r'] - 'a';
        return STATUS_OK;
    }
    if (choice.length == 1 && word[0] >= 'a' && word[0] < 'a' + (int)serving->item.response_count) {
        *prefer = word[0] - 'a';
        return STATUS_OK;
    }
    return misused("judge: no such response", error);
}

/* What a letter or `tie` says of three or more responses. */
static void make_order(const struct serving *serving, int prefer, struct ranking *out) {
    size_t length = 0;
    if (prefer >= 0)
        out->text[length++] = (char)('a' + prefer);
    for (size_t i = 0; i < serving->item.response_count && prefer != CHOICE_NONE; i++) {
        if ((int)i == prefer)
            continue;
        char sign = prefer >= 0 && length == 1 ? '>' : '=';
        if (length > 0)
            out->text[length++] = sign;
        out->text[length++] = (char)('a' + i);
    }
}

/* An order, or a choice. */
static int read_answer(const struct serving *serving, const char *word, struct judgment *judgment,
                       struct error *error) {
    bool order = strpbrk(word, ">=") != NULL;
    if (order && strlen(word) < sizeof judgment->ranking.text) {
        memcpy(judgment->ranking.text, word, strlen(word) + 1);
        judgment->prefer = ranking_first(word);
        return STATUS_OK;
    }
    int status = read_choice(serving, word, &judgment->prefer, error);
    if (!status && serving->item.response_count > 2)
        make_order(serving, judgment->prefer, &judgment->ranking);
    return status;
}

static int submit(struct driver *driver, const struct serving *serving, char **rest, struct error *error) {
    struct judgment judgment = {.confidence = -1};
    ratings_clear(&judgment.ratings);
    int status = read_answer(serving, next_word(rest), &judgment, error);
    if (status)
        return status;
    long long number;
    if (judgment.prefer >= 0)
        judgment.strength = 1;
    if (**rest) {
        if (!read_number(rest, &number))
            return misused("judge: a strength is a number", error);
        judgment.strength = judgment.prefer >= 0 ? (int)number : 0;
    }
    if (**rest == '-')
        next_word(rest);
    else if (**rest) {
        if (!read_number(rest, &number))
            return misused("judge: a confidence is a number, or -", error);
        judgment.confidence = (int)number;
    }
    judgment.rationale = slice_of(*rest);
    return judgment_submit(driver->store, &driver->viewer, serving->id, driver->rubric_id, &driver->rubric, &judgment,
                           driver->task_ms, error);
}

static int judge(struct driver *driver, char **rest, struct error *error) {
    struct serving serving;
    int status = find_serving(driver, rest, &serving, error);
    return status ? status : submit(driver, &serving, rest, error);
}

/* --- Sessions, as their lead -------------------------------------------------------------------------------------------- */

static int find_of_session(struct driver *driver, char **rest, struct session *session, int64_t *item,
                           struct error *error) {
    int status = session_find(driver->store, &driver->viewer, next_word(rest), &driver->pool, session, error);
    return status ? status
                  : store_find_item(driver->store, slice_of(next_word(rest)), session->track.data, item, error);
}

static int reference(struct driver *driver, char **rest, struct error *error) {
    struct session session;
    struct batch batch;
    struct serving serving;
    int64_t item;
    int position, status = find_of_session(driver, rest, &session, &item, error);
    if (!status)
        status = session_reference(driver->store, &driver->viewer, session.id, item, &driver->pool, &batch, &position,
                                   error);
    if (!status)
        status = serving_load(driver->store, &batch, position, &driver->rubric, &driver->pool, &serving, error);
    return status ? status : submit(driver, &serving, rest, error);
}

static int vote_again(struct driver *driver, char **rest, struct error *error) {
    struct session session;
    int64_t item;
    size_t asked;
    int status = find_of_session(driver, rest, &session, &item, error);
    if (!status)
        status = session_vote_again(driver->store, &driver->viewer, session.id, item, &asked, error);
    if (!status)
        add_integer(driver, "asked", (int64_t)asked);
    return status;
}

static int save_draft(struct driver *driver, char **rest, struct error *error) {
    struct serving serving;
    struct buffer text = BUFFER_INIT;
    int status = find_serving(driver, rest, &serving, error);
    for (const char *at = *rest; *at; at++) {
        bool line = at[0] == '\\' && at[1] == 'n';
        buffer_add_char(&text, line ? '\n' : *at);
        at += line;
    }
    if (!status)
        status = draft_save(driver->store, serving.id, buffer_slice(&text), error);
    buffer_release(&text);
    return status;
}

static int set_aside(struct driver *driver, char **rest, struct error *error) {
    struct serving serving;
    int status = find_serving(driver, rest, &serving, error);
    for (int reason = 0; !status && reason < ASIDE_REASONS; reason++)
        if (slice_is(slice_of(*rest), aside_reason_key((enum aside_reason)reason)))
            return serving_set_aside(driver->store, &driver->viewer, serving.id, (enum aside_reason)reason, error);
    return status ? status : misused("aside: no such reason", error);
}

static int take_back(struct driver *driver, char **rest, struct error *error) {
    struct serving serving;
    int status = find_serving(driver, rest, &serving, error);
    return status ? status : serving_take_back(driver->store, &driver->viewer, serving.id, error);
}

static int ask(struct driver *driver, char **rest, struct error *error) {
    struct serving serving;
    int status = find_serving(driver, rest, &serving, error);
    return status ? status : question_ask(driver->store, &driver->viewer, serving.id, slice_of(*rest), error);
}

static int list_keys(struct driver *driver, char **rest, struct error *error) {
    struct pool pool = POOL_INIT;
    struct shown_key *keys;
    size_t count = 0;
    (void)rest;
    int status = contest_keys(driver->store, &driver->viewer, campaign_track(&driver->campaign, driver->track), &pool,
                              &keys, &count, error);
    json_key(&driver->json, "keys");
    json_open(&driver->json, '[');
    for (size_t i = 0; i < count; i++)
        json_text(&driver->json, keys[i].ref.text);
    json_close(&driver->json, ']');
    pool_release(&pool);
    return status;
}

static int contest(struct driver *driver, char **rest, struct error *error) {
    int64_t item;
    size_t length = strcspn(*rest, " ");
    int status = store_find_item(driver->store, slice_make(*rest, length), driver->track, &item, error);
    *rest += length + ((*rest)[length] == ' ');
    return status ? status
                  : contest_make(driver->store, &driver->viewer, campaign_track(&driver->campaign, driver->track), item,
                                 slice_of(*rest), error);
}

static int hand_in(struct driver *driver, char **rest, struct error *error) {
    (void)rest;
    struct hand_in done;
    int status = find_batch(driver, error);
    if (!status)
        status = batch_hand_in(driver->store, &driver->viewer, &driver->campaign, driver->batch.id, &done, error);
    if (status)
        return status;
    add_integer(driver, "batch", done.number);
    add_integer(driver, "judged", done.judged);
    add_integer(driver, "aside", done.aside);
    if (done.purpose == BATCH_QUALIFICATION) {
        add_integer(driver, "right", done.right);
        add_integer(driver, "wanted", done.wanted);
        add_integer(driver, "passed", done.passed);
    }
    return STATUS_OK;
}

static int draw_pane(struct driver *driver, char **rest, struct error *error) {
    long long columns, rows;
    struct annotate_options options = {.track = driver->track};
    struct annotate_outcome outcome = {0};
    struct sitting sitting;
    if (!read_number(rest, &columns) || !read_number(rest, &rows) || columns < 1 || rows < 1 || columns > 1000 ||
        rows > 1000)
        return misused("pane: columns and rows are wanted", error);
    int status = sitting_init(&sitting, driver->store, &driver->viewer, &driver->campaign, &options, &outcome, error);
    if (status)
        return status;
    struct surface surface;
    struct pane pane = sitting_pane(&sitting);
    surface_init(&surface, (int)rows, (int)columns);
    pane_draw(&pane, &surface, surface_rect(&surface));
    json_key(&driver->json, "rows");
    json_open(&driver->json, '[');
    for (int row = 0; row < surface.rows; row++) {
        struct buffer text = BUFFER_INIT;
        surface_dump_row(&surface, row, &text);
        json_string(&driver->json, buffer_slice(&text));
        buffer_release(&text);
    }
    json_close(&driver->json, ']');
    surface_release(&surface);
    sitting_release(&sitting);
    return STATUS_OK;
}

static int tell_figures(struct driver *driver, char **rest, struct error *error) {
    struct annotate_options options = {.track = driver->track};
    struct annotate_outcome outcome = {0};
    struct sitting sitting;
    (void)rest;
    int status = sitting_init(&sitting, driver->store, &driver->viewer, &driver->campaign, &options, &outcome, error);
    if (status)
        return status;
    driver_write_figures(&driver->json, &sitting);
    sitting_release(&sitting);
    return STATUS_OK;
}

static int acknowledge(struct driver *driver, char **rest, struct error *error) {
    (void)rest;
    return rubric_acknowledge(driver->store, &driver->viewer, driver->rubric_id, error);
}

static const struct verb {
    const char *name;
    int (*play)(struct driver *driver, char **rest, struct error *error);
} verbs[] = {
    {"clock", set_clock},        {"pass", pass_time},          {"task", set_task},       {"deal", deal},
    {"training", deal_training}, {"lines", list_lines},        {"show", show},           {"judge", judge},
    {"draft", save_draft},       {"aside", set_aside},         {"back", take_back},      {"ask", ask},
    {"keys", list_keys},         {"contest", contest},         {"hand-in", hand_in},     {"pane", draw_pane},
    {"figures", tell_figures},   {"acknowledge", acknowledge}, {"reference", reference}, {"vote-again", vote_again},
};

/* --- The loop ----------------------------------------------------------------------------------------------------------- */

static void play_line(struct driver *driver, char *line) {
    struct buffer text = BUFFER_INIT;
    struct error error = ERROR_INIT;
    int status = misused("no such verb", &error);
    char *rest = line;
    const char *name = next_word(&rest);
    json_start(&driver->json, &text);
    json_open(&driver->json, '{');
    if (clock_at)
        clock_at += MS_SECOND;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (slice_is(slice_of(name), verbs[i].name))
            status = verbs[i].play(driver, &rest, &error);
    add_integer(driver, "status", status);
    if (status) {
        json_key(&driver->json, "error");
        json_text(&driver->json, error.text);
    }
    json_close(&driver->json, '}');
    puts(text.data);
    fflush(stdout);
    buffer_release(&text);
    pool_clear(&driver->pool);
}

static int open_all(struct driver *driver, char **argv, struct error *error) {
    struct settings_version settings;
    struct rubric_version version;
    driver->track = argv[3];
    int status = hash_start(error);
    if (!status)
        status = store_open(&driver->store, argv[1], STORE_PLAIN, &driver_world, error);
    if (!status)
        status = viewer_find(driver->store, argv[2], &driver->viewer, error);
    if (!status)
        status = viewer_enter(driver->store, &driver->viewer, error);
    if (!status)
        status = settings_newest(driver->store, &driver->pool, &settings, error);
    if (!status)
        status = campaign_read(settings.yaml, "settings", &driver->campaign, error);
    if (!status)
        status = rubric_newest(driver->store, driver->track, &driver->pool, &version, error);
    if (!status)
        status = rubric_read(version.yaml, "rubric", &driver->rubric, error);
    if (!status)
        driver->rubric_id = version.id;
    return status;
}

int main(int argc, char **argv) {
    struct driver driver = {.task_ms = 10 * MS_SECOND};
    struct error error = ERROR_INIT;
    setlocale(LC_CTYPE, "C.UTF-8");
    if (argc != 4) {
        fputs("usage: work_driver STORE NAME TRACK <verbs\n", stderr);
        return 2;
    }
    int status = open_all(&driver, argv, &error);
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    if (status)
        fprintf(stderr, "work_driver: %s\n", error.text);
    while (!status && (length = getline(&line, &room, stdin)) > 0) {
        line[strcspn(line, "\n")] = '\0';
        if (*line)
            play_line(&driver, line);
    }
    free(line);
    pool_release(&driver.pool);
    rubric_release(&driver.rubric);
    campaign_release(&driver.campaign);
    store_close(driver.store);
    return -status;
}
