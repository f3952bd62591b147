/*
 * From two texts to stretches: equal lines at both ends go unseen; the rest is read into tokens, each with a number that equal
 * tokens share, and aligned. Where that is too much, lines are the tokens first.
 */
#include "core/text/comparison.h"

#include <stdint.h>
#include <string.h>

#include "core/base/array.h"
#include "core/text/align.h"
#include "core/text/token.h"

#include "core/base/banned.h"

enum {
    WORDS_MOST = 1 << 20, /* bytes of both texts that are compared by words at once */
    PROBES_MOST = 32,     /* a token that finds no place among so many is taken for unlike all others */
};

struct token {
    size_t start, end;
    uint32_t id;
    enum token_kind kind;
};

struct tokens {
    struct slice text;
    struct token *items;
    size_t count, capacity;
    unsigned char *same; /* by token, once aligned */
};

/* Both texts, or a part of both, as tokens. */
struct pair {
    struct tokens a, b;
};

/* --- Reading ----------------------------------------------------------------------------------------------------------- */

static void read_words(struct tokens *tokens, size_t from, size_t to) {
    struct slice text = slice_make(tokens->text.data, to);
    while (from < to) {
        enum token_kind kind;
        size_t end = token_next(text, from, &kind);
        *ARRAY_ADD(tokens) = (struct token){from, end, 0, kind};
        from = end;
    }
}

static void read_lines(struct tokens *tokens, size_t from, size_t to) {
    while (from < to) {
        const char *newline = memchr(tokens->text.data + from, '\n', to - from);
        size_t end = newline ? (size_t)(newline - tokens->text.data) + 1 : to;
        *ARRAY_ADD(tokens) = (struct token){from, end, 0, TOKEN_WORD};
        from = end;
    }
}

struct name {
    uint64_t hash;
    struct slice bytes; /* absent: a free place */
    uint32_t id;
};

static uint64_t hash_of(struct slice bytes) {
    uint64_t hash = 0x9e3779b97f4a7c15 ^ bytes.length;
    size_t at = 0;
    for (; at + 8 <= bytes.length; at += 8) {
        uint64_t word;
        memcpy(&word, bytes.data + at, 8);
        hash = (hash ^ word) * 0xff51afd7ed558ccd;
        hash ^= hash >> 32;
    }
    for (; at < bytes.length; at++)
        hash = (hash ^ (unsigned char)bytes.data[at]) * 0x100000001b3;
    hash *= 0xc4ceb9fe1a85ec53;
    return hash ^ hash >> 29;
}

static uint32_t id_of(struct name *names, size_t mask, struct slice bytes, uint32_t *next) {
    uint64_t hash = hash_of(bytes);
    for (size_t probe = 0; probe < PROBES_MOST; probe++) {
        struct name *name = &names[(hash + probe) & mask];
        if (!name->bytes.data) {
            *name = (struct name){hash, bytes, ++*next};
            return *next;
        }
        if (name->hash == hash && slice_equal(name->bytes, bytes))
            return name->id;
    }
    return ++*next;
}

/* Returns the highest number given. */
static uint32_t number_tokens(struct pair *pair) {
    size_t places = 64;
    uint32_t next = 0;
    while (places < 2 * (pair->a.count + pair->b.count))
        places *= 2;
    struct name *names = memory_new(places, sizeof *names);
    struct tokens *both[] = {&pair->a, &pair->b};
    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < both[side]->count; i++) {
            struct token *token = &both[side]->items[i];
            struct slice bytes = slice_make(both[side]->text.data + token->start, token->end - token->start);
            token->id = id_of(names, places - 1, bytes, &next);
        }
    memory_free(names);
    return next;
}

/* Tokens of one side that the other has too: nothing else can be paired. */
struct shared {
    uint32_t *ids;
    size_t *places; /* of the tokens */
    unsigned char *same;
    size_t count;
};

static void shared_init(struct shared *shared, const struct tokens *tokens, const unsigned char *sides) {
    shared->ids = memory_new(tokens->count, sizeof *shared->ids);
    shared->places = memory_new(tokens->count, sizeof *shared->places);
    shared->same = memory_new(tokens->count, 1);
    shared->count = 0;
    for (size_t i = 0; i < tokens->count; i++)
        if (sides[tokens->items[i].id] == 3) {
            shared->places[shared->count] = i;
            shared->ids[shared->count++] = tokens->items[i].id;
        }
}

