/* Reading a session; see circle.h. */
#include "ui/calibrate/circle.h"

#include "core/base/array.h"
#include "rubrics/rubric.h"
#include "store/settings.h"
#include "ui/lead/wording.h"

#include "core/base/banned.h"

/* Rubrics that votes were given under, read once each. */
struct versions {
    struct version {
        int64_t id;
        struct rubric rubric;
    } * items;
    size_t count, capacity;
};

static int version_of(struct store *store, struct versions *versions, int64_t id, const struct rubric **out,
                      struct error *error) {
    struct pool pool = POOL_INIT;
    struct rubric_version version;
    struct rubric rubric;
    for (size_t i = 0; i < versions->count; i++)
        if (versions->items[i].id == id) {
            *out = &versions->items[i].rubric;
            return STATUS_OK;
        }
    int status = rubric_by_id(store, id, &pool, &version, error);
    if (!status)
        status = rubric_read(version.yaml, "rubric", &rubric, error);
    if (!status) {
        *ARRAY_ADD(versions) = (struct version){id, rubric};
        *out = &versions->items[versions->count - 1].rubric;
    }
    pool_release(&pool);
    return status;
}

static int same_criterion(const struct rubric *rubric, const struct criterion *asked) {
    for (int k = 0; k < rubric->criterion_count; k++) {
        const struct criterion *mine = &rubric->criteria[k];
        if (strcmp(mine->id, asked->id) == 0 && mine->per == asked->per && mine->low == asked->low &&
            mine->high == asked->high)
            return k;
    }
    return -1;
}

static int read_ratings(struct circle *circle, struct store *store, struct versions *versions,
                        const struct session_vote *vote, size_t responses, struct ratings *out, struct error *error) {
    const struct rubric *asked = NULL;
    struct ratings given;
    ratings_clear(out);
    if (!vote->ratings.length || !vote->rubric)
        return STATUS_OK;
    int status = version_of(store, versions, vote->rubric, &asked, error);
    if (status || !ratings_read(vote->ratings, &given, asked, responses))
        return status;
    for (int k = 0; k < asked->criterion_count; k++) {
        int mine = same_criterion(&circle->rubric, &asked->criteria[k]);
        if (mine >= 0)
            memcpy(out->cells[mine], given.cells[k], sizeof given.cells[k]);
    }
    return STATUS_OK;
}

static int read_all_ratings(struct circle *circle, struct store *store, struct error *error) {
    const struct session_book *book = &circle->book;
    struct versions versions = {0};
    int status = STATUS_OK;
    circle->ratings = pool_new(&circle->pool, book->item_count, sizeof *circle->ratings);
    for (size_t i = 0; i < book->item_count && !status; i++) {
        const struct session_item *item = &book->items[i];
        circle->ratings[i] = pool_new(&circle->pool, item->vote_count + 1, sizeof **circle->ratings);
        for (size_t v = 0; v < item->vote_count && !status; v++)
            status =
                read_ratings(circle, store, &versions, &item->votes[v], item->responses, &circle->ratings[i][v], error);
        if (item->reference && !status)
            status = read_ratings(circle, store, &versions, item->reference, item->responses,
                                  &circle->ratings[i][item->vote_count], error);
    }
    for (size_t i = 0; i < versions.count; i++)
        rubric_release(&versions.items[i].rubric);
    ARRAY_RELEASE(&versions);
    return status;
}

static int read_versions(struct circle *circle, struct store *store, struct error *error) {
    struct pool pool = POOL_INIT;
    struct rubric_version *versions;
    size_t count;
    int status = rubric_history(store, &pool, &versions, &count, error);
    for (size_t i = 0; i < count && !status; i++)
        rubric_marks_add(&circle->versions, versions[i].id, versions[i].name, versions[i].version,
                         versions[i].change == RUBRIC_SEMANTIC);
    pool_release(&pool);
    return status;
}

int circle_read(struct circle *out, struct store *store, const struct viewer *viewer, int64_t session,
                struct error *error) {
    struct rubric_version version;
    *out = (struct circle){0};
    int status = session_read(store, viewer, session, &out->pool, &out->book, error);
    if (!status)
        status = rubric_newest(store, out->book.session.track.data, &out->pool, &version, error);
    if (!status)
        status = rubric_read(version.yaml, "rubric", &out->rubric, error);
    if (status) {
        pool_release(&out->pool);
        return status;
    }
    out->rubric_id = version.id;
    status = read_all_ratings(out, store, error);
    if (!status)
        status = read_versions(out, store, error);
    if (status)
        circle_release(out);
    return status;
}

void circle_release(struct circle *circle) {
    rubric_release(&circle->rubric);
    rubric_marks_release(&circle->versions);
    pool_release(&circle->pool);
}

/* --- For the figures ------------------------------------------------------------------------------------------------------- */

const struct ratings *circle_ratings(const struct circle *circle, size_t item, const struct session_vote *vote) {
    const struct session_item *of = &circle->book.items[item];
    size_t place = vote == of->reference ? of->vote_count : (size_t)(vote - of->votes);
    return &circle->ratings[item][place];
}

