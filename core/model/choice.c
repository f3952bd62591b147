/* Orders of responses as text; see choice.h. */
#include "core/model/choice.h"

#include "core/base/banned.h"

/* Reads letters (with signs between, if signs) and checks that they are of the first `responses`, each once. */
static bool letters_once(struct slice text, size_t responses, bool signs) {
    if (responses == 0 || responses > LIMIT_RESPONSES || text.length == 0 || (signs && text.length % 2 == 0))
        return false;
    unsigned seen = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (signs && i % 2 == 1) {
            if (c != '>' && c != '=')
                return false;
            continue;
        }
        unsigned n = (unsigned)(c - 'a');
        if (c < 'a' || n >= responses || (seen >> n & 1u))
            return false;
        seen |= 1u << n;
    }
    return true;
}

bool ranking_valid(struct slice text, size_t responses, bool partial) {
    return letters_once(text, responses, true) && (partial || text.length == 2 * responses - 1);
}

int ranking_tiers(const char *text, size_t responses, int tier[LIMIT_RESPONSES]) {
    int groups = 1;
    for (const char *at = text; *at; at++)
        groups += *at == '>';
    for (size_t i = 0; i < responses; i++)
        tier[i] = groups;
    for (int now = 0; *text; text++) {
        if (*text == '>')
            now++;
        else if (*text != '=')
            tier[*text - 'a'] = now;
    }
    return groups;
}

size_t ranking_placed(const char *text) {
    return (strlen(text) + 1) / 2;
}

void ranking_close(struct ranking *ranking, size_t responses) {
    char *text = ranking->text;
    size_t length = strlen(text);
    if (length == 0 || ranking_placed(text) + 1 != responses)
        return;
    for (size_t i = 0; i < responses; i++) {
        char letter = (char)('a' + i);
        if (!strchr(text, letter)) {
            memcpy(text + length, (const char[]){'>', letter, '\0'}, 3);
            return;
        }
    }
}

int ranking_first(const char *text) {
    return text[0] && text[1] == '=' ? CHOICE_TIE : text[0] - 'a';
}

bool shown_valid(struct slice shown, size_t responses) {
    return shown.length == responses && letters_once(shown, responses, false);
}

int shown_position(const char *shown, int response) {
    for (int i = 0; shown[i]; i++)
        if (shown[i] == 'a' + response)
            return i;
    return -1;
}