static void shared_release(struct shared *shared, struct tokens *tokens) {
    for (size_t i = 0; i < shared->count; i++)
        tokens->same[shared->places[i]] = shared->same[i];
    memory_free(shared->ids);
    memory_free(shared->places);
    memory_free(shared->same);
}

static bool pair_align(struct pair *pair, size_t *effort) {
    struct shared a, b;
    unsigned char *sides = memory_new((size_t)number_tokens(pair) + 1, 1); /* by id: 1 in a, 2 in b */
    for (size_t i = 0; i < pair->a.count; i++)
        sides[pair->a.items[i].id] |= 1;
    for (size_t i = 0; i < pair->b.count; i++)
        sides[pair->b.items[i].id] |= 2;
    shared_init(&a, &pair->a, sides);
    shared_init(&b, &pair->b, sides);
    pair->a.same = memory_new(pair->a.count, 1);
    pair->b.same = memory_new(pair->b.count, 1);
    bool done = align(a.ids, a.count, b.ids, b.count, a.same, b.same, effort);
    shared_release(&a, &pair->a);
    shared_release(&b, &pair->b);
    memory_free(sides);
    return done;
}

static void pair_release(struct pair *pair) {
    struct tokens *both[] = {&pair->a, &pair->b};
    for (size_t side = 0; side < 2; side++) {
        ARRAY_RELEASE(both[side]);
        memory_free(both[side]->same);
        both[side]->same = NULL;
    }
}

/* --- Sliding ----------------------------------------------------------------------------------------------------------- */

/* How well a change may begin in front of token `at`. */
static int start_score(const struct tokens *tokens, size_t at) {
    if (at == 0 || tokens->items[at - 1].kind == TOKEN_NEWLINE)
        return 3;
    if (tokens->items[at - 1].kind != TOKEN_SPACE)
        return 0;
    if (at < 2 || tokens->items[at - 2].kind != TOKEN_MARK)
        return 1;
    char mark = tokens->text.data[tokens->items[at - 2].start];
    return mark == '.' || mark == '!' || mark == '?' ? 2 : 1;
}

/*
 * Tokens [start, *end) stand in one text alone; what follows is paired with the other text from `at` on. The run may lie
 * further on, over equal tokens, and leave the same words: moves it as far as it goes. Returns by how much.
 */
static size_t slide_on(struct tokens *alone, size_t start, size_t *end, const struct tokens *other, size_t at) {
    size_t moved = 0;
    while (*end < alone->count && alone->same[*end] && at + moved < other->count && other->same[at + moved] &&
           alone->items[start + moved].id == alone->items[*end].id) {
        alone->same[start + moved++] = 1;
        alone->same[(*end)++] = 0;
    }
    return moved;
}

/* Back again, to where it best begins, over at most `room` tokens. Returns by how much. */
static size_t slide_back(struct tokens *alone, size_t start, size_t end, size_t room) {
    size_t best = 0, moved = 0;
    int best_score = start_score(alone, start);
    while (moved < room && alone->items[start - moved - 1].id == alone->items[end - moved - 1].id) {
        int score = start_score(alone, start - ++moved);
        if (score > best_score) {
            best = moved;
            best_score = score;
        }
    }
    for (size_t i = 0; i < best; i++) {
        alone->same[start - i - 1] = 0;
        alone->same[end - i - 1] = 1;
    }
    return best;
}

static void slide(struct pair *pair) {
    size_t x = 0, y = 0, paired = 0; /* `paired` tokens right before x and y, without a gap */
    while (x < pair->a.count || y < pair->b.count) {
        size_t x_end = x, y_end = y;
        while (x_end < pair->a.count && !pair->a.same[x_end])
            x_end++;
        while (y_end < pair->b.count && !pair->b.same[y_end])
            y_end++;
        if (x == x_end && y == y_end) {
            x++;
            y++;
            paired++;
        } else if (x == x_end) {
            size_t moved = slide_on(&pair->b, y, &y_end, &pair->a, x);
            paired = slide_back(&pair->b, y + moved, y_end, paired + moved);
            x += moved;
            y = y_end;
        } else if (y == y_end) {
            size_t moved = slide_on(&pair->a, x, &x_end, &pair->b, y);
            paired = slide_back(&pair->a, x + moved, x_end, paired + moved);
            y += moved;
            x = x_end;
        } else {
            x = x_end;
            y = y_end;
            paired = 0;
        }
    }
}

