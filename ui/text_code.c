#include "core/text/syntax.h"
#include "ui/text_build.h"

#include "core/base/banned.h"

void run_add_code(struct text_run *run, struct slice language, struct slice code) {
    static const enum ink inks[] = {
        [SYNTAX_PLAIN] = INK_CODE,      [SYNTAX_KEYWORD] = INK_KEYWORD, [SYNTAX_STRING] = INK_STRING,
        [SYNTAX_COMMENT] = INK_COMMENT, [SYNTAX_NUMBER] = INK_CODE,
    };
    const struct syntax *syntax = syntax_find(language);
    struct syntax_place place = {0};
    if (!syntax) {
        run_add(run, INK_CODE, code);
        return;
    }
    while (place.at < code.length) {
        size_t start = place.at;
        enum syntax_kind kind = syntax_next(syntax, code, &place);
        run_add(run, inks[kind], slice_make(code.data + start, place.at - start));
    }
}
