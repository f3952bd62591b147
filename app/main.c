/* The program: locale, then the command. Only this file exits. */
#include <langinfo.h>
#include <locale.h>
#include <string.h>

#include "app/command.h"
#include "app/world.h"
#include "core/hash/hash.h"

#include "core/base/banned.h"

/* Columns are counted by wcwidth, and curses draws by the locale: both must speak UTF-8. */
static void set_locale(void) {
    if (!setlocale(LC_ALL, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        if (!setlocale(LC_CTYPE, "C.UTF-8"))
            setlocale(LC_CTYPE, "C.utf8");
    setlocale(LC_NUMERIC, "C"); /* numbers in files and figures do not follow the user's country */
}

int main(int argc, char **argv) {
    set_locale();
    struct error error = ERROR_INIT;
    if (hash_start(&error)) {
        say("assay: %s", error.text);
        return 4;
    }
    int status = dispatch(argc - 1, argv + 1, &real_world);
    return status == STATUS_BUSY ? -STATUS_SYSTEM : -status;
}