/* --- Writing ----------------------------------------------------------------------------------------------------------- */

static void add(struct comparison *comparison, const struct stretch *next) {
    struct stretch *last =
        comparison->stretches.count > 0 ? &comparison->stretches.items[comparison->stretches.count - 1] : NULL;
    if (next->a == next->a_end && next->b == next->b_end)
        return;
    if (!last || last->same != next->same) {
        *ARRAY_ADD(&comparison->stretches) = *next;
        return;
    }
    last->a_end = next->a_end;
    last->b_end = next->b_end;
    last->a_words += next->a_words;
    last->b_words += next->b_words;
    last->coarse = last->coarse || next->coarse;
}

static size_t words_in(struct slice text, size_t from, size_t to) {
    size_t words = 0;
    for (text.length = to; from < to;) {
        enum token_kind kind;
        from = token_next(text, from, &kind);
        words += kind == TOKEN_WORD;
    }
    return words;
}

/* A stretch of which only the ends are known. */
static void add_unread(struct comparison *comparison, const struct pair *pair, struct stretch stretch) {
    stretch.a_words = words_in(pair->a.text, stretch.a, stretch.a_end);
    stretch.b_words = stretch.same ? stretch.a_words : words_in(pair->b.text, stretch.b, stretch.b_end);
    add(comparison, &stretch);
}

/* What comes next of a part whose tokens are aligned: all paired from *x and *y on, or all not. */
static struct stretch take(const struct pair *pair, const struct stretch *part, size_t *x, size_t *y) {
    const struct tokens *a = &pair->a, *b = &pair->b;
    struct stretch stretch = {.a = *x > 0 ? a->items[*x - 1].end : part->a,
                              .b = *y > 0 ? b->items[*y - 1].end : part->b,
                              .same = *x < a->count && *y < b->count && a->same[*x] && b->same[*y]};
    if (stretch.same) {
        for (; *x < a->count && *y < b->count && a->same[*x] && b->same[*y]; ++*y)
            stretch.a_words += a->items[(*x)++].kind == TOKEN_WORD;
        stretch.b_words = stretch.a_words;
    } else {
        while (*x < a->count && !a->same[*x])
            stretch.a_words += a->items[(*x)++].kind == TOKEN_WORD;
        while (*y < b->count && !b->same[*y])
            stretch.b_words += b->items[(*y)++].kind == TOKEN_WORD;
    }
    stretch.a_end = *x > 0 ? a->items[*x - 1].end : part->a;
    stretch.b_end = *y > 0 ? b->items[*y - 1].end : part->b;
    return stretch;
}

/* A part word by word; false, and nothing is added, when that is too much. */
static bool add_by_words(struct comparison *comparison, const struct pair *texts, const struct stretch *part,
                         size_t *effort) {
    struct pair pair = {.a.text = texts->a.text, .b.text = texts->b.text};
    if (part->a_end - part->a + part->b_end - part->b > (*effort < WORDS_MOST ? *effort : WORDS_MOST))
        return false;
    read_words(&pair.a, part->a, part->a_end);
    read_words(&pair.b, part->b, part->b_end);
    bool done = pair_align(&pair, effort);
    if (done)
        slide(&pair);
    for (size_t x = 0, y = 0; done && (x < pair.a.count || y < pair.b.count);) {
        struct stretch stretch = take(&pair, part, &x, &y);
        add(comparison, &stretch);
    }
    pair_release(&pair);
    return done;
}

/* Lines first, then words between the lines that are paired. */
static void add_by_lines(struct comparison *comparison, const struct pair *texts, const struct stretch *part,
                         size_t effort) {
    struct pair pair = {.a.text = texts->a.text, .b.text = texts->b.text};
    size_t for_lines = effort / 2;
    comparison->by_lines = true;
    read_lines(&pair.a, part->a, part->a_end);
    read_lines(&pair.b, part->b, part->b_end);
    if (!pair_align(&pair, &for_lines)) {
        memset(pair.a.same, 0, pair.a.count);
        memset(pair.b.same, 0, pair.b.count);
    }
    effort = effort / 2 + for_lines;
    for (size_t x = 0, y = 0; x < pair.a.count || y < pair.b.count;) {
        struct stretch stretch = take(&pair, part, &x, &y);
        if (!stretch.same && add_by_words(comparison, texts, &stretch, &effort))
            continue;
        stretch.coarse = !stretch.same;
        comparison->coarse += stretch.coarse;
        add_unread(comparison, texts, stretch);
    }
    pair_release(&pair);
}

