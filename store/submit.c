/* A judgment, for good: row, marks, serving, draft gone, event, in one synced commit. See batch.h. */
#include "store/batch.h"

#include "core/base/buffer.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { ADD_JUDGMENT, ADD_MARK, DROP_DRAFT, RESPONSES };
static const char *const sql[] = {
    [ADD_JUDGMENT] =
        ("insert into judgment (uid, item, person, kind, round, rubric, serving, session, prefer, strength, "
         "confidence, ranking, ratings, shown, ms, at, rationale) values (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
         " (select b.session from serving s join batch b on b.id = s.batch where s.id = ?7), ?8, ?9, ?10, ?11, ?12,"
         " ?13, ?14, ?15, ?16)"),
    [ADD_MARK] = "insert into mark (judgment, kind, name) values (?1, ?2, ?3) on conflict do nothing",
    [DROP_DRAFT] = "delete from draft where serving = ?1",
    [RESPONSES] = "select length(lengths) - length(replace(lengths, ' ', '')) + 1 from item where id = ?1",
};
const struct statement_table submit_statements = STATEMENT_TABLE(sql);

/* Three or more responses are ranked, and the preference is the one that the order implies; a pair has no order. */
static int check_ranking(const struct judgment *judgment, const struct rubric *rubric, int responses,
                         struct error *error) {
    const char *order = judgment->ranking.text;
    bool wanted = responses > 2 && judgment->prefer != CHOICE_NONE;
    if (!wanted && !order[0])
        return STATUS_OK;
    if (!wanted || !ranking_valid(slice_of(order), (size_t)responses, rubric->partial))
        return error_set(error, STATUS_INPUT, "'%s' is not an order of %d responses", order, responses);
    if (ranking_first(order) != judgment->prefer)
        return error_set(error, STATUS_INPUT, "the order '%s' puts another response first than is preferred", order);
    return STATUS_OK;
}

/* What a caller may get wrong: the form has seen to all of it before. */
static int check(const struct judgment *judgment, const struct rubric *rubric, int responses, struct error *error) {
    bool chosen = judgment->prefer >= 0 && judgment->prefer < responses;
    if (!chosen && judgment->prefer != CHOICE_TIE && judgment->prefer != CHOICE_NONE)
        return error_set(error, STATUS_INPUT, "a judgment of %d responses cannot prefer number '%d'", responses,
                         judgment->prefer);
    if (judgment->strength < 0 || judgment->strength > rubric->strength_count || (!chosen && judgment->strength != 0))
        return error_set(error, STATUS_INPUT, "strength '%d' does not fit the choice and the rubric",
                         judgment->strength);
    if (judgment->confidence < -1 || judgment->confidence > 100)
        return error_set(error, STATUS_INPUT, "confidence '%d' is not a percentage", judgment->confidence);
    if (judgment->rationale.length > LIMIT_RATIONALE_BYTES)
        return error_set(error, STATUS_INPUT, "the reason is longer than %d bytes", LIMIT_RATIONALE_BYTES);
    return check_ranking(judgment, rubric, responses, error);
}

static int add_words(struct store *store, int64_t judgment, int kind, const char *const *words, int count,
                     unsigned bits, struct error *error) {
    int status = STATUS_OK;
    for (int i = 0; status >= 0 && i < count; i++)
        if (bits >> i & 1u)
            status = statement_run(store, &sql[ADD_MARK],
                                   VALUES(value_integer(judgment), value_integer(kind), value_string(words[i])), error);
    return status;
}

static int add(struct store *store, const struct serving_row *serving, int64_t rubric_id, const struct rubric *rubric,
               size_t responses, const struct judgment *judgment, int64_t active_ms, int64_t *id, struct error *error) {
    struct ulid uid = ulid_make(store->world);
    struct buffer ratings = BUFFER_INIT;
    ratings_write(&ratings, &judgment->ratings, rubric, responses);
    int status = statement_run(
        store, &sql[ADD_JUDGMENT],
        VALUES(value_string(uid.text), value_integer(serving->item), value_integer(serving->person),
               value_integer(serving->kind), value_integer(serving->round), value_id(rubric_id),
               value_integer(serving->id), value_integer(judgment->prefer), value_integer(judgment->strength),
               judgment->confidence < 0 ? value_null() : value_integer(judgment->confidence),
               judgment->ranking.text[0] ? value_string(judgment->ranking.text) : value_null(),
               ratings.length ? value_text(buffer_slice(&ratings)) : value_null(), value_string(serving->shown),
               active_ms < 0 ? value_null() : value_integer(active_ms), value_integer(store_now(store)),
               judgment->rationale.length ? value_text(judgment->rationale) : value_null()),
        error);
    buffer_release(&ratings);
    if (status >= 0) {
        *id = statement_inserted(store);
        status = add_words(store, *id, 0, rubric->tags, rubric->tag_count, judgment->tags, error);
    }
    if (status >= 0)
        status = add_words(store, *id, 1, rubric->flags, rubric->flag_count, judgment->flags, error);
    return status;
}

static int submit(struct store *store, const struct viewer *viewer, int64_t serving_id, int64_t rubric_id,
                  const struct rubric *rubric, const struct judgment *judgment, int64_t active_ms,
                  struct error *error) {
    struct serving_row serving;
    int64_t responses = 0, old = 0, id = 0;
    int status = serving_row_own(store, viewer, serving_id, &serving, error);
    if (status >= 0 && serving.state == SERVING_ASIDE)
        return error_set(error, STATUS_NO, "item '%s' was set aside; take it back first",
                         store_ref(store, serving.item).text);
    if (status >= 0)
        status = statement_integer(store, &sql[RESPONSES], VALUES(value_integer(serving.item)), &responses, error);
    if (status >= 0)
        status = check(judgment, rubric, (int)responses, error);
    if (status >= 0)
        status = serving_judgment(store, &serving, &old, error);
    if (status == STEP_ROW)
        status = judgment_retract(store, old, serving.person, error);
    if (status >= 0)
        status = add(store, &serving, rubric_id, rubric, (size_t)responses, judgment, active_ms, &id, error);
    if (status >= 0)
        status = serving_row_set_state(store, serving.id, SERVING_JUDGED, -1, error);
    if (status >= 0)
        status = statement_run(store, &sql[DROP_DRAFT], VALUES(value_integer(serving.id)), error);
    if (status >= 0)
        status = event_append(
            store,
            &(struct event_entry){.person = serving.person, .verb = "judge", .subject = SUBJECT_JUDGMENT, .id = id},
            NULL, error);
    return status;
}

int judgment_submit(struct store *store, const struct viewer *viewer, int64_t serving, int64_t rubric_id,
                    const struct rubric *rubric, const struct judgment *judgment, int64_t active_ms,
                    struct error *error) {
    int status = transaction_begin(store, "judgment_submit", error);
    if (status < 0)
        return status;
    status = require_worker(store, viewer, error);
    if (status >= 0)
        status = submit(store, viewer, serving, rubric_id, rubric, judgment, active_ms, error);
    return transaction_end(store, status, error);
}
