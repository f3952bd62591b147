/* Files for tests; see helper_scratch.h. */
#include "tests/unit/exchange/helper_scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "core/base/banned.h"

void scratch_init(struct scratch *scratch) {
    const char *parent = getenv("TMPDIR");
    snprintf(scratch->folder, sizeof scratch->folder, "%.40s/exchange-XXXXXX",
             parent && strlen(parent) < 40 ? parent : "/tmp");
    assert_non_null(mkdtemp(scratch->folder));
}

const char *scratch_path(const struct scratch *scratch, const char *name) {
    static char path[384];
    snprintf(path, sizeof path, "%s/%s", scratch->folder, name);
    return path;
}

static int each_file(const struct scratch *scratch, bool and_remove) {
    DIR *folder = opendir(scratch->folder);
    int count = 0;
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.') {
            count++;
            if (and_remove)
                remove(scratch_path(scratch, entry->d_name));
        }
    closedir(folder);
    return count;
}

int scratch_count(const struct scratch *scratch) {
    return each_file(scratch, false);
}

void scratch_release(struct scratch *scratch) {
    each_file(scratch, true);
    assert_int_equal(rmdir(scratch->folder), 0);
}

void scratch_write(const struct scratch *scratch, const char *name, struct slice bytes) {
    FILE *file = fopen(scratch_path(scratch, name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.data, 1, bytes.length, file), bytes.length);
    fclose(file);
}

void scratch_gzip(const struct scratch *scratch, const char *name, struct slice bytes, const char *mode) {
    gzFile file = gzopen(scratch_path(scratch, name), mode);
    assert_non_null(file);
    assert_int_equal(gzwrite(file, bytes.data, (unsigned)bytes.length), (int)bytes.length);
    assert_int_equal(gzclose(file), Z_OK);
}

void scratch_read(const char *path, struct buffer *out) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    buffer_clear(out);
    char part[4096];
    for (size_t count; (count = fread(part, 1, sizeof part, file)) > 0;)
        buffer_add(out, part, count);
    fclose(file);
}

const char *shared_data(void) {
    const char *folder = getenv("ASSAY_SHARED_DATA");
    if (!folder)
        folder = TEST_SOURCE_DIR "/../shared/data";
    struct stat about;
    if (stat(folder, &about) == 0)
        return folder;
    print_message("skipped: no public data (ASSAY_SHARED_DATA)\n");
    return NULL;
}
