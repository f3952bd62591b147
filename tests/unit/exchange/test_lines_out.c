/* Judgments as lines: golden, with every key; and what an annotator must not get. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/exchange/lines_out.h"
#include "app/exchange/rubric_cache.h"
#include "core/base/array.h"
#include "tests/unit/exchange/helper_campaign.h"

#include "core/base/banned.h"

static struct rubric rubric_of_two(void) {
    return (struct rubric){
        .criteria = {{.id = "accuracy", .per = PER_RESPONSE, .low = 1, .high = 5}, {.id = "tone", .per = PER_PAIR}},
        .criterion_count = 2};
}

static struct judgment_line line_of_two(void) {
    return (struct judgment_line){
        .uid = slice_of("01JDEVQ4M8Z0000000000000AB"),
        .item = slice_of("q-17"),
        .track = slice_of("helpfulness"),
        .annotator = slice_of("ana"),
        .role = PERSON_ANNOTATOR,
        .kind = KIND_PRODUCTION,
        .judgment = {.prefer = 0, .strength = 2, .confidence = 80, .rationale = slice_of("r1 is\nright")},
        .tags = slice_of("factual-error,style"),
        .flags = slice_of(""),
        .response_names = {slice_of("r1"), slice_of("r2"), slice_of("r3")},
        .response_count = 2,
        .shown = "ba",
        .active_ms = 41200,
        .at = INT64_C(1795500843120),
        .ratings = slice_of("4 2 ="),
        .rubric_name = slice_of("helpfulness"),
        .rubric_hash = slice_of("9f2c"),
        .rubric_version = 3,
        .final = true,
        .batch_number = 4,
    };
}

static void test_whole(void **state) {
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct error error = ERROR_INIT;
    struct rubric rubric = rubric_of_two();
    struct judgment_line line = line_of_two();
    assert_int_equal(judgment_write_line(&out, &line, &rubric, &error), 0);
    assert_string_equal(
        out.data,
        "{\"item\":\"q-17\",\"track\":\"helpfulness\",\"annotator\":\"ana\",\"role\":\"annotator\",\"prefer\":\"r1\","
        "\"strength\":2,\"confidence\":80,\"ranking\":[[\"r1\"],[\"r2\"]],"
        "\"ratings\":{\"accuracy\":{\"r1\":4,\"r2\":2},\"tone\":\"tie\"},\"rationale\":\"r1 is\\nright\","
        "\"tags\":[\"factual-error\",\"style\"],\"flags\":[],\"order\":[\"r2\",\"r1\"],\"seconds\":41.2,"
        "\"at\":\"2026-11-24T06:14:03.120Z\",\"kind\":\"production\",\"round\":0,\"final\":true,\"held\":false,"
        "\"batch\":4,\"rubric\":\"helpfulness@3#9f2c\",\"uid\":\"01JDEVQ4M8Z0000000000000AB\"}\n");
    buffer_release(&out);
}

static void test_sparse(void **state) {
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct error error = ERROR_INIT;
    struct judgment_line line = line_of_two();
    line.judgment = (struct judgment){.prefer = CHOICE_NONE, .confidence = -1};
    line.kind_hidden = true;
    line.kind = KIND_GOLD;
    line.shown[0] = '\0';
    line.active_ms = -1;
    line.ratings = SLICE_ABSENT;
    line.rubric_name = SLICE_ABSENT;
    line.tags = SLICE_ABSENT;
    line.batch_number = 0;
    assert_int_equal(judgment_write_line(&out, &line, NULL, &error), 0);
    assert_string_equal(
        out.data,
        "{\"item\":\"q-17\",\"track\":\"helpfulness\",\"annotator\":\"ana\",\"role\":\"annotator\",\"prefer\":\"none\","
        "\"strength\":null,\"confidence\":null,\"ranking\":null,\"ratings\":{},\"rationale\":\"\",\"tags\":[],"
        "\"flags\":[],\"order\":null,\"seconds\":null,\"at\":\"2026-11-24T06:14:03.120Z\",\"batch\":null,"
        "\"rubric\":null,\"uid\":\"01JDEVQ4M8Z0000000000000AB\"}\n");
    buffer_clear(&out);
    line.judgment = (struct judgment){.prefer = CHOICE_TIE, .confidence = -1, .ranking = {"b=c>a"}};
    line.response_count = 3;
    assert_int_equal(judgment_write_line(&out, &line, NULL, &error), 0);
    assert_non_null(strstr(out.data, "\"ranking\":[[\"r2\",\"r3\"],[\"r1\"]]"));
    buffer_release(&out);
}

static void test_ratings(void **state) {
    (void)state;
    static const struct {
        const char *cells, *written;
    } cases[] = {{"- - -", "\"ratings\":{}"},
                 {"- 5 b", "\"ratings\":{\"accuracy\":{\"r2\":5},\"tone\":\"r2\"}"},
                 {"1 1", NULL},
                 {"7 1 =", NULL}};
    struct rubric rubric = rubric_of_two();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buffer out = BUFFER_INIT;
        struct error error = ERROR_INIT;
        struct judgment_line line = line_of_two();
        line.ratings = slice_of(cases[i].cells);
        int status = judgment_write_line(&out, &line, &rubric, &error);
        if (cases[i].written) {
            assert_int_equal(status, 0);
            assert_non_null(strstr(out.data, cases[i].written));
        } else {
            assert_int_equal(status, STATUS_SYSTEM);
            assert_string_equal(
                error.text,
                "the ratings of judgment \"01JDEVQ4M8Z0000000000000AB\" do not fit the rubric that it names");
            assert_int_equal(out.length, 0);
        }
        buffer_release(&out);
    }
}

struct collected {
    struct rubric_cache cache;
    struct buffer out;
};

static int collect(void *context, const struct judgment_line *line, struct error *error) {
    struct collected *collected = context;
    const struct rubric *rubric = NULL;
    int status = rubric_cache_find(&collected->cache, line->rubric, &rubric, error);
    return status ? status : judgment_write_line(&collected->out, line, rubric, error);
}

static int choose_second(const struct item *item) {
    return item->response_count > 1;
}

/* From the store, ratings by the rubric that the judgment names. */
static void test_store(void **state) {
    (void)state;
    struct campaign_store test;
    struct import_report report;
    campaign_store_init(&test);
    campaign_store_must(
        &test,
        campaign_store_import(&test, "i", "{\"id\":\"i1\",\"prompt\":\"p\",\"responses\":[\"x\",\"y\"]}", &report));
    campaign_store_judge(&test, choose_second);
    struct collected collected = {RUBRIC_CACHE_INIT(test.store), BUFFER_INIT};
    campaign_store_must(
        &test, load_judgments(test.store, &test.viewer, &(struct load_scope){0}, collect, &collected, &test.error));
    assert_memory_equal(collected.out.data, "{\"item\":\"i1\",", 13);
    assert_non_null(strstr(
        collected.out.data,
        "\"prefer\":\"b\",\"strength\":2,\"confidence\":null,\"ranking\":[[\"b\"],[\"a\"]],"
        "\"ratings\":{\"accuracy\":{\"b\":4},\"tone\":\"tie\"},\"rationale\":\"so it is\",\"tags\":[\"off-topic\"],"));
    assert_non_null(strstr(collected.out.data, "\"seconds\":41.2,"));
    assert_non_null(
        strstr(collected.out.data,
               "\"kind\":\"production\",\"round\":0,\"final\":true,\"held\":false,\"batch\":1,\"rubric\":\"plain@1#"));
    rubric_cache_release(&collected.cache);
    buffer_release(&collected.out);
    campaign_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_sparse),
        cmocka_unit_test(test_ratings),
        cmocka_unit_test(test_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
