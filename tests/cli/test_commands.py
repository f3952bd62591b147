"""What holds for every command: help, usage, exit statuses, standard streams, stores that are none."""
import json
import os
import re
import signal
import sqlite3
import stat
import subprocess
import unittest

from assay import ASSAY, Case, item


def command_names(case):
    """Every command, as `assay help` lists them."""
    names = re.findall(r"^  (\w+) {2,}\S", case.ok("help").out, re.M)
    case.assertGreater(len(names), 15)
    return names


# The shortest line of each command that opens a store and needs nothing else; None: it opens none.
OPENING = {
    "demo": None, "init": None, "help": None,
    "campaign": ["campaign", "STORE"], "people": ["people", "STORE"], "rubric": ["rubric", "STORE"],
    "import": ["import", "STORE", "ITEMS"], "items": ["items", "STORE"], "gold": ["gold", "STORE"],
    "annotate": ["annotate", "STORE"], "calibrate": ["calibrate", "STORE"], "lead": ["lead", "STORE"], "questions": ["questions", "STORE"], "rulings": ["rulings", "STORE"],
    "hold": ["hold", "STORE"], "report": ["report", "STORE"], "gate": ["gate", "STORE"], "plan": ["plan", "STORE"], "hours": ["hours", "STORE"],
    "export": ["export", "STORE", "-o", "OUT"], "judgments": ["judgments", "STORE"], "check": ["check", "STORE"],
    "backup": ["backup", "STORE", "OUT"], "log": ["log", "STORE"],
}


