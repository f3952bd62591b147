/*
 * A store for tests: a temporary folder, a world whose clock and entropy are fixed, a campaign of two tracks, and
 * items made by rule. Every function fails the running test (cmocka) when something is wrong that is not the
 * test's subject.
 */
#ifndef TESTS_UNIT_STORE_HELPER_STORE_H
#define TESTS_UNIT_STORE_HELPER_STORE_H

#include "core/model/campaign.h"
#include "core/model/item.h"
#include "core/model/rubric.h"
#include "core/work/viewer.h"
#include "store/import.h"
#include "store/store.h"

/* The clock stands until it is moved; entropy is a fixed sequence. */
struct fixed_world {
    struct world world; /* first: a struct world * is a struct fixed_world * */
    int64_t now;
    int64_t tick; /* added to now at every look */
    uint64_t dice;
};
void fixed_world_init(struct fixed_world *fixed);

struct test_store {
    struct fixed_world fixed;
    char folder[64], path[96];
    struct store *store;
    struct campaign campaign; /* tracks "helpfulness" (overlap 1, batch 10) and "safety" (overlap 2, batch 10) */
    struct rubric rubric; /* "plain": three strengths, tie, none, criterion accuracy 1–5, tags, a rationale if wanted */
    struct viewer lead;   /* solo: may everything */
    struct error error;
};

/* A new folder and a new store in it, founded with campaign and rubric for both tracks. */
void test_store_init(struct test_store *test);
/* Only the folder and the world: no store yet; path is free. */
void test_store_init_empty(struct test_store *test);
void test_store_release(struct test_store *test); /* closes and removes everything */
void test_store_reopen(struct test_store *test, unsigned flags);
/* Founds an empty store (settings_replace). */
void test_store_found(struct test_store *test);

/* The settings text that goes with the campaign. */
extern const char test_settings_yaml[];
extern const char test_rubric_yaml[];

/* Item i: name "item-i", prompt and two responses that differ by i, category "coding" or "law" by turns,
 * language "en". Lives in the pool. */
struct item test_item(struct pool *pool, const char *track, int i);
/* Imports items first … first + count - 1 into the track; each `gold_every`-th (0: none) is hidden gold with
 * key a. */
void test_import(struct test_store *test, const char *track, int first, int count, int gold_every);

/* The status must not be negative; prints the error and fails otherwise. */
#define must(test, status) must_at((test), (status), __FILE__, __LINE__)
int must_at(struct test_store *test, int status, const char *file, int line);

/* Runs one query on the store file by a connection of its own: the first column of the first row. */
int64_t test_query(struct test_store *test, const char *text);
/* The same on the store's own connection, for what is not committed or to change rows behind its back. */
void test_execute(struct test_store *test, const char *script);

#endif
