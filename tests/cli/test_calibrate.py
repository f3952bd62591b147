"""Calibration sessions by command: making, listing, closing, the record; and nobody reads answers before their own."""
import re
import unittest

from assay import Case, item
from player import Player, items_by_ref
from test_access import LEAD, OWN, ROWS

CAMPAIGN = """campaign: pilot
seed: 7
tracks:
  preference: {rubric: preference.yaml, batch: 10, overlap: {each: 4}, gold: {rate: 0.1}}
"""
PEOPLE = ["ana", "ben", "eva", "ivo"]


class Calibrate(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store, "--campaign", self.write("pilot.yaml", CAMPAIGN))
        lines = [item(n, category=["law", "coding"][n % 2]) for n in range(60)]
        lines += [item(100 + n, gold={"prefer": "r1"}) for n in range(20)]
        self.ok("import", self.store, self.write_lines("items.jsonl", lines))
        for name in PEOPLE:
            self.ok("people", self.store, "add", name, "--role", "annotator", as_name="lea")
        self.items = items_by_ref(self, as_name="lea")

    def calibrate(self, *words, expect=0, as_name="lea"):
        return self.run_assay("calibrate", self.store, *words, expect=expect, as_name=as_name)

    def answer(self, name, choose="a 2 80 because"):
        """Answers the session's batch; choose by item id or the same for all."""
        player = Player(self, name)
        player.deal()
        player.judge_all(lambda line: choose if isinstance(choose, str) else choose[self.items[line["ref"]]["item"]["id"]])
        player.leave()

    def test_making_one(self):
        self.calibrate("new", "week-1", "--pick", "random", "--items", "6")
        (line,) = self.calibrate("list", "--json").json
        self.assertEqual([line[k] for k in ("name", "items", "people", "answered", "closed")], ["week-1", 6, 4, 0, None])
        self.assertIn("0 of 4 have answered", self.calibrate().out)
        self.assertIn("week-1", self.ok("log", self.store, as_name="lea").out.replace("calibrate", "week-1"))
        shown = self.calibrate("show", "week-1", "--json").json
        self.assertEqual({one["category"] for one in shown["items"]}, {"law", "coding"})
        self.assertNotIn("before", shown)  # nothing was answered
        self.ok("check", self.store, as_name="lea")

    def test_by_hand(self):
        refs = list(self.items)[:3]
        path = self.write("wanted.txt", f"# for monday\n{refs[2]}\n\n  q-7 \n")
        self.calibrate("new", "hand", "--item", refs[1], "--item", "q-3", "--from", path, "--invite", "ana,ben")
        shown = self.calibrate("show", "hand", "--json").json
        self.assertEqual([one["ref"] for one in shown["items"]][0], refs[1])
        self.assertEqual([one["id"] for one in shown["items"]][1::2], ["q-3", "q-7"])
        self.assertEqual({one["name"] for one in shown["people"]}, {"ana", "ben"})

    def test_what_is_impossible_is_one_sentence(self):
        bad = self.write("bad.txt", "q-1\nzzz\n")
        for words, status, part in [
            (["new", "x"], 1, "--pick random"), (["new", "x", "--pick", "best"], 2, "'best'"), (["new", "x", "--pick", "category="], 2, "category=C"),
            (["new", "x", "--pick", "category=laww"], 2, "did you mean 'law'"), (["new", "x", "--pick", "random", "--items", "0"], 2, "from 1 to 100"),
            (["new", "x", "--pick", "random", "--items", "61"], 1, "only 60 items"), (["new", "x", "--pick", "random", "--invite", "ana"], 1, "at least 2"),
            (["new", "x", "--pick", "random", "--invite", "ana,bem"], 2, "did you mean 'ben'"), (["new", "x", "--pick", "random", "--invite", ","], 2, "nobody"),
            (["new", "x", "--item", "zzz"], 2, "'zzz'"), (["new", "x", "--item", "q-1", "--items", "3"], 2, "--pick"), (["new", "x", "--from", bad], 3, "bad.txt:2: item: "),
            (["new", "x", "--from", str(self.folder / "none")], 4, "none"), (["new"], 2, "usage"), (["show", "x"], 2, "no session 'x'"),
            (["close", "x"], 2, "no session 'x'"), (["nwe", "x"], 2, "did you mean 'new'"),
        ]:
            with self.subTest(" ".join(words)):
                result = self.calibrate(*words, expect=status)
                self.assertEqual((result.out, result.err.count("\n")), ("", 1), result.err)
                self.assertIn(part, result.err)
        self.assertEqual(self.calibrate("list", "--json").json, [])
        self.calibrate("new", "week-1", "--pick", "random")
        self.assertIn("did you mean 'week-1'", self.calibrate("show", "week1", expect=2).err)

    def test_from_the_first_judgment_to_the_record(self):
        self.calibrate("new", "week-1", "--item", "q-1", "--item", "q-2", "--item", "g", "--invite", "ana,ben", expect=2)
        self.calibrate("new", "week-1", *[w for n in range(4) for w in ("--item", f"q-{n}")])
        for n, name in enumerate(PEOPLE):
            self.assertIn(f"{n} of 4 have answered", self.calibrate().out)
            self.assertIn(f"still out: first votes of {', '.join(PEOPLE[n:])}; --anyway goes on without them", self.calibrate("close", "week-1", expect=1).err)
            self.answer(name, {"q-0": "a 2 80 first", "q-1": f"{'ab'[n % 2]} 2 80 SAID{name}", "q-2": "tie", "q-3": f"{'aaab'[n]} 3"})
        self.assertIn("all have answered: ready to run", self.calibrate().out)
        path = self.folder / "week-1.md"
        self.calibrate("close", "week-1", "-o", str(path))
        record = path.read_text()
        for part in ["# Calibration week-1", "pilot · preference · 4 items · 4 people", "| the same choice | 71 % [", "| 1 | ", "(q-0) | law | 4 A | – | open |",
                     "| 2 A · 2 B |", "| 4 tie |", "| 3 A · 1 B |", "## Two weeks before and after", "does not say what moved a figure"]:
            self.assertIn(part, record)
        self.assertNotIn("not independent", record)  # there was no second vote
        shown = self.calibrate("show", "week-1", "--json").json
        self.assertAlmostEqual(shown["before"]["percent"]["value"], (1 + 1 / 3 + 1 + 0.5) / 4)
        self.assertIn("is closed", self.calibrate("close", "week-1", expect=1).err)
        self.assertEqual(self.calibrate("show", "week-1").out, record)
        self.ok("check", self.store, as_name="lea")

    def test_a_record_that_cannot_be_written_closes_nothing(self):
        self.calibrate("new", "week-1", "--pick", "random", "--items", "2")
        self.calibrate("close", "week-1", "--anyway", "-o", str(self.folder / "no" / "where.md"), expect=4)
        self.assertIn("asks for no qualification", self.calibrate("close", "week-1", "--anyway", "--qualify", "0.8", expect=2).err)
        self.assertIn("only 'close' qualifies", self.calibrate("show", "week-1", "--qualify", "0.8", expect=2).err)
        self.assertIsNone(self.calibrate("list", "--json").json[0]["closed"])
        self.calibrate("close", "week-1", "--anyway")
        self.assertIn("not waited for", self.calibrate("show", "week-1").out)
        self.assertEqual(Player(self, "ana").deal()["size"], 10)  # work goes on

    def held(self, settings=""):
        """A session with references on all its four items: ana gave the same answers, ben on three of them, eva and ivo on one."""
        campaign = CAMPAIGN.rstrip()[:-1] + ", qualification: {items: 8, pass: 6, training: 0%s}}\n" % settings
        self.ok("campaign", self.store, "--set", self.write("asks.yaml", campaign), as_name="lea")
        self.calibrate("new", "week-1", *[w for n in range(4) for w in ("--item", f"q-{n}")])
        for name, right in zip(PEOPLE, (4, 3, 1, 1)):
            self.answer(name, {f"q-{n}": f"{'ab'[n >= right]} 2 80 because" for n in range(4)})
        lead = Player(self, "lea")
        for n in range(4):
            lead.play(f"reference week-1 q-{n} a 2 90 plainly right")
        return lead

    def let_in(self):
        people = self.ok("people", self.store, "list", "--json", as_name="lea").json
        return {one["name"]: one["standing"]["preference"]["why"] for one in people if one.get("standing", {}).get("preference", {}).get("may_work")}

    def test_the_settings_say_whom_a_session_qualifies(self):
        self.held(", calibration: 0.75").leave()
        said = self.ok("campaign", self.store, as_name="lea").out
        self.assertIn("or 75 % of a calibration session's references, 1 at least", said)
        self.assertNotIn("Qualified", self.calibrate("show", "week-1").out)  # not before it is closed
        self.assertEqual(self.let_in(), {})
        closed = self.calibrate("close", "week-1")
        self.assertIn("ana is qualified by it: 4 of 4 as the reference, 75 % wanted\nben is qualified by it: 3 of 4 as the reference, 75 % wanted\n", closed.err)
        self.assertIn("\nQualified by it: ana (4 of 4 as the reference, 75 % wanted), ben (3 of 4 as the reference, 75 % wanted).\n", closed.out)
        self.assertEqual(self.calibrate("show", "week-1").out, closed.out)
        told = {one["name"]: one["qualified_by_it"] for one in self.calibrate("show", "week-1", "--json").json["people"]}
        self.assertEqual(told, {"ana": "4 of 4 as the reference, 75 % wanted", "ben": "3 of 4 as the reference, 75 % wanted", "eva": None, "ivo": None})
        self.assertEqual(self.let_in(), {name: f"calibration week-1: {words}" for name, words in told.items() if words})
        self.ok("check", self.store, as_name="lea")

    def test_the_option_goes_before_the_settings(self):
        self.held(", calibration: 0.75").leave()
        closed = self.calibrate("close", "week-1", "--qualify", "1")
        self.assertIn("Qualified by it: ana (4 of 4 as the reference, 100 % wanted).", closed.out)
        self.assertEqual(list(self.let_in()), ["ana"])

    def test_the_option_may_say_nobody(self):
        self.held(", calibration: 0.75").leave()
        closed = self.calibrate("close", "week-1", "--qualify", "0")
        self.assertNotIn("is qualified", closed.err)
        self.assertIn("Nobody was qualified by it.", closed.out)
        self.assertEqual(self.let_in(), {})

    def test_too_few_references_qualify_nobody(self):
        self.held(", calibration: {share: 0.75, min_n: 5}").leave()
        closed = self.calibrate("close", "week-1")
        self.assertIn("ana: 4 of 4 as the reference, 75 % wanted, of 5 references at least", closed.err)
        self.assertIn("nobody new is qualified by it", closed.err)
        self.assertEqual(self.let_in(), {})

    def test_a_session_is_not_closed_while_second_votes_are_out(self):
        lead = self.held()
        self.assertEqual(lead.play("vote-again week-1 q-1")["asked"], 4)
        self.assertEqual(lead.play("vote-again week-1 q-2")["asked"], 4)
        self.answer("ana")
        self.answer("ana")
        self.answer("eva")
        refused = self.calibrate("close", "week-1", expect=1)
        self.assertEqual((refused.out, refused.err), ("", "assay: still out: second votes of ben (2), eva, ivo (2); --anyway goes on without them\n"))
        self.assertIsNone(self.calibrate("list", "--json").json[0]["closed"])
        closed = self.calibrate("close", "week-1", "--anyway")
        self.assertIn("3 second votes were given", closed.out)
        self.assertNotIn("Nobody was qualified", closed.out)  # the settings say nothing of it
        self.ok("check", self.store, as_name="lea")

    def test_disagreement_is_found_where_it_is(self):
        for n, name in enumerate(PEOPLE[:2]):
            player = Player(self, name)
            player.deal()
            player.judge_all(lambda line: f"{'ab'[n]} 2")
            player.leave()
        self.calibrate("new", "week-1", "--items", "3")
        votes = {}
        for line in self.ok("judgments", self.store, as_name="lea").lines:
            votes.setdefault(line["item"], set()).add(line["prefer"])
        for one in self.calibrate("show", "week-1", "--json").json["items"]:
            self.assertEqual(len(votes[one["id"]]), 2)

    def words(self, text):
        """A row of test_access, with what it needs of this store."""
        gold = [ref for ref, line in self.items.items() if "gold" in line["item"]][0]
        filled = {"SESSION": "week-1", "STORE": self.store, "REF": gold, "NAME": self.items[gold]["item"]["id"], "OTHER": list(self.items)[0],
                  "FILE": self.write_lines("new.jsonl", [item(900)]), "OUT": str(self.folder / "out"), "FRESH": str(self.folder / "fresh.assay"),
                  "RUBRIC": self.write("r.yaml", "rubric: preference\nversion: 9\n"), "SETTINGS": self.write("s.yaml", CAMPAIGN)}
        return [filled.get(word, word) for word in text.split()]

    def reads_nothing(self, ana, stage, secrets, refused=False):
        """Every command that ana may run, the texts of her batch and her pane; and that what is refused says nothing."""
        for access, _, text in ROWS:
            for more in [[], ["--json"]] if access == OWN else [["--json"]] if access == LEAD and refused else []:
                if more and "--csv" in text:
                    continue
                with self.subTest(text, stage=stage, json=bool(more)):
                    result = self.run_assay(*self.words(text), *more, as_name="ana", expect=0 if access == OWN else 2)
                    said = re.sub(r'"(uid|hash|rubric|from)":"[^"]*"', "", result.out + result.err)
                    for word in self.words(text) if access == LEAD else []:  # what was typed may be said again
                        said = said.replace(word, "")
                    for secret in secrets + ["kind\":", "gold:"]:
                        self.assertNotIn(secret, said)
        self.assertFalse((self.folder / "out").exists())
        shown = [" ".join(ana.pane())]
        shown += [str(ana.ask(f"show {line['position']}")) for line in ana.ask("lines").get("lines", [])]
        for secret in secrets:
            self.assertNotIn(secret, " ".join(shown), stage)

    def test_nobody_reads_what_others_said(self):
        """At every stage, in every command of the table that test_access keeps, nothing of what others answered; nor of gold."""
        self.calibrate("new", "week-1", "--pick", "gold", "--items", "4", "--invite", "ana,ben")
        ids = [one["id"] for one in self.calibrate("show", "week-1", "--json").json["items"]]
        refs = [one["ref"] for one in self.calibrate("show", "week-1", "--json").json["items"]]
        secrets = ["SAIDBYBEN", "BENAGAIN", "THEREFERENCE", "ben"] + ids
        ana = Player(self, "ana")
        self.answer("ben", "b 3 90 SAIDBYBEN")
        self.reads_nothing(ana, "not begun", secrets)
        self.assertIn("waits for your answers", self.calibrate(as_name="ana").out)
        ana.deal()
        self.reads_nothing(ana, "dealt", secrets)
        ana.play("judge 1 a 1 60 mine")
        ana.play("draft 2 mine too")
        self.reads_nothing(ana, "half done", secrets, refused=True)
        shown = self.calibrate("show", "week-1", "--json").json  # one is still out: not for the lead's eyes here either
        self.assertTrue(all(one["votes"] == [] for one in shown["items"]))
        self.assertNotIn("before", shown)
        self.assertNotIn("SAIDBYBEN", self.calibrate("show", "week-1").out)
        ana.judge_all(lambda line: "a 1 60 mine")
        self.reads_nothing(ana, "answered", secrets)
        self.assertIn("answered", self.calibrate(as_name="ana").out)
        lead = Player(self, "lea")
        lead.play(f"reference week-1 {refs[0]} a 2 90 THEREFERENCE")
        lead.play(f"vote-again week-1 {refs[0]}")
        self.answer("ben", "a 2 90 BENAGAIN")
        self.assertIn("SAIDBYBEN", self.calibrate("show", "week-1", "--json").out)  # the lead reads the first votes by now
        self.assertNotIn("BENAGAIN", self.calibrate("show", "week-1", "--json").out)  # but no second one before all are in
        self.reads_nothing(ana, "a second vote asked for", secrets)
        ana.deal()
        self.reads_nothing(ana, "before the second vote", secrets, refused=True)
        ana.judge_all(lambda line: "a 1 60 mine again")
        self.assertIn("BENAGAIN", self.calibrate("show", "week-1", "--json").out)
        self.calibrate("close", "week-1")
        self.reads_nothing(ana, "closed", secrets)

    def test_orders_of_three_responses(self):
        three = item(500, responses=[{"id": f"r{n}", "content": f"Answer {n}."} for n in range(3)])
        self.ok("import", self.store, self.write_lines("three.jsonl", [three]), as_name="lea")
        self.calibrate("new", "week-1", "--item", "q-500", "--invite", "ana,ben")
        for name, order in [("ana", "b>a=c"), ("ben", "b>c>a")]:
            player = Player(self, name)
            player.deal()
            player.judge_all(lambda line: f"{order} 2 80 because")
            player.leave()
        (one,) = self.calibrate("show", "week-1", "--json").json["items"]
        self.assertEqual({vote["ranking"] for vote in one["votes"]}, {"b>a=c", "b>c>a"})
        self.assertIn("| 2 B |", self.calibrate("close", "week-1").out)

    def test_votes_are_in_no_figure_and_no_export(self):
        before = self.ok("report", self.store, "--json", as_name="lea").json
        self.calibrate("new", "week-1", "--pick", "gold", "--items", "4")
        for name in PEOPLE:
            self.answer(name)
        after = self.ok("report", self.store, "--json", as_name="lea").json
        self.assertEqual(before["tracks"]["preference"]["judgments"], after["tracks"]["preference"]["judgments"])
        for name in PEOPLE:
            self.assertEqual(after["tracks"]["preference"]["annotators"].get(name, {"gold": {"n": 0}})["gold"]["n"], 0)
        self.assertEqual(self.ok("export", self.store, "-o", "-", as_name="lea").out, "")
        kinds = [line["kind"] for line in self.ok("judgments", self.store, as_name="lea").lines]
        self.assertEqual(kinds, ["calibration"] * 16)

    def test_two_weeks_before_and_after(self):
        def work(name, start, right):
            player = Player(self, name, clock=start)
            player.deal()
            player.judge_all(lambda line: ("a" if right else "b") + " 2 80")
            player.leave()

        for name in PEOPLE[:2]:
            work(name, "2026-11-01T08:00:00Z", False)
        self.calibrate("new", "week-1", "--pick", "random", "--items", "2", "--invite", "ana,ben")
        shown = self.calibrate("show", "week-1", "--json").json["two_weeks"]
        self.assertIsNone(shown["after"])
        for name in PEOPLE[:2]:
            self.answer(name)
        self.calibrate("close", "week-1")
        closed = self.calibrate("list", "--json").json[0]["closed"]
        for name in ["ana", "ben", "eva"]:
            work(name, closed[:10] + "T23:59:00Z", True)
        shown = self.calibrate("show", "week-1", "--json").json["two_weeks"]
        self.assertEqual(shown["after"]["judgments"], 20)  # eva was not there
        self.assertEqual(shown["after"]["gold_accuracy"]["value"], 1)
        self.assertEqual(len(shown["after"]["gold_accuracy"]["ci95"]), 2)


if __name__ == "__main__":
    unittest.main()
