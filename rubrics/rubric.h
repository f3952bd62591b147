/* rubric.yaml into a struct rubric. rubrics/helpfulness.yaml explains the file, key by key. */
#ifndef RUBRICS_RUBRIC_H
#define RUBRICS_RUBRIC_H

#include "core/base/error.h"
#include "core/base/slice.h"
#include "core/model/rubric.h"

/*
 * Reads and checks a rubric. `file` stands in messages. Only `rubric` (its name) must be there; version is 1, the
 * title is the name, the strengths are slightly better, better, much better, tie and none are true, and everything
 * else is not asked. On success *out is to be released; on failure it holds nothing, and error says
 * FILE:LINE:COLUMN: FIELD: what is wrong (STATUS_INPUT).
 */
int rubric_read(struct slice yaml, const char *file, struct rubric *out, struct error *error);

#endif
