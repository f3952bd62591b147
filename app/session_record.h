/* A session in writing: one page of Markdown that can be filed, and the same as JSON. With names: it is the lead's. */
#ifndef APP_SESSION_RECORD_H
#define APP_SESSION_RECORD_H

#include "app/effect.h"
#include "core/base/json.h"
#include "ui/calibrate/circle.h"

struct session_record {
    const struct campaign *campaign;
    const struct circle *circle;
    const struct session_figures *figures;
    const struct effect *effect;
};

/* The book has people by their numbers, which say nothing where names are told; order: people_count indices. */
void session_order_by_name(const struct session_book *book, size_t *order);

/* Cleaned for a terminal. While first votes are out it says who is waited for, and nothing of what was answered. */
void session_record_write(struct buffer *out, const struct session_record *record);

/* One object. Votes are in it once nobody's first votes are waited for. */
void session_record_json(struct json *json, const struct session_record *record);

#endif
