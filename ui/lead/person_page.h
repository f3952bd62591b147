/* A person's page, as its two halves share it: what it shows (person_page.c), what is decided (person_deeds.c). */
#ifndef UI_LEAD_PERSON_PAGE_H
#define UI_LEAD_PERSON_PAGE_H

#include "ui/lead/person_lists.h"
#include "ui/list.h"

enum deed_of_person { DEED_NONE, DEED_HOLD, DEED_RELEASE, DEED_REDO, DEED_PAUSE };

struct person_page {
    struct desk_screen desk; /* must be first */
    int64_t person, hold;    /* store ids; hold: the one to decide, 0: the first open one */
    char track[LIMIT_NAME_BYTES + 1];
    struct pool pool; /* of answers and lines */
    struct answer_line *answers;
    size_t answer_count;
    struct person_lines lines[PERSON_LISTS];
    struct list lists[PERSON_LISTS];
    enum person_list shown;
    bool read;
    size_t looked; /* judgments of the sample that were opened */
    enum deed_of_person deed;
    int64_t since, until; /* of DEED_HOLD, UTC ms; 0: open end */
    char *category;       /* of DEED_HOLD; NULL: all */
    bool pauses;          /* of DEED_PAUSE: or resumes */
    struct buffer why;
};

/* NULL when nothing of this person on this track has been handed in. */
const struct office_person *person_page_who(const struct person_page *page);
const char *person_page_name(const struct person_page *page);

/* The hold in hand; NULL: nothing of this person is held. */
const struct hold *person_page_hold(const struct person_page *page);

/* The lists anew, after office_read. */
void person_page_read(struct desk_screen *desk, struct frame *frame);

/* REQUEST_HOLD, RELEASE, REDO or PAUSE: asks for what is missing, and does it. */
void person_page_decide(struct person_page *page, struct frame *frame, enum request request);

#endif
