"""config.yaml of a person: read before a screen opens, refused with its place and a suggestion; and what help, README and manual page say of it."""
import re
import shutil
import subprocess
import unittest

from assay import SOURCE, Case

# What stands in the file, and what the refusal says: place, field, what is wrong.
REFUSED = [
    ("theme: drak\n", "1:8: theme: ", 'did you mean "dark"'),
    ("theme: [dark]\n", "1:8: theme: ", "a list"),
    ("thema: dark\n", "1:1: thema: ", 'did you mean "theme"'),
    ("theme: dark\ntheme: light\n", "2:1: ", "second time"),
    ("mouse: on\n", "1:8: mouse: ", "write true"),
    ("rest_minutes: -1\n", "1:15: rest_minutes: ", "0 to 600"),
    ("rest_minutes: often\n", "1:15: rest_minutes: ", "not a whole number"),
    ("keys: [x]\n", "1:7: keys: ", "not a map"),
    ("keys:\n  readin: {undo: x}\n", "2:3: keys.readin: ", 'did you mean "reading"'),
    ("keys:\n  zoo: {undo: x}\n", "2:3: keys.zoo: ", "assay help keys"),
    ("keys:\n  reading: {undoo: x}\n", "2:13: keys.reading.undoo: ", 'did you mean "undo"'),
    ("keys:\n  reading: {submit: x}\n", "2:13: keys.reading.submit: ", "belongs to answering"),
    ("keys:\n  list: {undo: x}\n", "2:10: keys.list.undo: ", "belongs to reading"),
    ("keys:\n  reading:\n    undo: Pagedown\n", "3:11: keys.reading.undo: ", 'did you mean "PageDown"'),
    ("keys:\n  reading:\n    undo: Control-U\n", "3:11: keys.reading.undo: ", "Ctrl-X"),
    ("keys:\n  reading:\n    undo: [F12, hello]\n", "3:17: keys.reading.undo: ", '"hello"'),
    ("keys:\n  reading:\n    undo: []\n", "3:11: keys.reading.undo: ", "at least 1"),
    ("keys:\n  reading:\n    undo: ~\n", "3:11: keys.reading.undo: ", "nothing"),
    ("keys:\n  reading:\n    undo: 5\n", "3:11: keys.reading.undo: ", "digits answer"),
    ("keys:\n  reading:\n    undo: \"٥\"\n", "3:11: keys.reading.undo: ", "digits answer"),
    ("keys:\n  reading:\n    undo: Esc\n", "3:11: keys.reading.undo: ", "leads out"),
    ("keys:\n  reading:\n    undo: Ctrl-C\n", "3:11: keys.reading.undo: ", "leads out"),
    ("keys:\n  reading:\n    undo: Ctrl-M\n", "3:11: keys.reading.undo: ", "write Enter"),
    ("keys:\n  reading:\n    undo: Ctrl-I\n", "3:11: keys.reading.undo: ", "write Tab"),
    ("keys:\n  reading:\n    undo: Ctrl-H\n", "3:11: keys.reading.undo: ", "Backspace"),
    ("keys:\n  reading:\n    undo: Ctrl-5\n", "3:11: keys.reading.undo: ", "do not send"),
    ("keys:\n  reading:\n    undo: Alt-x\n", "3:11: keys.reading.undo: ", "Alt-b"),
    ("keys:\n  reading:\n    undo: Shift-x\n", "3:11: keys.reading.undo: ", "capital"),
    ("keys:\n  reading:\n    undo: Shift-Enter\n", "3:11: keys.reading.undo: ", "most terminals"),
    ("keys:\n  reading:\n    undo: F13\n", "3:11: keys.reading.undo: ", "Shift-F1"),
    ("keys:\n  answering:\n    digit: x\n", "3:5: keys.answering.digit: ", "digits answer"),
    ("keys:\n  typing:\n    editor: E\n", "3:13: keys.typing.editor: ", "typed"),
    ("keys:\n  everywhere:\n    redraw: x\n", "3:13: keys.everywhere.redraw: ", "typed"),
    ("keys:\n  reading:\n    undo: g\n", "3:11: keys.reading.undo: ", '"g" is guideline there already'),
    ("keys:\n  reading:\n    undo: Enter\n", "3:11: keys.reading.undo: ", "submit there already"),
    ("keys:\n  answering:\n    submit: F2\n", "3:13: keys.answering.submit: ", "guideline there already"),
    ("keys:\n  reading: {undo: x, alone: x}\n", "2:19: keys.reading.undo: ", "alone there already"),
    ("keys:\n  everywhere: {suspend: F5}\n  desk: {desk-gold: Z}\n", "2:25: keys.everywhere.suspend: ", "differences there already"),
    ("a: *b\n", "1:", "alias"),
    ("keys: {\n", "", ""),
]

TAKEN = [
    "", "# nothing\n", "rest_minutes: 0\n", "rest_minutes: 90\n", "mouse: true\n", "theme: auto\n", "theme: mono\nkeys: {}\n", "keys:\n  reading: {undo: x}\n",
    "keys:\n  reading: {undo: g, guideline: u}\n",  # two keys may change places
    "keys:\n  everywhere: {suspend: F11}\n  reading: {undo: Ctrl-Z}\n",
    "keys:\n  reading: {undo: [x, F12, Ctrl-Left, \"?\"], help: F1}\n",
    "keys:\n  answering: {submit: [Enter, Ctrl-D]}\n  list: {open: l}\n",
]


