/* Reasoning: everyday computations with one way to get them wrong. See exercise.h. */
#include "app/demo/exercise.h"
#include "core/base/array.h"

#include "core/base/banned.h"

static void make_miles(struct exercise *out, size_t index) {
    int km = 12 + 7 * (int)index;
    buffer_add_format(&out->prompt, "A sign says it's %d km to the coast. How far is that in miles?", km);
    buffer_add_string(&out->right, "About **");
    add_decimal(&out->right, km * 0.621371, 0);
    buffer_add_string(&out->right, " miles**.");
    buffer_add_string(&out->wrong, "About **");
    add_decimal(&out->wrong, km * 1.609344, 0);
    buffer_add_string(&out->wrong, " miles**.");
    buffer_add_string(&out->because, "A kilometre is 0.62 miles, so there must be fewer miles than kilometres.");
    out->difficulty = DIFFICULTY_EASY;
}

static void make_discount(struct exercise *out, size_t index) {
    static const char *const things[] = {"jacket", "lamp", "bicycle helmet", "suitcase", "desk", "pair of boots"};
    int price = 40 + 8 * (int)(index % 7), off = 15 + 5 * (int)(index / 7);
    buffer_add_format(&out->prompt, "A %s costs %d euros and is marked down by %d %%. What do I pay?",
                      things[index % COUNT_OF(things)], price, off);
    buffer_add_string(&out->right, "You pay **");
    add_decimal(&out->right, price * (100 - off) / 100.0, 2);
    buffer_add_string(&out->right, " euros**.");
    buffer_add_format(&out->wrong, "You pay **%d euros**.", price - off);
    buffer_add_format(&out->because, "%d %% of %d euros is taken off, not %d euros.", off, price, off);
    out->difficulty = DIFFICULTY_EASY;
}

static void make_speed(struct exercise *out, size_t index) {
    int a = 10 + 2 * (int)(index % 5), b = a + 6 + 4 * (int)(index / 5);
    buffer_add_format(
        &out->prompt,
        "I cycle to work at %d km/h and the same way back at %d km/h. What is my average speed over both ways?", a, b);
    buffer_add_string(&out->right, "**");
    add_decimal(&out->right, 2.0 * a * b / (a + b), 1);
    buffer_add_string(&out->right,
                      " km/h**. More time is spent on the slow way, so it lies below the middle of the two.");
    buffer_add_string(&out->wrong, "**");
    add_decimal(&out->wrong, (a + b) / 2.0, 1);
    buffer_add_string(&out->wrong, " km/h**. It's the middle of the two speeds, as both ways are equally long.");
    buffer_add_string(&out->because,
                      "The whole distance has to be divided by the whole time, and the slow way takes longer.");
    out->difficulty = DIFFICULTY_HARD;
}

static void make_days_between(struct exercise *out, size_t index) {
    int from = 20 + 9 * (int)index, days = 17 + 5 * (int)(index % 9);
    buffer_add_string(&out->prompt, "How many nights are there between ");
    add_date(&out->prompt, from);
    buffer_add_string(&out->prompt, " and ");
    add_date(&out->prompt, from + days);
    buffer_add_string(&out->prompt, "? It isn't a leap year.");
    buffer_add_format(&out->right, "There are **%d** nights.", days);
    buffer_add_format(&out->wrong, "There are **%d** nights.", days + 1);
    buffer_add_string(&out->because, "There is one night fewer than days when both ends are counted as days.");
    out->difficulty = DIFFICULTY_MEDIUM;
}

static void make_midnight(struct exercise *out, size_t index) {
    int from = 21 * 60 + 10 + 7 * (int)index, length = 5 * 60 + 25 + 11 * (int)(index % 7);
    buffer_add_string(&out->prompt, "The night bus leaves at ");
    add_clock(&out->prompt, from);
    buffer_add_string(&out->prompt, " and arrives at ");
    add_clock(&out->prompt, from + length);
    buffer_add_string(&out->prompt, ". How long is the ride?");
    buffer_add_format(&out->right, "**%d hours %d minutes**.", length / 60, length % 60);
    buffer_add_format(&out->wrong, "**%d hours %d minutes**.", length / 60 + 1, length % 60);
    buffer_add_string(&out->because,
                      "Counting to midnight and from midnight on and adding both gives the shorter time.");
    out->difficulty = DIFFICULTY_MEDIUM;
}

