/*
 * One judgment line as a record: first what it says by itself, then, when its item and rubric are known,
 * what that means. Errors are STATUS_INPUT: "FIELD: what is wrong; what would be right".
 */
#ifndef APP_EXCHANGE_JUDGMENT_RECORD_H
#define APP_EXCHANGE_JUDGMENT_RECORD_H

#include "app/exchange/format.h"
#include "core/model/judgment.h"
#include "core/model/rubric.h"
#include "store/import_judgments.h"

/* What a judgment line may hold, those of `assay judgments` too. */
extern const char *const judgment_keys[];
extern const size_t judgment_key_count;

/* What stands under a key: text, a number or boolean, a list of words, other JSON. */
enum judgment_value { JUDGMENT_TEXT, JUDGMENT_PLAIN, JUDGMENT_WORDS, JUDGMENT_JSON };
enum judgment_value judgment_value_of(const char *key);

struct judgment_fields {
    struct slice item, track, annotator, rubric, uid; /* absent where the line has none; item and annotator are there */
    bool has_role, has_at, has_kind, held;            /* held: it was where the line came from */
    enum person_role role;
    enum kind kind;
    int64_t at, active_ms; /* active_ms -1: not known */
    int confidence;        /* -1: none */
    struct slice rationale;
};
int judgment_fields_read(struct record *record, struct judgment_fields *out);

/* The rest of the line under a rubric. Everything lies in the record's pool. */
struct judgment_meaning {
    struct judgment judgment;
    struct slice ratings; /* as ratings_write makes them; absent if no criterion was rated */
    char shown[LIMIT_RESPONSES + 1];
    const char *tags[LIMIT_ROW_CHOICES], *flags[LIMIT_ROW_CHOICES];
    size_t tag_count, flag_count;
};
int judgment_meaning_read(struct record *record, const struct judgment_fields *fields, const struct judged_item *item,
                          const struct rubric *rubric, struct judgment_meaning *out);

#endif
