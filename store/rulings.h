/* What questions.c and rubrics.c need of rulings.c; not for other floors. */
#ifndef STORE_RULINGS_H
#define STORE_RULINGS_H

#include "store/internal.h"

/* Inside a transaction: a new ruling with its event. */
int ruling_record(struct store *store, const struct viewer *viewer, int64_t track, struct slice text, int64_t *id,
                  struct error *error);

/* Inside a transaction: a ruling in force is retired, with its event. STATUS_USAGE: none has this id; STATUS_NO: retired already. */
int ruling_withdraw(struct store *store, const struct viewer *viewer, int64_t id, struct error *error);

#endif