static void make_recipe(struct exercise *out, size_t index) {
    static const char *const foods[] = {"flour", "rice", "lentils", "potatoes", "pasta"};
    int people = 3 + (int)(index % 2), wanted = people + 2 + (int)(index / 10), each = 60 + 10 * (int)(index / 2 % 5);
    buffer_add_format(&out->prompt, "The recipe takes %d g of %s for %d people. How much do I need for %d?",
                      each * people, foods[index % COUNT_OF(foods)], people, wanted);
    buffer_add_format(&out->right, "**%d g**: %d g a person.", each * wanted, each);
    buffer_add_format(&out->wrong, "**%d g**: %d g more.", each * people + 100, 100);
    buffer_add_format(&out->because, "It has to be %d g for each person.", each);
    out->difficulty = DIFFICULTY_EASY;
}

static void make_tip(struct exercise *out, size_t index) {
    int people = 3 + (int)(index % 4), bill = people * (18 + (int)(index / 4));
    buffer_add_format(
        &out->prompt,
        "Dinner came to %d euros. We want to add 10 %% and split it between the %d of us. How much is that each?", bill,
        people);
    buffer_add_string(&out->right, "**");
    add_decimal(&out->right, bill * 1.1 / people, 2);
    buffer_add_string(&out->right, " euros** each.");
    buffer_add_string(&out->wrong, "**");
    add_decimal(&out->wrong, (double)bill / people + 10, 2);
    buffer_add_string(&out->wrong, " euros** each.");
    buffer_add_string(&out->because, "10 % of the bill is shared by everybody; it's not 10 euros a head.");
    out->difficulty = DIFFICULTY_EASY;
}

static void make_up_and_down(struct exercise *out, size_t index) {
    int percent = 10 + 5 * (int)(index % 6), price = 100 + 50 * (int)(index / 6);
    buffer_add_format(&out->prompt, "A share stood at %d, rose by %d %%, and then fell by %d %%. Where is it now?",
                      price, percent, percent);
    buffer_add_string(&out->right, "At **");
    add_decimal(&out->right, price * (1 - percent * percent / 10000.0), 2);
    buffer_add_string(&out->right, "**, a little lower than at the start.");
    buffer_add_format(&out->wrong, "At **%d** again, since both changes cancel.", price);
    buffer_add_string(&out->because, "The fall is taken from the higher price, so it's more than the rise was.");
    out->difficulty = DIFFICULTY_HARD;
}

static void make_weekday(struct exercise *out, size_t index) {
    static const char *const days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    size_t today = index % 7, ahead = 23 + 9 * (index / 7) + index % 5;
    buffer_add_format(&out->prompt, "Today is %s. Which day of the week is it in %zu days?", days[today], ahead);
    buffer_add_format(&out->right, "A **%s**.", days[(today + ahead) % 7]);
    buffer_add_format(&out->wrong, "A **%s**.", days[(today + ahead + 1) % 7]);
    buffer_add_format(&out->because, "%zu days are %zu weeks and %zu days.", ahead, ahead / 7, ahead % 7);
    out->difficulty = DIFFICULTY_MEDIUM;
}

static void make_posts(struct exercise *out, size_t index) {
    int gap = 2 + (int)(index % 3), posts = 9 + 2 * (int)(index / 3) + (int)(index % 3);
    buffer_add_format(&out->prompt,
                      "I'm building a straight fence of %d m with a post every %d m, ends included. How many posts?",
                      gap * posts, gap);
    buffer_add_format(&out->right, "**%d posts**.", posts + 1);
    buffer_add_format(&out->wrong, "**%d posts**.", posts);
    buffer_add_string(&out->because, "There is one post more than there are gaps.");
    out->difficulty = DIFFICULTY_MEDIUM;
}

static void make_zone(struct exercise *out, size_t index) {
    int there = 6 + (int)(index % 4), call = 15 * 60 + 30 * (int)(index / 4);
    buffer_add_format(&out->prompt, "My sister's city is %d hours ahead of us. If I call at ", there);
    add_clock(&out->prompt, call);
    buffer_add_string(&out->prompt, ", what time is it there?");
    buffer_add_string(&out->right, "It is **");
    add_clock(&out->right, call + there * 60);
    buffer_add_string(&out->right, call + there * 60 >= 24 * 60 ? "** there, on the next day." : "** there.");
    buffer_add_string(&out->wrong, "It is **");
    add_clock(&out->wrong, call - there * 60);
    buffer_add_string(&out->wrong, "** there.");
    buffer_add_string(&out->because, "Ahead means later, so the hours are added.");
    out->difficulty = DIFFICULTY_EASY;
}

const struct exercise_source reasoning_sources[] = {
    {make_miles, 24},    {make_discount, 28}, {make_speed, 20}, {make_days_between, 30},
    {make_midnight, 16}, {make_recipe, 30},   {make_tip, 24},   {make_up_and_down, 24},
    {make_weekday, 30},  {make_posts, 24},    {make_zone, 28},  {0},
};
