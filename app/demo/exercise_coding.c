/* Coding: what a command or an expression does, and small computations that a program would do. See exercise.h. */
#include "app/demo/exercise.h"
#include "core/base/array.h"

#include "core/base/banned.h"

static const struct fact commands[] = {
    {"git stash",
     "It puts your uncommitted changes aside and gives you a clean working tree; `git stash pop` brings them back.",
     "It commits your changes to the current branch under an automatic message.",
     "A stash is kept apart from the branch, so nothing is committed to it."},
    {"git fetch", "It downloads new commits and branches from the remote but changes nothing in your files.",
     "It downloads the remote's changes and merges them into your current branch.",
     "Fetching and merging together is `git pull`."},
    {"git commit --amend",
     "It replaces the last commit by a new one, with the staged changes and, if you like, a new message.",
     "It adds a second commit that corrects the last one and leaves that as it is.",
     "The old commit is replaced, which is why one shouldn't amend what is pushed."},
    {"git checkout -b fix", "It makes a new branch `fix` at the current commit and switches to it.",
     "It switches to the existing branch `fix` and discards local changes.",
     "`-b` creates the branch; it never throws changes away."},
    {"git log --oneline -5", "It lists the last five commits, one line each, with the short hash and the subject.",
     "It lists the commits of the last five days, one line each.",
     "`-5` is a number of commits; days would need `--since`."},
    {"git restore app.py", "It throws away the unstaged changes in `app.py` and takes the version from the index.",
     "It brings back the version of `app.py` from the commit before the last one.",
     "Without `--source` it restores from the index."},
    {"chmod 640 notes.txt", "The owner may read and write, the group may read, everybody else may do nothing.",
     "The owner may do everything, the group may write, everybody else may read.",
     "6 is read and write, 4 is read, 0 is nothing."},
    {"chmod +x run.sh", "It makes `run.sh` executable, so that it can be started as `./run.sh`.",
     "It runs `run.sh` with the rights of its owner.", "`+x` sets the permission; it starts nothing."},
    {"ls -lt", "It lists the files in long form, the most recently changed first.",
     "It lists the files in long form, the largest first.", "`-t` sorts by time; by size it would be `-S`."},
    {"grep -rn TODO src", "It looks for TODO in all files below `src` and prints file, line number and line.",
     "It looks for TODO in the file `src` and prints how often it occurs.",
     "`-r` goes through the folder and `-n` prints line numbers; counting is `-c`."},
    {"grep -v '^#' conf", "It prints the lines of `conf` that don't begin with `#`.",
     "It prints only the lines of `conf` that begin with `#`.", "`-v` turns the match round."},
    {"tail -f app.log", "It prints the end of `app.log` and goes on printing what is added to it.",
     "It prints the first lines of `app.log` and then stops.", "`tail` shows the end, and `-f` follows the file."},
    {"wc -l names.txt", "It prints how many lines `names.txt` has.", "It prints how many letters `names.txt` has.",
     "`-l` counts lines; characters would be `-m`."},
    {"sort names.txt | uniq -c", "It prints each different line once, with how often it occurs.",
     "It prints only the lines that occur exactly once.", "`-c` counts; lines that occur once would be `uniq -u`."},
    {"du -sh photos", "It prints how much disk space the folder `photos` takes, in a readable unit.",
     "It prints how much space is free on the disk that holds `photos`.", "Free space is what `df -h` prints."},
    {"cp -r a b", "It copies the folder `a` with everything in it to `b`.", "It renames the folder `a` to `b`.",
     "`cp` copies and leaves `a` in place; renaming is `mv`."},
    {"mkdir -p a/b/c",
     "It makes the folder `c` and the folders above it that are missing, and doesn't complain if they exist.",
     "It makes the folder `c` and protects it with a password.", "`-p` stands for parents."},
    {"nohup ./job &", "It starts `./job` in the background so that it goes on when you log out.",
     "It starts `./job` with the lowest priority.",
     "Low priority would be `nice`; `nohup` ignores the hang-up signal."},
    {"df -h", "It prints how full each mounted file system is, in readable units.",
     "It prints the size of each folder in the current one.", "Sizes of folders are what `du` prints."},
    {"tar xzf data.tar.gz", "It unpacks `data.tar.gz` into the current folder.",
     "It packs the current folder into `data.tar.gz`.", "`x` extracts; creating would be `c`."},
    {"curl -O https://example.org/a.zip", "It downloads the file and saves it as `a.zip` in the current folder.",
     "It opens the page in the standard browser.", "`-O` saves under the remote name."},
    {"ssh -p 2222 ana@host", "It logs in to `host` as `ana` through port 2222.",
     "It logs in to `host` with the password 2222.", "`-p` is the port; a password can't be given this way."},
    {"crontab -e", "It opens your table of scheduled jobs in an editor.", "It empties your table of scheduled jobs.",
     "`-e` edits; removing the table would be `-r`."},
    {"docker ps -a", "It lists all containers, stopped ones too.", "It lists all images that are on the machine.",
     "Images are listed by `docker images`."},
    {"npm ci", "It installs exactly the versions of the lock file, after removing `node_modules`.",
     "It installs the newest versions that package.json allows.",
     "The lock file decides; `npm update` would look for newer ones."},
    {"pip freeze", "It prints the installed packages with their exact versions.",
     "It stops pip from updating the installed packages.", "Nothing is locked; it is only a list."},
    {"SELECT COUNT(email) FROM users", "It counts the users whose email is not NULL.",
     "It counts all users, whether they have an email or not.",
     "COUNT of a column skips NULL; all rows would be COUNT(*)."},
    {"SELECT DISTINCT city FROM users", "It lists each city once.", "It lists the cities that occur only once.",
     "DISTINCT removes repetitions; it doesn't filter by count."},
    {"DELETE FROM sessions", "It deletes all rows of `sessions`, but the table stays.",
     "It deletes the table `sessions` with its columns.", "Removing the table would be DROP TABLE."},
    {"ORDER BY age DESC LIMIT 3", "It keeps the three rows with the greatest age.",
     "It keeps the three rows with the smallest age.", "DESC puts the greatest first."},
    {"const in JavaScript", "The name can't be assigned again, but an object behind it can still be changed.",
     "The value and everything inside it can never change.", "`const` fixes the binding, not the object."},
    {"=== in JavaScript", "It compares without converting types: `1 === '1'` is false.",
     "It compares after converting both sides to the same type: `1 === '1'` is true.", "Converting is what `==` does."},
    {"list.sort() in Python", "It sorts the list in place and returns None.",
     "It returns a sorted copy and leaves the list as it is.", "The copy is what `sorted(list)` returns."},
    {"is in Python", "It asks whether two names mean the same object, not whether the values are equal.",
     "It asks whether two values are equal, like `==`, but faster.", "Equal lists can be different objects."},
    {"dict.get('a', 0) in Python", "It returns the value for 'a', or 0 if there is none, without changing the dict.",
     "It returns the value for 'a', and stores 0 under 'a' if there is none.",
     "Storing the default is what `setdefault` does."},
    {"status code 404", "The server was reached but has nothing at this address.", "The server could not be reached.",
     "404 is an answer of the server; without a server there's no code."},
    {"status code 301", "The page has moved for good, and clients should use the new address.",
     "The page has moved for a while, and clients should keep the old address.", "For a while would be 302 or 307."},
    {"status code 403", "The server understood the request but refuses it; logging in again won't help.",
     "The request has no valid login, and one should log in.", "A missing login would be 401."},
    {"status code 503", "The server can't answer right now, for example because it's overloaded.",
     "The address asked for doesn't exist.", "A missing address would be 404."},
    {"static on a function in C", "The function can be seen only in its own file.",
     "The function keeps its local variables from call to call.",
     "Keeping a variable is what `static` on that variable does."},
    {"the escape \\t", "It stands for a tab.", "It stands for a line break.", "A line break would be \\n."},
    {"O(log n)", "Doubling the input adds about one more step.", "Doubling the input doubles the number of steps.",
     "Doubling the steps would be O(n)."},
};

