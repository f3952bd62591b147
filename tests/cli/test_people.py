"""Who may work: solo use and its end, roles, names, pause, rename, forget."""
import json
import sqlite3
import unittest

from assay import Case, item
from player import Player

TWO = "campaign: two\ntracks:\n  helpfulness: {rubric: helpfulness.yaml, batch: 4}\n  safety: {rubric: safety.yaml, batch: 4}\n"


class People(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store, "--campaign", self.write("two.yaml", TWO))
        for track in ["helpfulness", "safety"]:
            lines = [item(n, category=["law", "coding"][n % 2], language=["en", "es"][n // 10 % 2]) for n in range(40)]
            self.ok("import", self.store, self.write_lines("items.jsonl", lines), "--track", track)

    def add(self, name, role="annotator", *options, by="lea"):
        return self.ok("people", self.store, "add", name, "--role", role, *options, as_name=by)

    def people(self, by="lea"):
        return {one["name"]: one for one in self.ok("people", self.store, "--json", as_name=by).json}

    def refused(self, status, *words, by="lea", part=""):
        before = self.ok("people", self.store, "--json", as_name="lea").out
        result = self.run_assay("people", self.store, *words, as_name=by)
        self.assertEqual(result.status, status, result.err)
        self.assertEqual((result.out, result.err.count("\n")), ("", 1))
        self.assertIn(part, result.err)
        self.assertEqual(self.ok("people", self.store, "--json", as_name="lea").out, before)

    # --- Solo use ------------------------------------------------------------------------------------------------

    def test_solo_everything_is_open_under_any_name(self):
        for name in ["ana", "somebody else", "tester"]:
            for command in ["people", "gold", "items", "log", "report", "hold", "campaign"]:
                self.ok(command, self.store, as_name=name)
        self.assertEqual(self.ok("people", self.store, "--json").json, [])

    def test_the_first_annotator_makes_the_one_who_adds_a_lead(self):
        self.add("ana", by="lea")
        self.assertEqual({name: one["role"] for name, one in self.people().items()}, {"ana": "annotator", "lea": "lead"})
        self.assertIn("'tester'", self.run_assay("items", self.store, expect=2).err)

    def test_nobody_locks_themselves_out(self):
        result = self.run_assay("people", self.store, "add", "lea", "--role", "annotator", as_name="lea", expect=2)
        self.assertIn("lead", result.err)
        self.assertEqual(self.people(), {})

    def test_a_model_does_not_end_solo_use(self):
        self.add("judge-1", "model")
        self.ok("items", self.store, as_name="anybody")
        self.assertIn("model", self.run_assay("items", self.store, as_name="judge-1", expect=2).err)

    def test_the_end_of_solo_use_is_said_once_there_are_judgments(self):
        player = Player(self, "lea", "helpfulness")
        player.deal()
        player.judge_all(lambda line: "a 2 80")
        player.leave()
        before = self.ok("log", self.store, as_name="lea").out
        result = self.run_assay("people", self.store, "add", "ana", "--role", "annotator", as_name="lea", expect=1)
        self.assertIn("--yes", result.err)
        self.assertEqual(self.ok("log", self.store, as_name="lea").out, before)
        self.add("ana", "annotator", "--yes")
        self.assertEqual(self.people()["lea"]["role"], "lead")
        self.assertEqual(len(self.ok("judgments", self.store, "--annotator", "lea", as_name="lea").lines), 4)

    # --- Names -----------------------------------------------------------------------------------------------------

    def test_a_name_that_is_not_there_is_refused_with_the_nearest(self):
        self.add("anastasia")
        result = self.run_assay("questions", self.store, as_name="anastasja", expect=2)
        self.assertIn("did you mean 'anastasia'", result.err)
        self.assertNotIn("did you mean", self.run_assay("questions", self.store, as_name="xxxxxx", expect=2).err)
        self.assertIn("'Anastasia'", self.run_assay("questions", self.store, as_name="Anastasia", expect=2).err)

    def test_names_that_are_none(self):
        self.add("ana")
        for name in ["", " ana", "ana ", "a\u202eb", "a\x9bb", "a\nb", "a\tb", "a,b", "a\x1b[31m", "x" * 300]:
            with self.subTest(name[:10]):
                self.refused(2, "add", name, "--role", "annotator")
                self.refused(2, "rename", "ana", name)
        self.refused(2, "add", b"ana\xff".decode("utf-8", "surrogateescape"), "--role", "annotator")
        self.refused(2, "add", "ana", "--role", "annotator", part="already")
        self.refused(2, "add", "lea", "--role", "annotator", part="already")

    def test_names_in_other_scripts(self):
        for name in ["Jürgen Müller", "محمد", "李雷", "O'Brien", "-dash"]:
            self.ok("people", self.store, "add", "--role", "annotator", "--as", "lea", "--", name)
            self.ok("campaign", self.store, f"--as={name}")
        self.assertEqual(len(self.people()), 6)

    # --- Changes ---------------------------------------------------------------------------------------------------

    def test_what_somebody_works_on(self):
        self.add("ana", "annotator", "--tracks", "helpfulness", "--categories", "law", "--languages", "en")
        self.assertEqual([self.people()["ana"][key] for key in ("tracks", "categories", "languages")], [["helpfulness"], ["law"], ["en"]])
        by_ref = {one["ref"]: one["item"] for one in self.ok("items", self.store, "--json", as_name="lea").lines}
        player = Player(self, "ana", "helpfulness")
        seen = []
        while player.deal()["batch"]:
            seen += [by_ref[line["ref"]] for line in player.lines()]
            player.judge_all(lambda line: "a")
        self.assertEqual({(one["category"], one["language"], one["track"]) for one in seen}, {("law", "en", "helpfulness")})
        self.assertEqual(len(seen), 10)
        self.assertNotEqual(Player(self, "ana", "safety").ask("deal").get("batch", 0), 1)
        self.ok("people", self.store, "set", "ana", "--categories", "", "--languages", "es", as_name="lea")
        self.assertEqual(self.people()["ana"]["categories"], [])
        self.assertGreater(player.deal()["batch"], 0)
        self.assertEqual({by_ref[line["ref"]]["language"] for line in player.lines()}, {"es"})

    def test_wrong_changes(self):
        self.add("ana")
        self.refused(2, "add", "ben", "--role", "annotator", "--tracks", "nowhere", part="'nowhere'")
        self.refused(2, "set", "ana", "--tracks", "safety,nowhere", part="'nowhere'")
        self.refused(2, "set", "nobody", "--tracks", "safety", part="'nobody'")
        self.refused(2, "pause", "anna", part="did you mean 'ana'?")
        self.refused(2, "pause", "anna", part="'anna'")
        self.refused(2, "rename", "ana", "lea", part="'lea'")
        self.refused(2, "rename", "nobody", "ben", part="'nobody'")
        self.refused(2, "forget", "nobody", part="'nobody'")

    def test_a_role_changes_while_a_lead_stays(self):
        self.add("ana")
        self.ok("people", self.store, "set", "ana", "--role", "lead", as_name="lea")
        self.ok("items", self.store, as_name="ana")
        self.ok("people", self.store, "set", "lea", "--role", "annotator", as_name="ana")
        self.run_assay("items", self.store, as_name="lea", expect=2)
        result = self.run_assay("people", self.store, "set", "ana", "--role", "annotator", as_name="ana", expect=2)
        self.assertIn("lead", result.err)
        self.run_assay("people", self.store, "set", "ana", "--role", "model", as_name="ana", expect=2)
        self.assertEqual({name: one["role"] for name, one in self.people("ana").items()}, {"ana": "lead", "lea": "annotator"})

    def test_pause_and_resume(self):
        self.add("ana")
        self.ok("people", self.store, "pause", "ana", as_name="lea")
        self.assertTrue(self.people()["ana"]["paused"])
        self.assertIn("paused", self.ok("people", self.store, as_name="lea").out)
        self.ok("questions", self.store, as_name="ana")
        answer = Player(self, "ana", "helpfulness").ask("deal")
        self.assertLess(answer["status"], 0, answer)
        self.ok("people", self.store, "resume", "ana", as_name="lea")
        self.assertEqual(Player(self, "ana", "helpfulness").deal()["batch"], 1)

    def test_a_new_name_keeps_the_work(self):
        self.add("ana")
        player = Player(self, "ana", "helpfulness")
        player.deal()
        player.judge_all(lambda line: "a 2 80 because it is right")
        player.leave()
        self.assertIn("'ana' is now 'anna'", self.ok("people", self.store, "rename", "ana", "anna", as_name="lea").err)
        self.run_assay("judgments", self.store, as_name="ana", expect=2)
        self.assertEqual({one["annotator"] for one in self.ok("judgments", self.store, as_name="anna").lines}, {"anna"})
        self.assertNotIn('"ana"', self.ok("log", self.store, "--json", as_name="lea").out)
        self.ok("check", self.store, as_name="lea")

    def test_the_forgotten_leave_judgments_and_no_words(self):
        self.add("Zebedee Quux")
        player = Player(self, "Zebedee Quux", "helpfulness")
        player.deal()
        player.play("ask 1 my private question")
        player.play("draft 2 rationale half a private thought")
        player.judge_all(lambda line: "a 2 80 a private reason")
        player.leave()
        self.ok("questions", self.store, "answer", "1", "answer for Zebedee", as_name="lea")
        done = self.ok("people", self.store, "forget", "Zebedee Quux", as_name="lea")
        self.assertIn("the judgments stay", done.err)
        for words in [["people"], ["judgments"], ["questions"], ["log", "--json"], ["report", "--json"], ["hours"], ["hold"], ["items", "--json"]]:
            out = self.ok(words[0], self.store, *words[1:], as_name="lea").out
            for text in ["Zebedee", "private"]:
                self.assertNotIn(text, out, words)
        lines = self.ok("judgments", self.store, as_name="lea").lines
        self.assertEqual([(one["prefer"], one["strength"], one["rationale"]) for one in lines], [("r1", 2, "")] * 4)
        self.run_assay("questions", self.store, as_name="Zebedee Quux", expect=2)
        self.ok("check", self.store, as_name="lea")
        with sqlite3.connect(self.store) as store:
            store.execute("pragma wal_checkpoint(truncate)")
        store.close()
        with open(self.store, "rb") as file:
            content = file.read()
        for text in [b"Zebedee", b"private"]:
            self.assertNotIn(text, content, "the text is still in the file")

    def test_names_that_no_item_has_are_taken_and_said(self):
        self.add("lea", "lead")
        added = self.add("ana", "annotator", "--categories", "coding,medcal", "--languages", "en")
        self.assertIn("note: no item is of the category 'medcal' yet", added.err)
        self.assertEqual(added.err.count("note:"), 1)
        changed = self.ok("people", self.store, "set", "ana", "--categories", "law", "--languages", "xx,es", as_name="lea")
        self.assertIn("note: no item is in the language 'xx' yet", changed.err)
        self.assertEqual(changed.err.count("note:"), 1)
        self.assertEqual((self.people()["ana"]["categories"], self.people()["ana"]["languages"]), (["law"], ["xx", "es"]))
        empty = str(self.folder / "empty.assay")
        self.ok("init", empty)
        self.assertNotIn("note:", self.ok("people", empty, "add", "ana", "--role", "annotator", "--categories", "law").err)

    def test_the_last_lead_stays(self):
        self.add("ana")
        self.refused(2, "forget", "lea", part="lead")
        self.add("leo", "lead")
        self.ok("people", self.store, "forget", "lea", as_name="leo")
        self.assertEqual({one["role"] for one in json.loads(self.ok("people", self.store, "--json", as_name="leo").out)}, {"lead", "annotator"})


if __name__ == "__main__":
    unittest.main()