class Preferences(Case):
    def configure(self, text):
        (self.folder / "assay").mkdir(exist_ok=True)
        self.write("assay/config.yaml", text)
        return {"XDG_CONFIG_HOME": str(self.folder)}

    def test_refused_with_place_and_suggestion(self):
        for text, place, words in REFUSED:
            with self.subTest(text):
                result = self.run_assay("help", "keys", environment=self.configure(text))
                self.assertEqual(result.status, 3, result.err)
                self.assertEqual(result.out, "")
                self.assertEqual(result.err.count("\n"), 1)
                self.assertIn(f"/assay/config.yaml:{place}", result.err)
                self.assertIn(words, result.err)

    def test_refused_before_the_screen_opens(self):
        self.ok("init", self.store)
        environment = self.configure("keys:\n  reading: {undoo: x}\n")
        for command in ["annotate", "lead"]:
            result = self.run_assay(command, self.store, environment=environment)
            self.assertEqual(result.status, 3, result.err)
            self.assertIn("config.yaml:2:13", result.err)
        self.assertEqual(self.run_assay("report", self.store, environment=environment).status, 0)  # no screen, no keys

    def test_taken(self):
        for text in TAKEN:
            with self.subTest(text):
                self.ok("help", "keys", environment=self.configure(text))

    def test_where_it_stands(self):
        home = self.folder / ".config" / "assay"
        home.mkdir(parents=True)
        (home / "config.yaml").write_text("theme: drak\n")
        self.assertEqual(self.run_assay("help", "keys").status, 3)  # HOME is the folder
        self.assertEqual(self.run_assay("help", "keys", environment={"XDG_CONFIG_HOME": "relative"}).status, 3)
        self.ok("help", "keys", environment={"XDG_CONFIG_HOME": str(self.folder / "none")})
        (home / "config.yaml").unlink()
        (home / "config.yaml").mkdir()
        self.assertEqual(self.run_assay("help", "keys").status, 4)

    def test_help_shows_the_keys_as_they_are_bound(self):
        def row(out, context, name):
            part = out.split(f"({context})\n")[1].split("\n\n")[0]
            found = [line for line in part.splitlines() if re.search(rf"\b{name} ", line)]
            self.assertEqual(len(found), 1, part)
            return found[0].split()
        before = self.ok("help", "keys").out
        self.assertEqual(row(before, "reading", "undo")[:3], ["u", "Ctrl-U", "undo"])
        after = self.ok("help", "keys", environment=self.configure("keys:\n  reading: {undo: [F12, Ctrl-X]}\n  everywhere: {redraw: F11}\n")).out
        self.assertEqual(row(after, "reading", "undo")[:3], ["F12,", "Ctrl-X", "undo"])
        self.assertEqual(row(after, "everywhere", "redraw")[:2], ["F11", "redraw"])
        self.assertEqual(row(after, "reading", "guideline")[:3], ["g", "F2", "guideline"])

    def test_the_example_of_readme_and_help_is_taken(self):
        readme = (SOURCE / "README.md").read_text(encoding="utf-8")
        example = re.search(r"\n(      theme: .*?\n)\n", readme, re.S).group(1)
        example = "".join(line[6:] + "\n" for line in example.splitlines())
        self.ok("help", "keys", environment=self.configure(example))
        keys = self.ok("help", "keys").out
        self.assertIn("\n\n" + example + "\n", keys)

    def test_the_keys_that_readme_names_are_those_of_the_table(self):
        readme = (SOURCE / "README.md").read_text(encoding="utf-8")
        part = readme.split("## Ten minutes as an annotator")[1].split("\n## ")[0]
        table = self.ok("help", "keys").out
        named = set(re.findall(r"`([a-z]|Ctrl-[A-Z]|Space|F\d+|Enter)`", part)) - {"q"}
        self.assertGreater(len(named), 8)
        for key in named | {"q"}:
            self.assertRegex(table, rf"(?m)^  (\S+, )*{re.escape(key)}(,| )", key)

    def test_manual_page_has_every_command_option_and_key(self):
        page = self.ok("help", "man").out
        plain = page.replace("\\-", "-").replace("\\e", "\\").replace("\\&", "")
        for name in re.findall(r"^  (\w+) {2,}\S", self.ok("help").out, re.M):
            self.assertIn(f'.SS "assay {name}"', plain)
            for option in re.findall(r"--[a-z-]+", self.ok("help", name).out.split("options:")[1]):
                self.assertIn(option, plain)
        for line in self.ok("help", "keys").out.split("\nColumns:")[0].splitlines():
            self.assertIn(line, plain)
        if shutil.which("groff"):
            done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-Kutf8"], input=page.encode(), capture_output=True)
            self.assertEqual((done.returncode, done.stderr.decode()), (0, ""))


if __name__ == "__main__":
    unittest.main()