static void make_command(struct exercise *out, size_t index) {
    static const char *const frames[] = {"What does this do: `{}`?",
                                         "I found `{}` in our notes. Explain it in a sentence or two, please.",
                                         "In plain words, what is `{}` for?"};
    exercise_fact(out, commands, COUNT_OF(commands), frames, index, index % 3 ? DIFFICULTY_EASY : DIFFICULTY_MEDIUM);
}

static void make_slice(struct exercise *out, size_t index) {
    static const char *const words[] = {"harbor",  "lantern",  "compass",  "granite",
                                        "orchard", "tidepool", "workshop", "mountain"};
    const char *word = words[index % COUNT_OF(words)];
    int from = 1 + (int)(index / COUNT_OF(words)) % 3, to = from + 2 + (int)(index / COUNT_OF(words) / 3) % 2;
    buffer_add_format(&out->prompt, "In Python, what is `\"%s\"[%d:%d]`?", word, from, to);
    buffer_add_format(&out->right, "It is `\"%.*s\"`.", to - from, word + from);
    buffer_add_format(&out->wrong, "It is `\"%.*s\"`.", to - from + 1, word + from);
    buffer_add_format(&out->because, "Counting starts at 0 and position %d is not included.", to);
    out->difficulty = DIFFICULTY_MEDIUM;
}

