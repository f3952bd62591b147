"""Who sees what, command by command: what is the lead's is refused to an annotator, and what an annotator may read tells nothing of gold,
seed, secret or other people. A command or a verb without a row here fails the test."""
import re
import sqlite3
import unittest

from assay import Case, item
from player import Player

CAMPAIGN = """campaign: pilot
seed: 424242
tracks:
  preference: {rubric: preference.yaml, batch: 20, gold: {low: 0.11, high: 0.23}, retest: {rate: 0.07, after: {items: 41, days: 3}}}
"""

LEAD, OWN, NO_STORE = "the lead's", "an annotator sees their part", "opens no store"

# (who may, verb of the usage or None, the words behind `assay`). STORE, REF (of a gold item), NAME (its id), FILE and OUT are filled in.
ROWS = [
    (NO_STORE, None, "help"), (NO_STORE, None, "help gold"), (NO_STORE, "keys", "help keys"), (NO_STORE, "man", "help man"), (NO_STORE, None, "init FRESH"), (NO_STORE, None, "demo OUT"),
    (NO_STORE, "check", "rubric check RUBRIC"),
    (OWN, None, "campaign STORE"), (LEAD, None, "campaign STORE --set SETTINGS"), (LEAD, None, "campaign STORE --history"),
    (LEAD, "list", "people STORE"), (LEAD, "list", "people STORE list"), (LEAD, "add", "people STORE add eve --role lead"),
    (LEAD, "set", "people STORE set ana --tracks preference"), (LEAD, "set", "people STORE set ana --qualified preference --why x"),
    (LEAD, "set", "people STORE set ana --requalify preference --why x"), (LEAD, "pause", "people STORE pause ben"), (LEAD, "resume", "people STORE resume ben"),
    (LEAD, "rename", "people STORE rename ana lea2"), (LEAD, "forget", "people STORE forget ben"),
    (OWN, "show", "rubric STORE"), (OWN, "show", "rubric STORE show"), (OWN, "history", "rubric STORE history"), (LEAD, "set", "rubric STORE set RUBRIC"), (LEAD, "diff", "rubric STORE diff RUBRIC"), (LEAD, "fold", "rubric STORE fold"), (LEAD, "effect", "rubric STORE effect"),
    (LEAD, None, "import STORE FILE"), (LEAD, None, "import STORE FILE --dry-run"), (LEAD, None, "import STORE FILE --labels gold"), (LEAD, None, "import STORE --judgments FILE"),
    (LEAD, "list", "items STORE"), (LEAD, "list", "items STORE list"), (LEAD, "show", "items STORE show REF"), (LEAD, "show", "items STORE show NAME"),
    (LEAD, "retire", "items STORE retire REF --why x"), (LEAD, None, "items STORE give-back OTHER --why x"),
    (LEAD, "close", "items STORE close law --why x"), (LEAD, "reopen", "items STORE reopen law"), (LEAD, "redact", "items STORE redact OTHER --why x"),
    (LEAD, "list", "gold STORE"), (LEAD, "list", "gold STORE list"), (LEAD, "forecast", "gold STORE forecast"), (LEAD, "tells", "gold STORE tells"), (LEAD, "contests", "gold STORE contests"), (LEAD, "add", "gold STORE add FILE"), (LEAD, "promote", "gold STORE promote OTHER --prefer r1 --why x"),
    (LEAD, "amend", "gold STORE amend REF --prefer r2 --why x"), (LEAD, "retire", "gold STORE retire REF --why x"),
    (OWN, "list", "questions STORE"), (OWN, "list", "questions STORE list"), (LEAD, "answer", "questions STORE answer 1 text"),
    (LEAD, "answer", "questions STORE answer 1 text --ruling"),
    (OWN, "list", "rulings STORE"), (OWN, "list", "rulings STORE list"), (OWN, "list", "rulings STORE --track preference"),
    (LEAD, "add", "rulings STORE add text"), (LEAD, "retire", "rulings STORE retire 1"),
    (LEAD, "list", "hold STORE"), (LEAD, "list", "hold STORE list"), (LEAD, "add", "hold STORE add --annotator ana --why x"),
    (LEAD, "release", "hold STORE release 1 --why x"), (LEAD, "redo", "hold STORE redo 1 --why x"),
    (OWN, None, "report STORE"), (OWN, None, "report STORE --csv"), (OWN, None, "report STORE --annotator ana"), (OWN, None, "report STORE --track preference"),
    (OWN, None, "report STORE -o -"), (LEAD, None, "report STORE --annotator ben"), (LEAD, None, "report STORE --by category"), (LEAD, None, "report STORE --by day"), (LEAD, None, "report STORE --by pair"),
    (LEAD, None, "report STORE --by annotator"), (LEAD, None, "report STORE --since 2026-01-01"), (LEAD, None, "report STORE --until 2036-01-01"),
    (LEAD, None, "gate STORE"), (LEAD, None, "gate STORE --spec SETTINGS"),
    (LEAD, None, "plan STORE"), (LEAD, None, "plan STORE --track preference"),
    (OWN, None, "hours STORE"), (OWN, None, "hours STORE --by week"), (OWN, None, "hours STORE --csv"), (OWN, None, "hours STORE --annotator ana"),
    (LEAD, None, "hours STORE --annotator ben"),
    (LEAD, None, "export STORE -o OUT"), (LEAD, None, "export STORE -o -"), (LEAD, None, "export STORE -o OUT --explain --open"),
    (OWN, None, "judgments STORE"), (OWN, None, "judgments STORE -o -"), (OWN, None, "judgments STORE --annotator ana"),
    (OWN, None, "judgments STORE --since 2026-01-01 --until 2036-01-01"), (LEAD, None, "judgments STORE --annotator ben"),
    (OWN, "list", "calibrate STORE"), (OWN, "list", "calibrate STORE list"), (LEAD, "new", "calibrate STORE new SESSION --pick random --invite ana,ben"),
    (LEAD, "run", "calibrate STORE run SESSION"), (LEAD, "show", "calibrate STORE show SESSION"), (LEAD, "close", "calibrate STORE close SESSION"),
    (LEAD, None, "lead STORE"),  # in a terminal: tests/screen
    (LEAD, None, "check STORE"), (LEAD, None, "backup STORE OUT"), (LEAD, None, "log STORE"),
    (LEAD, None, "annotate STORE --make-gold"), (LEAD, None, "annotate STORE --make-gold OTHER"),
    (None, None, "annotate STORE"), (None, None, "annotate STORE --rehearse"),  # draws on a terminal: tests/screen
]


