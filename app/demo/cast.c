/* See cast.h. */
#include "app/demo/cast.h"

#include "core/base/banned.h"

enum { MON = 1, TUE = 2, WED = 4, THU = 8, FRI = 16, SAT = 32, SUN = 64 };
#define WEEK (MON | TUE | WED | THU | FRI)
#define BOTH "helpfulness,safety"
#define HELP "helpfulness"

/*     name     tracks languages skill later day lean ties sure secs words days hour quota */
const struct trait cast[CAST] = {
    {"ana", HELP, "en,es", .95, .95, 0, 0, .30, 0, 52, .4, WEEK, 7, 13},
    {"ben", BOTH, "en", .93, .93, 0, 0, .20, 4, 44, .2, MON | TUE | WED | THU, 8, 17},
    {"carla", HELP, "en,es", .92, .92, 0, 0, .35, -6, 61, .6, MON | WED | FRI, 13, 21},
    {"dov", HELP, "en", .92, .60, 28, 0, .20, 3, 38, .2, WEEK, 6, 31},
    {"emil", HELP, "en", .93, .93, 0, 0, .45, -10, 70, .7, TUE | THU, 15, 28},
    {"farah", BOTH, "en,ar", .94, .94, 0, 0, .25, 2, 49, .3, WEEK, 5, 14},
    {"goran", HELP, "en", .71, .71, 0, 0, .30, 8, 33, .1, WEEK, 9, 17},
    {"hana", BOTH, "en", .95, .95, 0, 0, .30, -2, 57, .5, MON | TUE | THU | FRI, 7, 15},
    {"ines", HELP, "en", .93, .93, 0, .42, .10, 3, 41, .2, WEEK, 10, 17},
    {"jun", HELP, "en,zh", .92, .92, 0, 0, .25, 12, 36, .1, WED | THU | FRI | SAT, 3, 16},
    {"kofi", BOTH, "en", .94, .94, 0, 0, .20, 0, 55, .4, MON | TUE | WED | FRI, 8, 16},
    {"priya", HELP, "en,hi", .96, .96, 0, 0, .30, -3, 63, .5, TUE | WED | SAT | SUN, 14, 15},
};

double trait_chance(const struct trait *trait, const struct truth *truth, int day) {
    double chance = trait->fall_day && day >= trait->fall_day ? trait->skill_later : trait->skill;
    chance += truth->difficulty == DIFFICULTY_EASY ? .03 : truth->difficulty == DIFFICULTY_HARD ? -.05 : 0;
    if (!truth->clear)
        chance -= truth->close ? .18 : .05;
    return chance < .5 ? .5 : chance > .985 ? .985 : chance;
}
