/* What form.c, form_order.c and form_draft.c share; not for other files. */
#ifndef CORE_WORK_FORM_PARTS_H
#define CORE_WORK_FORM_PARTS_H

#include "core/work/form.h"

/* The stored number of the response at a screen position. */
int form_response(const struct form *form, size_t position);

/* ▸ to the next row that waits for an answer, else back to one that must have it, else to submit. */
void form_advance(struct form *form);

/* Is the item ranked (three or more responses)? */
bool form_ranks(const struct form *form);

/* Preference and strength after a change of the order. */
void form_settle_order(struct form *form);

/* Takes back the tie that waits, else `none`, else the last response of the order. */
void form_order_back(struct form *form);

#endif
