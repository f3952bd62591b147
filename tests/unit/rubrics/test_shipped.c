/* The shipped files: in the program as they are in the folder, and good by the rules that they explain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdio.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "rubrics/campaign.h"
#include "rubrics/rubric.h"
#include "rubrics/settings.h"
#include "rubrics/shipped.h"

#include "core/base/banned.h"

static void read_file(struct buffer *out, const char *name) {
    char path[1024], bytes[4096];
    snprintf(path, sizeof path, "%s/rubrics/%s", TEST_SOURCE_DIR, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
        buffer_add(out, bytes, got);
    fclose(file);
}

static void test_same_bytes(void **state) {
    (void)state;
    assert_true(shipped_file_count >= 3);
    for (size_t i = 0; i < shipped_file_count; i++) {
        const struct shipped_file *file = &shipped_files[i];
        struct buffer bytes = BUFFER_INIT;
        read_file(&bytes, file->name);
        assert_int_equal(file->text.length, bytes.length);
        assert_memory_equal(file->text.data, bytes.data, bytes.length + 1);
        assert_ptr_equal(shipped_text(file->name).data, file->text.data);
        if (i)
            assert_true(strcmp(shipped_files[i - 1].name, file->name) < 0);
        buffer_release(&bytes);
    }
    assert_null(shipped_text("absent.yaml").data);
}

/* Every file reads as what its name says it is. */
static void test_good(void **state) {
    (void)state;
    for (size_t i = 0; i < shipped_file_count; i++) {
        const struct shipped_file *file = &shipped_files[i];
        struct error error = ERROR_INIT;
        struct campaign campaign;
        struct rubric rubric;
        bool is_campaign = strncmp(file->name, "campaign", 8) == 0;
        int status = is_campaign ? campaign_read(file->text, file->name, &campaign, &error)
                                 : rubric_read(file->text, file->name, &rubric, &error);
        assert_string_equal(error.text, "");
        assert_int_equal(status, 0);
        if (is_campaign) {
            campaign_release(&campaign);
        } else {
            assert_true(strlen(rubric.guideline) > 200);
            assert_true(strncmp(file->name, rubric.name, strlen(rubric.name)) == 0);
            rubric_release(&rubric);
        }
    }
}

/*
 * The settings of the default campaign, and of the template, are the defaults: so the template may say that they
 * are.
 */
static void test_template_shows_defaults(void **state) {
    (void)state;
    struct campaign plain, template;
    struct error error = ERROR_INIT;
    assert_int_equal(campaign_read(shipped_text("campaign-default.yaml"), "d", &plain, &error), 0);
    assert_int_equal(campaign_read(shipped_text("campaign-template.yaml"), "t", &template, &error), 0);
    assert_string_equal(plain.name, "preference");
    assert_string_equal(plain.tracks[0].rubric_file, "preference.yaml");
    plain.name = template.name;
    plain.tracks[0].rubric_file = template.tracks[0].rubric_file;
    struct buffer a = BUFFER_INIT, b = BUFFER_INIT;
    campaign_write(&a, &plain, false);
    campaign_write(&b, &template, false);
    assert_string_equal(a.data, b.data);
    buffer_release(&a);
    buffer_release(&b);
    campaign_release(&plain);
    campaign_release(&template);
}

/* The template's commented quality rules work once the signs are removed. */
static void test_template_rules(void **state) {
    (void)state;
    struct buffer text = BUFFER_INIT;
    struct slice whole = shipped_text("campaign-template.yaml");
    bool inside = false;
    for (size_t at = 0; at < whole.length;) {
        const char *newline = memchr(whole.data + at, '\n', whole.length - at);
        size_t end = newline ? (size_t)(newline - whole.data) : whole.length;
        struct slice line = slice_make(whole.data + at, end - at);
        inside = slice_is(line, "# quality:") || (inside && line.length > 4 && memcmp(line.data, "#   -", 5) == 0);
        if (inside) {
            buffer_add(&text, line.data + 2, line.length - 2);
            buffer_add_char(&text, '\n');
        }
        at = end + 1;
    }
    struct pool pool = POOL_INIT;
    struct quality_rule *rules = NULL;
    int count = 0;
    struct error error = ERROR_INIT;
    int status = campaign_read_quality(buffer_slice(&text), "t", NULL, &pool, &rules, &count, &error);
    assert_string_equal(error.text, "");
    assert_int_equal(status, 0);
    assert_int_equal(count, 2);
    pool_release(&pool);
    buffer_release(&text);
}

int main(void) {
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_template_shows_defaults),
        cmocka_unit_test(test_template_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
