/* The twelve people of the demo's history, and what each is like. Shares and chances are 0 to 1. */
#ifndef APP_DEMO_CAST_H
#define APP_DEMO_CAST_H

#include <stdbool.h>
#include <stdint.h>

#include "core/model/item.h"

struct trait {
    const char *name, *tracks, *languages; /* as in struct person; "" = all */
    double skill;                          /* chance to be right on an ordinary item */
    double skill_later;                    /* from day fall_day on */
    int fall_day;                          /* of the history; 0: never */
    double lean;      /* chance to take the left side of an item that isn't obvious, whatever it says */
    double ties;      /* chance to call two nearly equal answers a tie */
    double sureness;  /* how much surer than right (percent; negative: less sure) */
    double seconds;   /* median time on an item */
    double wordiness; /* chance that the reason has a second half */
    unsigned days;    /* working days: bit 0 is Monday */
    int hour;         /* when the day begins, UTC */
    int quota;        /* items a day */
};

enum { CAST = 12 };
extern const struct trait cast[CAST];

/* Who is what on purpose: indices into cast. Everybody else is steady. */
enum { CAST_FALLS = 3, CAST_BELOW = 6, CAST_LEANS = 8 };

/* What is known of an item in truth. */
struct truth {
    int prefer;    /* stored response, CHOICE_TIE, CHOICE_NONE */
    int low, high; /* strengths that are right; 0 0: any */
    enum difficulty difficulty;
    bool clear; /* one of the clear cases that gold is made of */
    bool close; /* the two are nearly equal */
};

/* The person's chance to answer it as it is in truth on that day of the history, .5 to .985. */
double trait_chance(const struct trait *trait, const struct truth *truth, int day);

#endif