struct session_said circle_said(const struct circle *circle, size_t item, const struct session_vote *vote) {
    return (struct session_said){
        .item = (uint32_t)item,
        .person = (uint32_t)vote->person,
        .again = vote->kind == KIND_REVOTE,
        .prefer = vote->prefer,
        .strength = vote->strength,
        .ranking = vote->ranking.text,
        .ratings = circle_ratings(circle, item, vote),
    };
}

static void add_votes(const struct circle *circle, const struct session_item *item, bool after,
                      struct version_mix *mix) {
    for (size_t v = 0; v < item->vote_count; v++) {
        const struct session_vote *vote = &item->votes[v];
        bool replaced = after && v + 1 < item->vote_count && vote[1].person == vote->person &&
                        vote[1].kind == KIND_REVOTE && !vote[1].aside;
        if (!vote->aside && !replaced && (after || vote->kind == KIND_CALIBRATION))
            version_mix_add(mix, &circle->versions, vote->rubric, circle->rubric_id);
    }
}

struct version_mix circle_mix(const struct circle *circle, size_t item, bool after) {
    const struct session_book *book = &circle->book;
    struct version_mix mix = {0};
    for (size_t i = 0; i < book->item_count; i++)
        if (item == i || item == book->item_count)
            add_votes(circle, &book->items[i], after, &mix);
    return mix;
}

void circle_figures(const struct circle *circle, int64_t seed, struct session_figures *out) {
    const struct session_book *book = &circle->book;
    struct {
        struct session_said *items;
        size_t count, capacity;
    } votes = {0}, references = {0};
    struct session_input input = {.items = book->item_count,
                                  .people = book->people_count,
                                  .responses = 2,
                                  .rubric = &circle->rubric,
                                  .seed = seed};
    for (size_t i = 0; i < book->item_count; i++) {
        const struct session_item *item = &book->items[i];
        if (item->responses > input.responses)
            input.responses = item->responses;
        for (size_t v = 0; v < item->vote_count; v++)
            if (!item->votes[v].aside)
                *ARRAY_ADD(&votes) = circle_said(circle, i, &item->votes[v]);
        if (item->reference)
            *ARRAY_ADD(&references) = circle_said(circle, i, item->reference);
    }
    input.votes = votes.items;
    input.vote_count = votes.count;
    input.references = references.items;
    input.reference_count = references.count;
    session_figures_init(out, &input);
    ARRAY_RELEASE(&votes);
    ARRAY_RELEASE(&references);
}

/* --- In words --------------------------------------------------------------------------------------------------------------- */

static void add_cell(int cell, bool pair, const char *shown, struct buffer *out) {
    if (cell == CELL_MISSING)
        buffer_add_string(out, "–");
    else if (pair && cell == CELL_SAME)
        buffer_add_string(out, "same");
    else if (pair)
        buffer_add_char(out, (char)('A' + shown_position(shown, cell)));
    else
        buffer_add_format(out, "%d", cell);
}

void circle_word_ratings(const struct circle *circle, const struct ratings *ratings, const char *shown,
                         size_t responses, struct buffer *out) {
    bool any = false;
    for (int k = 0; k < circle->rubric.criterion_count; k++) {
        const struct criterion *criterion = &circle->rubric.criteria[k];
        bool pair = criterion->per == PER_PAIR, given = false;
        size_t cells = pair ? 1 : responses;
        for (size_t r = 0; r < cells; r++)
            given = given || ratings->cells[k][r] != CELL_MISSING;
        if (!given)
            continue;
        buffer_add_format(out, "%s%s ", any ? " · " : "", criterion->id);
        for (size_t place = 0; place < cells; place++) {
            if (place)
                buffer_add_char(out, '/');
            add_cell(ratings->cells[k][pair ? 0 : shown[place] - 'a'], pair, shown, out);
        }
        any = true;
    }
}

void circle_word_vote(const struct circle *circle, const struct session_vote *vote, const char *shown,
                      struct buffer *out) {
    if (vote->aside)
        buffer_add_format(out, "set aside: %s", aside_reason_words(vote->reason));
    else
        word_answer(out, &circle->rubric, shown, vote->prefer, vote->ranking.text, vote->strength);
}

void circle_word_confidence(const struct circle *circle, int confidence, struct buffer *out) {
    for (int i = 0; i < circle->rubric.confidence_count; i++)
        if (circle->rubric.confidence[i].percent == confidence) {
            buffer_add_string(out, circle->rubric.confidence[i].word);
            return;
        }
    if (confidence >= 0)
        buffer_add_format(out, "%d %%", confidence);
    else
        buffer_add_string(out, "–");
}

void circle_word_person(const struct circle *circle, size_t person, bool names, struct buffer *out) {
    const struct session_book *book = &circle->book;
    if (person >= book->people_count)
        buffer_add_string(out, "reference");
    else if (names)
        buffer_add_slice(out, book->people[person].name);
    else
        buffer_add_format(out, "%d", book->people[person].number);
}
