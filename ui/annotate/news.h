/* What happened since the person was here last: answers, rulings, another rubric. Read once for the start screen. */
#ifndef UI_ANNOTATE_NEWS_H
#define UI_ANNOTATE_NEWS_H

#include "store/contests.h"
#include "ui/annotate/sitting.h"

struct news {
    struct pool pool;
    size_t answer_count, ruling_count;                   /* not seen yet */
    int64_t *answers, *rulings;                          /* their ids */
    struct buffer answer_page, ruling_page, rubric_page; /* Markdown; empty: nothing new */
    bool rubric_new;                                     /* another text than the one acknowledged */
    bool rubric_first;                                   /* none was acknowledged yet */
    size_t lines_changed;
    int64_t draft_at; /* of the latest draft in the open batch; 0: none */
    int draft_position;
    int next_position;                /* the item that is next; 0: none */
    struct shown_key *keys;           /* reference answers that may be looked at */
    size_t key_count, decision_count; /* of them: contested, and decided since */
    struct batch asked;               /* what a calibration session asks for; id 0: nothing */
};

/* On success *news is to be released. */
int news_read(struct news *news, struct sitting *sitting, struct error *error);
void news_release(struct news *news);

/* Marks them as seen, in the store and here. */
int news_saw_answers(struct news *news, struct sitting *sitting, struct error *error);
int news_saw_rulings(struct news *news, struct sitting *sitting, struct error *error);
int news_saw_decisions(struct news *news, struct sitting *sitting, struct error *error);
int news_saw_rubric(struct news *news, struct sitting *sitting, struct error *error);

#endif
