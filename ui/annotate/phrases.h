/* Durations, moments and counts as the screens say them. */
#ifndef UI_ANNOTATE_PHRASES_H
#define UI_ANNOTATE_PHRASES_H

#include <stdint.h>

#include "core/base/buffer.h"
#include "store/batch.h"

/* "1 h 12", "37 min", "40 s"; adds to out. */
void phrase_duration(struct buffer *out, int64_t ms);

/* "today 16:40", "yesterday 16:40", "2026-11-19 16:40", in the local zone. */
void phrase_moment(struct buffer *out, int64_t at, int64_t now);

/* "1 item", "12 items": the word takes an s unless the number is 1. */
void phrase_count(struct buffer *out, int64_t number, const char *word);

/* "batch 4", "training", "calibration week-3", "second vote of week-3", "reference of week-3". */
void phrase_batch(struct buffer *out, const struct batch *batch);

#endif