/* --- Two texts --------------------------------------------------------------------------------------------------------- */

/* Bytes of the whole lines that both begin with. */
static size_t common_start(struct slice a, struct slice b) {
    size_t most = a.length < b.length ? a.length : b.length, same = 0;
    while (same < most && a.data[same] == b.data[same])
        same++;
    while (same > 0 && a.data[same - 1] != '\n')
        same--;
    return same;
}

static bool starts_line(struct slice text, size_t at) {
    return at == 0 || text.data[at - 1] == '\n';
}

/* Bytes of those that both end with, at most `most`. */
static size_t common_end(struct slice a, struct slice b, size_t most) {
    size_t same = 0;
    while (same < most && a.data[a.length - same - 1] == b.data[b.length - same - 1])
        same++;
    while (same > 0 && !(starts_line(a, a.length - same) && starts_line(b, b.length - same)))
        same--;
    return same;
}

/* The smaller text is A here, so that both ways round the same is found. */
static bool is_swapped(struct slice a, struct slice b) {
    return a.length != b.length ? a.length > b.length : a.length > 0 && memcmp(a.data, b.data, a.length) > 0;
}

static void swap_sides(struct comparison *comparison) {
    for (size_t i = 0; i < comparison->stretches.count; i++) {
        struct stretch *stretch = &comparison->stretches.items[i], old = *stretch;
        *stretch = (struct stretch){old.b, old.b_end, old.a, old.a_end, old.b_words, old.a_words, old.same, old.coarse};
    }
}

static void find_ordered(struct comparison *comparison, struct slice a, struct slice b, size_t effort) {
    struct pair texts = {.a.text = a, .b.text = b};
    size_t start = slice_equal(a, b) ? a.length : common_start(a, b);
    size_t end = common_end(a, b, a.length - start);
    struct stretch part = {.a = start, .a_end = a.length - end, .b = start, .b_end = b.length - end};
    add_unread(comparison, &texts, (struct stretch){0, start, 0, start, 0, 0, true, false});
    size_t for_words = effort / 2;
    if (!add_by_words(comparison, &texts, &part, &for_words))
        add_by_lines(comparison, &texts, &part, effort / 2 + for_words);
    add_unread(comparison, &texts, (struct stretch){part.a_end, a.length, part.b_end, b.length, 0, 0, true, false});
    comparison_tidy(comparison, a);
}

void comparison_find(struct comparison *comparison, struct slice a, struct slice b, size_t effort) {
    *comparison = (struct comparison){0};
    if (is_swapped(a, b)) {
        find_ordered(comparison, b, a, effort);
        swap_sides(comparison);
    } else {
        find_ordered(comparison, a, b, effort);
    }
    for (size_t i = 0; i < comparison->stretches.count; i++) {
        const struct stretch *stretch = &comparison->stretches.items[i];
        comparison->a_words += stretch->a_words;
        comparison->b_words += stretch->b_words;
        comparison->same_words += stretch->same ? stretch->a_words : 0;
    }
}

void comparison_release(struct comparison *comparison) {
    ARRAY_RELEASE(&comparison->stretches);
}

double comparison_share(const struct comparison *comparison) {
    size_t words = comparison->a_words + comparison->b_words, count = comparison->stretches.count;
    if (words == 0)
        return count == 0 || (count == 1 && comparison->stretches.items[0].same) ? 1 : 0;
    return 2 * (double)comparison->same_words / (double)words;
}

size_t comparison_words(const struct comparison *comparison) {
    size_t words = 0;
    for (size_t i = 0; i < comparison->stretches.count; i++) {
        const struct stretch *stretch = &comparison->stretches.items[i];
        if (!stretch->same)
            words += stretch->a_words > stretch->b_words ? stretch->a_words : stretch->b_words;
    }
    return words;
}