static void make_range(struct exercise *out, size_t index) {
    int from = 1 + (int)index % 4, step = 2 + (int)index / 4 % 4, to = from + step * (3 + (int)index / 16 % 2);
    buffer_add_format(&out->prompt, "What is `list(range(%d, %d, %d))` in Python?", from, to, step);
    buffer_add_string(&out->right, "`[");
    buffer_add_string(&out->wrong, "`[");
    for (int value = from; value <= to; value += step) {
        if (value < to)
            buffer_add_format(&out->right, "%s%d", value > from ? ", " : "", value);
        buffer_add_format(&out->wrong, "%s%d", value > from ? ", " : "", value);
    }
    buffer_add_string(&out->right, "]`");
    buffer_add_string(&out->wrong, "]`");
    buffer_add_format(&out->because, "The end, %d, is not part of the range.", to);
    out->difficulty = DIFFICULTY_EASY;
}

static void make_modulo(struct exercise *out, size_t index) {
    int b = 3 + (int)index % 3, a = b * (2 + (int)index / 3) + 1 + (int)index % 2;
    buffer_add_format(&out->prompt, "What is `-%d %% %d` in Python?", a, b);
    buffer_add_format(&out->right, "It is %d.", b - a % b);
    buffer_add_format(&out->wrong, "It is -%d.", a % b);
    buffer_add_string(&out->because, "In Python the remainder has the sign of the divisor; in C it would be negative.");
    out->difficulty = DIFFICULTY_HARD;
}

static void make_hex(struct exercise *out, size_t index) {
    unsigned value = 26 + (unsigned)index * 11;
    buffer_add_format(&out->prompt, "What is hexadecimal %X in decimal?", value);
    buffer_add_format(&out->right, "%X is **%u**: %u × 16 + %u.", value, value, value / 16, value % 16);
    buffer_add_format(&out->wrong, "%X is **%u**: %u × 10 + %u.", value, value / 16 * 10 + value % 16, value / 16,
                      value % 16);
    buffer_add_string(&out->because, "The place before the last counts 16s, not tens.");
    out->difficulty = DIFFICULTY_EASY;
}

static void make_cron(struct exercise *out, size_t index) {
    static const char *const days[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    int minute = 5 * (1 + (int)index % 6), hour = 13 + (int)index / 6 % 5, day = 1 + (int)index % 5;
    buffer_add_format(&out->prompt, "When does the cron line `%d %d * * %d` run?", minute, hour, day);
    buffer_add_format(&out->right, "Every %s at %d:%02d.", days[day], hour, minute);
    buffer_add_format(&out->wrong, "On day %d of every month at %d:%02d.", day, hour, minute);
    buffer_add_string(&out->because, "The fifth field is the day of the week; the day of the month is the third.");
    out->difficulty = DIFFICULTY_MEDIUM;
}

const struct exercise_source coding_sources[] = {
    {make_command, 3 * COUNT_OF(commands)},
    {make_slice, 40},
    {make_range, 28},
    {make_modulo, 24},
    {make_hex, 24},
    {make_cron, 24},
    {0},
};
