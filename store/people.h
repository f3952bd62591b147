/* People: who may work, on what; and the viewer that every other verb asks for. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "core/model/person.h"
#include "core/work/viewer.h"
#include "store/store.h"

struct person {
    int64_t id;
    struct slice name;
    enum person_role role;
    struct slice tracks, languages, categories; /* comma-separated; empty = all */
    bool paused;
    int64_t at; /* joined */
};

/* Who acts: resolves a name. Solo use (no annotator, no lead in the store): any name, VIEWER_SOLO; person is 0 until viewer_enter.
 * A name that is not among the people: STATUS_USAGE and the nearest name; models, sources and who is known by imported judgments alone cannot act. */
int viewer_find(struct store *store, const char *name, struct viewer *viewer, struct error *error);

/* In solo use the first judgment needs a row: makes a solo person (flagged so, of no weight for who is a lead) once, and sets viewer->person. */
int viewer_enter(struct store *store, struct viewer *viewer, struct error *error);

int people_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct person **out, size_t *count,
                struct error *error);
/* The sentence for a name that is not among the people, with the nearest one: STATUS_USAGE, or why the names could not be read. */
int people_unknown(struct store *store, const char *name, struct error *error);
int person_find(struct store *store, const char *name, struct pool *pool, struct person *out, struct error *error);

/* id is ignored; a name in use is refused. When the first person of role annotator or lead is added and a solo person has judged, the error says
 * that the store stops being solo, and `confirm` must be true. Whoever adds an annotator before there is a lead becomes one: somebody must be
 * able to look. A solo person of the same name becomes the person that is added. */
int person_add(struct store *store, const struct viewer *viewer, const struct person *person, bool confirm,
               struct error *error);
/* Absent slices leave the field as it is; name, role and paused are not looked at. */
int person_set(struct store *store, const struct viewer *viewer, const char *name, const struct person *changes,
               struct error *error);
/* The last lead stays one. */
int person_set_role(struct store *store, const struct viewer *viewer, const char *name, enum person_role role,
                    struct error *error);
int person_pause(struct store *store, const struct viewer *viewer, const char *name, bool paused, struct error *error);
int person_rename(struct store *store, const struct viewer *viewer, const char *from, const char *to,
                  struct error *error);
/* Replaces the name by an opaque one everywhere, and their rationales and questions by nothing; judgments stay. */
int person_forget(struct store *store, const struct viewer *viewer, const char *name, struct error *error);

#endif
