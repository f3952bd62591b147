/* Orders of responses as text; see choice.h. */
#include "core/model/choice.h"

#include "core/base/banned.h"

/* Reads letters (with signs between, if signs) and checks that they are the first `responses`, each once. */
static bool letters_once(struct slice text, size_t responses, bool signs) {
    if (responses == 0 || responses > LIMIT_RESPONSES || text.length != (signs ? 2 * responses - 1 : responses))
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

bool ranking_valid(struct slice text, size_t responses) {
    return letters_once(text, responses, true);
}

void ranking_tiers(const char *text, int tier[LIMIT_RESPONSES]) {
    int now = 0;
    for (; *text; text++) {
        if (*text == '>')
            now++;
        else if (*text != '=')
            tier[*text - 'a'] = now;
    }
}

int ranking_first(const char *text) {
    return text[0] && text[1] == '=' ? CHOICE_TIE : text[0] - 'a';
}

bool shown_valid(struct slice shown, size_t responses) {
    return letters_once(shown, responses, false);
}

int shown_position(const char *shown, int response) {
    for (int i = 0; shown[i]; i++)
        if (shown[i] == 'a' + response)
            return i;
    return -1;
}
