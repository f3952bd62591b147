#include <stdio.h>

#include "core/base/array.h"
#include "ui/child.h"

#include "core/base/banned.h"

/* One word from *at on, unquoted into the buffer. False when a quote stays open. */
static bool read_word(const char **at, struct buffer *word) {
    char quote = 0;
    const char *c = *at;
    for (; *c && (quote || (*c != ' ' && *c != '\t' && *c != '\n')); c++) {
        if (quote == '\'') {
            if (*c == '\'')
                quote = 0;
            else
                buffer_add_char(word, *c);
        } else if (*c == '\\' && c[1] && (!quote || c[1] == '"' || c[1] == '\\')) {
            buffer_add_char(word, *++c);
        } else if (*c == '"' || (*c == '\'' && !quote)) {
            quote = quote ? 0 : *c;
        } else {
            buffer_add_char(word, *c);
        }
    }
    *at = c;
    return quote == 0;
}

int words_split(struct pool *pool, const char *command, char ***words, struct error *error) {
    struct {
        char **items;
        size_t count, capacity;
    } found = {0};
    struct buffer word = BUFFER_INIT;
    int status = 0;
    for (const char *at = command; status == 0;) {
        while (*at == ' ' || *at == '\t' || *at == '\n')
            at++;
        if (!*at)
            break;
        buffer_clear(&word);
        if (!read_word(&at, &word))
            status = error_set(error, STATUS_INPUT, "the quote in \"%s\" is not closed; close it", command);
        else
            *ARRAY_ADD(&found) = pool_string(pool, buffer_slice(&word));
    }
    if (status == 0) {
        *words = pool_new(pool, found.count + 1, sizeof **words);
        for (size_t i = 0; i < found.count; i++)
            (*words)[i] = found.items[i];
        status = (int)found.count;
    }
    buffer_release(&word);
    ARRAY_RELEASE(&found);
    return status;
}