class Access(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store, "--campaign", self.write("pilot.yaml", CAMPAIGN))
        work = [item(n, category=["law", "coding"][n % 2]) for n in range(60)]
        gold = [item(n, category=["law", "coding"][n % 2], gold={"prefer": "r1", "explanation": "GOLDWORDS", "difficulty": "hard"}) for n in range(600, 640)]
        self.ok("import", self.store, self.write_lines("mixed.jsonl", work + gold))
        self.ok("people", self.store, "add", "ana", "--role", "annotator", as_name="lea")
        self.ok("people", self.store, "add", "ben", "--role", "annotator", as_name="lea")
        ben = Player(self, "ben")
        ben.deal()
        ben.play("ask 1 BENSQUESTION")
        ben.judge_all(lambda line: "b 2 70 BENSREASON")
        ben.leave()
        self.ok("rulings", self.store, "add", "a ruling", as_name="lea")
        self.ok("hold", self.store, "add", "--annotator", "ben", "--why", "HOLDREASON", as_name="lea")
        lines = self.ok("items", self.store, "--json", as_name="lea").lines
        keyed = [one for one in lines if "gold" in one["item"]]
        self.assertEqual(len(keyed), 40)
        self.words = {
            "SESSION": "week-1", "STORE": self.store, "REF": keyed[0]["ref"], "NAME": keyed[0]["item"]["id"], "OTHER": lines[0]["ref"],
            "FILE": self.write_lines("new.jsonl", [item(900)]), "OUT": str(self.folder / "out"), "FRESH": str(self.folder / "fresh.assay"),
            "RUBRIC": self.write("r.yaml", "rubric: preference\nversion: 9\n"), "SETTINGS": self.write("s.yaml", CAMPAIGN.replace("20", "30")),
        }
        with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as store:
            secret = store.execute("select secret from store").fetchone()[0]
        store.close()
        self.forbidden = ["GOLDWORDS", "BENSQUESTION", "BENSREASON", "HOLDREASON", "ben", "424242", secret.hex(),
                          '"kind":"', '"held"', "retest:", "gold:", "seed"] + [f'"{one["item"]["id"]}"' for one in keyed] + [one["item"]["id"] for one in keyed]
        self.keyed = {one["ref"] for one in keyed}

    def row_words(self, text):
        return [self.words.get(word, word) for word in text.split()]

    def snapshot(self):
        with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as store:
            tables = [name for name, in store.execute("select name from sqlite_schema where type = 'table' order by name")]
            content = {name: store.execute(f"select * from {name}").fetchall() for name in tables}
        store.close()
        return content

    def test_every_command_and_every_verb_has_a_row(self):
        rows = {row[2].split()[0] for row in ROWS}
        for name in re.findall(r"^  (\w+) {2,}\S", self.ok("help").out, re.M):
            self.assertIn(name, rows, "a new command needs rows in ROWS")
            usage = " ".join(self.ok("help", name).out.split("\n\n")[0].split())
            verbs = {row[1] for row in ROWS if row[2].split()[0] == name}
            for group in re.findall(r"\[([^\[\]]*\|[^\[\]]*)\]", usage):
                for part in group.split("|") if not group.startswith("-") else []:
                    verb = part.split()[0] if part.split() else ""
                    if re.fullmatch(r"[a-z]+", verb):
                        self.assertIn(verb, verbs, f"{name}: a new verb needs a row in ROWS")

    def test_what_is_the_leads_is_refused_and_changes_nothing(self):
        before = self.snapshot()
        for access, _, text in ROWS:
            if access != LEAD:
                continue
            for more in [[], ["--json"]]:
                with self.subTest(text, json=bool(more)):
                    result = self.run_assay(*self.row_words(text), *more, as_name="ana")
                    self.assertEqual(result.status, 2, result.err)
                    self.assertEqual(result.out, "")
                    self.assertEqual(result.err.count("\n"), 1, result.err)
                    self.assertIn("ana", result.err)
                    said = result.err
                    for word in self.row_words(text):  # what was typed may be said again
                        said = said.replace(word, "")
                    self.tells_nothing(said)
                    self.assertFalse((self.folder / "out").exists())
        self.assertEqual(self.snapshot(), before)

    def tells_nothing(self, text):
        for word in self.forbidden:
            self.assertNotIn(word, text)

    def test_what_an_annotator_reads_tells_nothing(self):
        ana = Player(self, "ana")

        def read_all(moment):
            for access, _, text in ROWS:
                if access != OWN:
                    continue
                for more in [[], ["--json"]]:
                    if more and "--csv" in text:
                        continue
                    with self.subTest(text, moment=moment, json=bool(more)):
                        result = self.ok(*self.row_words(text), *more, as_name="ana")
                        out = re.sub(r'"(at|uid|hash|rubric|from)":"[^"]*"|\d{4}-\d\d-\d\d[T ]?[\d:.Z]*|\b[0-9a-f]{12}\b', "", result.out)
                        self.tells_nothing(out + result.err)

        read_all("before")
        ana.deal()
        ana.play("ask 1 mine")
        read_all("dealt")
        ana.judge_all(lambda line: "a 2 80 mine too", hand_in=False)
        read_all("judged")
        ana.play("hand-in")
        read_all("handed in")
        lines = self.ok("judgments", self.store, as_name="ana").lines
        self.assertEqual(len(lines), 20)
        self.assertEqual({one["annotator"] for one in lines}, {"ana"})
        self.assertEqual(len({frozenset(one) for one in lines}), 1, "every line has the same keys")
        self.assertTrue(self.keyed & {one["item"] for one in lines}, "there was gold among them, or this test shows nothing")
        self.assertIn("mine", self.ok("questions", self.store, as_name="ana").out)

    def test_an_annotator_sees_the_settings_without_what_hides_gold(self):
        for more in [[], ["--json"]]:
            result = self.ok("campaign", self.store, *more, as_name="ana")
            text = result.json["yaml"] if more else result.out
            self.assertNotRegex(text, r"(?m)^\s*(seed|gold|retest)\s*:")
            for number in ["424242", "0.11", "0.23", "0.07", "41"]:
                self.assertNotIn(number, text)
            self.assertIn("batch: 20", text)
        self.assertIn("424242", self.ok("campaign", self.store, as_name="lea").out)

    def test_the_lead_may_do_all_of_it(self):
        for access, _, text in ROWS:
            words = self.row_words(text)
            if access in (LEAD, OWN) and words[0] not in ("annotate",):
                with self.subTest(text):
                    result = self.run_assay(*words, as_name="lea")
                    self.assertNotIn("is the lead's", result.err)
                    self.assertNotIn("is for leads", result.err)
                    self.assertNotIn("annotator here", result.err)
            if "out" in [p.name for p in self.folder.iterdir()]:
                (self.folder / "out").unlink()

    def test_no_command_prints_the_secret(self):
        (secret,) = [word for word in self.forbidden if len(word) == 64]
        for access, _, text in ROWS:
            if access in (LEAD, OWN):
                result = self.run_assay(*self.row_words(text), as_name="lea")
                self.assertNotIn(secret, (result.out + result.err).lower(), text)


if __name__ == "__main__":
    unittest.main()