class Commands(Case):
    def one_line(self, result, status, *parts):
        self.assertEqual(result.status, status, result.err)
        self.assertEqual(result.out, "")
        self.assertEqual(result.err.count("\n"), 1, result.err)
        self.assertTrue(result.err.startswith("assay: "), result.err)
        for part in parts:
            self.assertIn(part, result.err)

    def opening_lines(self, store):
        self.write_lines("items.jsonl", [item(1)])
        words = {"STORE": store, "ITEMS": str(self.folder / "items.jsonl"), "OUT": str(self.folder / "out")}
        for name in command_names(self):
            self.assertIn(name, OPENING, "a new command: say in OPENING how it opens a store")
            if OPENING[name]:
                yield name, [words.get(word, word) for word in OPENING[name]]

    # --- Help --------------------------------------------------------------------------------------------------

    def test_help_lists_every_command_and_explains_it(self):
        for name in command_names(self):
            with self.subTest(name):
                page = self.ok("help", name).out
                self.assertTrue(page.startswith(f"usage: assay {name}"), page)
                self.assertIn("--as NAME", page)
                self.assertEqual(self.ok(name, "--help").out, page)
                self.assertEqual(self.ok(name, "-h").out, page)

    def test_help_fits_80_columns(self):
        for words in [["help"], ["help", "keys"]] + [["help", name] for name in command_names(self)]:
            for line in self.ok(*words).out.splitlines():
                self.assertLessEqual(len(line), 80, f"{words}: {line}")

    def test_what_options_do_stands_in_one_column(self):
        page = self.ok("help", "rubric").out
        self.assertIn("\n      --folds ID,…        set: ", page)  # more bytes than columns
        self.assertIn("\n      --again SHARE       set: ", page)

    def test_help_three_ways(self):
        self.assertEqual(self.ok("--help").out, self.ok("help").out)
        self.assertEqual(self.ok("-h").out, self.ok("help").out)

    def test_every_option_that_the_interface_names_is_there(self):
        wanted = {
            "init": "campaign template", "campaign": "set json", "people": "role tracks languages categories json",
            "import": "format track labels rejects dry-run", "items": "json", "gold": "prefer json", "calibrate": "track pick items invite json", "annotate": "as track rehearse make-gold",
            "questions": "ruling json", "rulings": "track json", "hold": "annotator since until category why json",
            "report": "json csv by annotator track since until output", "hours": "by annotator csv json",
            "export": "output format track policy explain manifest", "judgments": "output", "check": "json", "log": "json",
        }
        for name, options in wanted.items():
            page = self.ok("help", name).out
            for option in options.split():
                self.assertRegex(page, rf"--{option}\b", name)

    def test_version_everywhere(self):
        version = self.ok("--version").out
        self.assertRegex(version, r"^assay \d+\.\d+\.\d+\n$")
        for name in command_names(self):
            self.assertEqual(self.ok(name, "--version").out, version, name)

    def test_nothing_said_is_wrong_usage(self):
        result = self.run_assay(expect=2)
        self.assertEqual(result.out, "")
        self.assertIn("usage:", result.err)

    # --- Wrong usage -------------------------------------------------------------------------------------------

    def test_unknown_commands_and_their_neighbours(self):
        self.one_line(self.run_assay("exprot"), 2, "'exprot'", "did you mean 'export'")
        self.one_line(self.run_assay("imports", self.store), 2, "did you mean 'import'")
        self.one_line(self.run_assay("xylophone"), 2, "'xylophone'", "assay help")
        self.one_line(self.run_assay("help", "xylophone"), 2, "'xylophone'")
        self.one_line(self.run_assay("--verson"), 2, "'--verson'")

    def test_unknown_options_in_every_command(self):
        for name in command_names(self):
            with self.subTest(name):
                self.one_line(self.run_assay(name, self.store, "--jsno"), 2, "'--jsno'", "--json")
                self.one_line(self.run_assay(name, self.store, "--as"), 2, "--as")
                self.one_line(self.run_assay(name, self.store, "--json=yes"), 2, "--json")
                self.one_line(self.run_assay(name, self.store, "-Z"), 2, "'-Z'")

    def test_too_few_words_in_every_command(self):
        for name in command_names(self):
            if OPENING[name]:
                with self.subTest(name):
                    self.one_line(self.run_assay(name), 2)

    def test_wrong_words(self):
        self.ok("init", self.store)
        for words, part in [
            (["items", "shwo", "q"], "did you mean 'show'"), (["people", "ad", "x", "--role", "lead"], "did you mean 'add'"),
            (["gold", "promot", "x"], "did you mean 'promote'"), (["hold", "relase", "1"], "did you mean 'release'"),
            (["questions", "anser", "1", "x"], "did you mean 'answer'"), (["rulings", "retir", "1"], "did you mean 'retire'"),
            (["rubric", "histroy"], "did you mean 'history'"), (["items", "show"], "usage"), (["items", "show", "zzz"], "'zzz'"),
            (["export", "-o", "x", "--ties", "maybe"], "drop|keep"), (["export"], "-o"), (["hours", "--by", "hour"], "day|week"),
            (["export", "-o", "x", "--min-agreement", "1.5"], "from 0 to 1"), (["export", "-o", "x", "--min-judgments", "two"], "'two'"),
            (["export", "-o", "x", "--min-judgments", "0"], "from 1"), (["export", "-o", "x", "--min-agreement", "nan"], "'nan'"),
            (["export", "-o", "x", "--track", "none"], "'none'"), (["judgments", "--since", "yesterday"], "'yesterday'"),
            (["judgments", "--annotator", "nobody"], "'nobody'"), (["hours", "--annotator", "nobody"], "'nobody'"), (["report", "--annotator", "nobody"], "'nobody'"), (["report", "--by", "people"], "people"),
            (["report", "--since", "2026-02-30"], "2026-02-30"), (["report", "--since", "2026-02-02", "--until", "2026-02-01"], "after"), (["hold", "release", "x"], "'x'"), (["hold", "release", "99"], "99"), (["hold", "redo", "99", "--why", "x"], "99"),
            (["hold", "add", "--why", "x"], "--annotator"), (["hold", "add", "--annotator", "nobody", "--why", "x"], "'nobody'"),
            (["questions", "answer", "99", "text"], "99"), (["rulings", "retire", "99"], "99"), (["gold", "promote", "zzz", "--prefer", "r1", "--why", "x"], "'zzz'"),
            (["items", "retire", "zzz"], "--why"), (["people", "add", "ana"], "--role"), (["people", "add", "ana", "--role", "boss"], "boss"),
            (["people", "pause", "nobody"], "'nobody'"), (["campaign", "extra"], "usage"), (["log", "extra"], "usage"), (["check", "extra"], "usage"),
        ]:
            with self.subTest(" ".join(words)):
                self.one_line(self.run_assay(words[0], self.store, *words[1:]), 2, part)

    def test_options_stand_anywhere_and_two_dashes_end_them(self):
        self.ok("init", self.store)
        self.assertEqual(self.ok("log", "--json", self.store).lines, self.ok("log", self.store, "--json").lines)
        self.assertIn("'--json'", self.run_assay("items", self.store, "show", "--", "--json", expect=2).err)
        path = self.write_lines("-dash.jsonl", [item(1)])
        self.assertEqual(subprocess.run([ASSAY, "import", self.store, "--", "-dash.jsonl"], cwd=self.folder, stderr=subprocess.DEVNULL).returncode, 0, path)

    # --- Stores that are none ----------------------------------------------------------------------------------

    def test_no_such_store(self):
        for name, words in self.opening_lines(str(self.folder / "nothing.assay")):
            with self.subTest(name):
                self.one_line(self.run_assay(*words), 4, "nothing.assay")
                self.assertFalse((self.folder / "nothing.assay").exists())

    def test_not_a_store(self):
        for content in [b"", b"hello\n", b"SQLite format 3\0" + b"\0" * 4096, os.urandom(9000)]:
            path = self.write("text.assay", content)
            for name, words in self.opening_lines(path):
                with self.subTest(name, length=len(content)):
                    self.one_line(self.run_assay(*words), 4, "text.assay")
                    self.assertEqual((self.folder / "text.assay").read_bytes(), content)

    def test_another_sqlite_file(self):
        path = str(self.folder / "other.assay")
        with sqlite3.connect(path) as other:
            other.execute("create table t (x)")
        other.close()
        for name, words in self.opening_lines(path):
            with self.subTest(name):
                self.one_line(self.run_assay(*words), 4, "other.assay")

    def test_a_folder_or_a_device_is_no_store(self):
        for place in [str(self.folder), "/dev/null", "/dev/zero"]:
            with self.subTest(place):
                self.one_line(self.run_assay("items", place), 4, place)

    def test_a_newer_store_is_refused_and_left_as_it_is(self):
        self.ok("init", self.store)
        with sqlite3.connect(self.store) as other:
            other.execute("pragma user_version = 999")
        other.close()
        before = self.read_all()
        for name, words in self.opening_lines(self.store):
            with self.subTest(name):
                self.one_line(self.run_assay(*words), 4, "work.assay")
        self.assertEqual(self.read_all(), before)

    def read_all(self):
        with open(self.store, "rb") as store:
            return store.read()

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_store_that_may_not_be_read(self):
        self.ok("init", self.store)
        os.chmod(self.store, 0)
        for name, words in self.opening_lines(self.store):
            with self.subTest(name):
                self.one_line(self.run_assay(*words), 4, "work.assay")

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_store_that_may_not_be_written(self):
        self.fill()
        for path, mode in [(self.store, 0o400), (self.folder, 0o500)]:
            os.chmod(path, mode)
            try:
                for name, words in [("import", ["import", self.store, str(self.folder / "items.jsonl"), "--track", "preference"]), ("people", ["people", self.store, "add", "a", "--role", "lead"])]:
                    with self.subTest(name, mode=oct(mode)):
                        result = self.run_assay(*words)
                        self.one_line(result, 4, "work.assay")
            finally:
                os.chmod(path, 0o700)
        self.ok("check", self.store)

    def test_init_makes_a_private_file_and_never_replaces_one(self):
        self.ok("init", self.store)
        self.assertEqual(stat.S_IMODE(os.stat(self.store).st_mode), 0o600)
        before = self.read_all()
        self.one_line(self.run_assay("init", self.store), 4, "work.assay")
        self.assertEqual(self.read_all(), before)
        path = self.write("notes.txt", "mine\n")
        self.one_line(self.run_assay("init", path), 4, "notes.txt")
        self.assertEqual((self.folder / "notes.txt").read_text(), "mine\n")
        self.one_line(self.run_assay("init", self.folder / "none" / "x.assay"), 4, "none")

    def test_a_link_in_place_of_a_store_is_refused(self):
        self.ok("init", self.store)
        os.symlink(self.store, self.folder / "link.assay")
        self.one_line(self.run_assay("items", self.folder / "link.assay"), 4, "link.assay")

    # --- Standard streams --------------------------------------------------------------------------------------

    def fill(self):
        self.ok("init", self.store)
        self.ok("import", self.store, self.write_lines("items.jsonl", [item(n) for n in range(500)]))

    def test_a_full_disk_is_not_success(self):
        self.fill()
        lines = [["help"], ["--help"], ["--version"], ["help", "export"], ["campaign", self.store], ["people", self.store], ["rubric", self.store],
                 ["items", self.store], ["items", self.store, "--json"], ["gold", self.store], ["questions", self.store], ["rulings", self.store],
                 ["hold", self.store], ["report", self.store], ["report", self.store, "--json"], ["hours", self.store, "--csv"], ["check", self.store],
                 ["log", self.store], ["rubric", "check", self.write("r.yaml", "rubric: r\n")], ["export", self.store, "-o", "/dev/full"],
                 ["report", self.store, "-o", "/dev/full"]]
        for words in lines:
            with self.subTest(" ".join(words)), open("/dev/full", "w") as full:
                done = subprocess.run([ASSAY, *words], stdout=full, stderr=subprocess.PIPE, text=True)
                if "-o" not in words or done.returncode != 0:
                    self.assertEqual(done.returncode, 4, done.stderr)
                    self.assertEqual(done.stderr.count("\n"), 1, done.stderr)

    def test_a_closed_pipe_ends_quietly(self):
        self.fill()
        for words in [["items", self.store, "--json"], ["items", self.store], ["log", self.store]]:
            with self.subTest(" ".join(words)):
                reader, writer = os.pipe()
                os.close(reader)
                done = subprocess.run([ASSAY, *words], stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60)
                os.close(writer)
                self.assertIn(done.returncode, (4, -signal.SIGPIPE))
                self.assertLessEqual(done.stderr.count("\n"), 1)
        self.assertEqual(self.ok("check", self.store).status, 0)

    def test_a_dash_is_standard_output_and_input(self):
        self.ok("init", self.store)
        self.ok("import", self.store, "-", input='{"id": "a", "prompt": "p", "responses": ["x", "y"]}\n')
        self.assertEqual(len(self.ok("items", self.store, "--json").lines), 1)
        for words in [["judgments"], ["export"], ["report"]]:
            self.ok(words[0], self.store, "-o", "-")
        self.assertFalse((self.folder / "-").exists())
        self.assertEqual(self.ok("report", self.store, "--json", "-o", "-").json["campaign"], "preference")

    def test_what_is_written_never_replaces_a_store(self):
        self.fill()
        bad = self.write("bad.jsonl", "x\n")
        self.ok("people", self.store, "add", "ana", "--role", "annotator", as_name="lea")
        self.ok("people", self.store, "add", "ben", "--role", "annotator", as_name="lea")
        self.ok("calibrate", self.store, "new", "one", "--items", "1", "--pick", "random", as_name="lea")
        before = (self.folder / "work.assay").read_bytes()
        for words in [["export", self.store, "-o", self.store], ["export", self.store, "-o", self.folder / "out", "--manifest", self.store],
                      ["report", self.store, "-o", self.store], ["judgments", self.store, "-o", self.store],
                      ["calibrate", self.store, "show", "one", "-o", self.store], ["import", self.store, bad, "--rejects", self.store]]:
            with self.subTest(" ".join(map(str, words))):
                self.one_line(self.run_assay(*words, as_name="lea"), 4, "is a store or another database")
                self.assertEqual((self.folder / "work.assay").read_bytes(), before)
        self.assertFalse((self.folder / "out").exists())

    def test_data_goes_to_standard_output_and_messages_to_standard_error(self):
        self.fill()
        for words in [["items", self.store, "--json"], ["log", self.store, "--json"], ["report", self.store, "--json"], ["people", self.store],
                      ["campaign", self.store], ["rubric", self.store, "history"], ["check", self.store], ["hold", self.store]]:
            with self.subTest(" ".join(words)):
                result = self.ok(*words)
                self.assertEqual(result.err, "")
                self.assertNotEqual(result.out, "")
        self.assertEqual(self.run_assay("import", self.store, "-", input=b"").out, "")

    def test_what_reports_takes_json(self):
        self.fill()
        for name in ["campaign", "people", "rubric", "gold", "questions", "rulings", "hold", "report", "hours", "check"]:
            with self.subTest(name):
                self.assertIsNotNone(self.ok(name, self.store, "--json").json)
        self.assertIsInstance(self.ok("rubric", self.store, "history", "--json").json, list)
        self.assertEqual([one["version"] for one in self.ok("campaign", self.store, "--history", "--json").json], [1])
        (implied,) = self.ok("campaign", self.store, "--json").json["implied"].values()
        self.assertEqual((implied["up"], implied["down"], implied["limit"], round(implied["run_length_in_control"])), (3, 1, 15, 1048))
        checked = self.ok("rubric", "check", self.write("r.yaml", "rubric: r\nflags: [unsafe]\n"), "--json").json
        self.assertEqual([(one["rubric"], one["version"], one["flags"]) for one in checked], [("r", 1, 1)])
        beside = self.ok("export", self.store, "-o", "-", "--json")
        self.assertEqual((beside.out, json.loads(beside.err)["rows"]), ("", 0))
        summary = self.ok("export", self.store, "-o", self.folder / "out.jsonl", "--json")
        self.assertEqual((summary.err, summary.json["items"], summary.json["rows"], summary.json["left_out"]["no_judgment"]), ("", 500, 0, 500))
        for name in ["items", "log", "judgments"]:
            with self.subTest(name):
                self.assertIsInstance(self.ok(name, self.store, "--json").lines, list)

    def test_an_empty_list_says_so_in_one_line(self):
        self.ok("init", self.store)
        for name in ["people", "gold", "items", "questions", "rulings", "hold", "hours"]:
            with self.subTest(name):
                self.assertRegex(self.ok(name, self.store).out, r"^(no|nobody|nothing)\b[^\n]*\n$")

    def test_annotate_wants_a_terminal(self):
        self.ok("init", self.store)
        for name in ["annotate", "lead"]:
            self.one_line(self.run_assay(name, self.store), 4, "terminal")

    def test_a_locale_that_is_not_utf_8_changes_nothing(self):
        self.ok("init", self.store)
        self.ok("import", self.store, "-", input='{"id": "ü", "prompt": "Größe 東京", "responses": ["x", "y"]}\n')
        for locale in ["C", "POSIX", "de_DE.ISO-8859-1", "nonsense"]:
            result = self.ok("items", self.store, environment={"LANG": locale, "LC_ALL": locale})
            self.assertIn("Größe 東京", result.out)

    def test_who_acts(self):
        self.ok("init", self.store)
        self.ok("people", self.store, "add", "ana", "--role", "lead", environment={"USER": "lee"})
        for environment in [{"ASSAY_ANNOTATOR": "ana"}, {"USER": "ana"}, {"ASSAY_ANNOTATOR": "", "USER": "ana"}]:
            self.ok("people", self.store, environment=environment)
        self.one_line(self.run_assay("people", self.store, environment={"ASSAY_ANNOTATOR": "ben", "USER": "ana"}), 2, "'ben'")
        self.ok("people", self.store, as_name="ana", environment={"ASSAY_ANNOTATOR": "ben"})
        self.one_line(self.run_assay("people", self.store, "--as", ""), 2, "name")


if __name__ == "__main__":
    unittest.main()
