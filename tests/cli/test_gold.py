"""The gold pool: keys come, are amended and retire; and an amended key is as if it had been right from the start."""
import json
import re
import shutil
import unittest

from assay import Case, item
from player import Player, items_by_ref, letter_of

CAMPAIGN = """campaign: pilot
seed: 3
tracks:
  preference: {rubric: preference.yaml, batch: 50, gold: {rate: 0.5}, retest: {rate: 0}}
"""


class Gold(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store, "--campaign", self.write("pilot.yaml", CAMPAIGN))

    def gold(self, *words, **options):
        return self.ok("gold", self.store, *words, **options)

    def keys(self, store=None):
        return {one["id"]: one for one in self.ok("gold", store or self.store, "--json").json}

    def refused(self, status, *words, part=""):
        before = self.ok("log", self.store).out
        result = self.run_assay("gold", self.store, *words)
        self.assertEqual(result.status, status, result.err)
        self.assertEqual((result.out, result.err.count("\n")), ("", 1))
        self.assertIn(part, result.err)
        self.assertEqual(self.ok("log", self.store).out, before)

    def verbs(self):
        return [(event["verb"], event["detail"]) for event in self.ok("log", self.store, "--json").lines]

    # --- The pool ------------------------------------------------------------------------------------------------

    def test_added_from_files(self):
        self.gold("add", self.write_lines("g.jsonl", [item(1, gold={"prefer": "r1"}), item(2, gold={"prefer": "tie"})]),
                  self.write("g.yaml", "- {id: y, prompt: p, responses: [x, y], gold: {prefer: none, difficulty: easy, use: training, explanation: both wrong}}\n"))
        keys = self.keys()
        self.assertEqual({name: one["gold"]["prefer"] for name, one in keys.items()}, {"q-1": "r1", "q-2": "tie", "y": "none"})
        self.assertEqual((keys["y"]["gold"]["use"], keys["y"]["gold"]["difficulty"], keys["y"]["gold"]["explanation"]), ("training", "easy", "both wrong"))
        self.assertEqual(self.gold().out.count("\n"), 4)
        self.refused(3, "add", self.write_lines("none.jsonl", [item(3, gold={"prefer": "r1"}), item(4)]), part="none.jsonl:2")
        self.assertNotIn("q-3", self.keys())
        self.refused(3, "add", self.write_lines("five.jsonl", [item(5, gold={"prefer": "r1"})]), self.folder / "none.jsonl", part="none.jsonl:2")
        self.assertNotIn("q-5", self.keys())
        three = item(6, gold={"prefer": {"ranking": [["r3"], ["r1", "r2"]]}})
        three["responses"].append({"id": "r3", "content": "A third."})
        self.ok("gold", self.store, "add", "-", input=json.dumps(three) + "\n")
        self.assertIn("r3>r1=r2", self.gold().out)

    def test_promoted(self):
        self.ok("import", self.store, self.write_lines("i.jsonl", [item(n) for n in range(4)]))
        ref = self.ok("items", self.store, "--json").lines[1]["ref"]
        self.gold("promote", "q-0", "--prefer", "r2", "--strength", "2-3", "--difficulty", "hard", "--explanation", "it runs", "--why", "everybody agreed")
        self.gold("promote", ref, "--prefer", "r1", "--prefer", "tie", "--why", "either")
        keys = self.keys()
        self.assertEqual(keys["q-0"]["gold"], {"prefer": "r2", "strength": [2, 3], "explanation": "it runs", "difficulty": "hard", "use": "hidden"})
        self.assertEqual(keys["q-1"]["gold"]["prefer"], ["r1", "tie"])
        self.assertIn("everybody agreed", self.ok("log", self.store).out)
        wanted = {one["item"]["id"]: one["wanted"] for one in self.ok("items", self.store, "--json").lines}
        self.assertEqual(wanted, {"q-0": 0, "q-1": 0, "q-2": 1, "q-3": 1})
        self.refused(2, "promote", "q-0", "--prefer", "r1", "--why", "again", part="gold already")
        self.refused(2, "promote", "q-2", "--prefer", "r7", "--why", "x", part="'r7'")
        self.refused(2, "promote", "q-2", "--why", "x", part="--prefer")
        self.refused(2, "promote", "q-2", "--prefer", "r1", part="--why")
        self.refused(2, "promote", "q-2", "--prefer", "r1", "--strength", "5", "--why", "x", part="'5'")
        self.refused(2, "promote", "q-2", "--prefer", "r1", "--strength", "3-2", "--why", "x", part="'3-2'")
        self.refused(2, "promote", "q-2", "--prefer", "r1", "--use", "secret", "--why", "x", part="secret")
        self.refused(2, "amend", "q-2", "--prefer", "r1", "--why", "x")
        self.refused(2, "retire", "q-2", "--why", "x")
        self.ok("check", self.store)

    def test_amended_in_part(self):
        self.gold("add", self.write_lines("g.jsonl", [item(1, gold={"prefer": "r1", "strength": 2, "explanation": "old", "difficulty": "easy"})]))
        self.gold("amend", "q-1", "--prefer", "r2", "--why", "the key was wrong")
        self.assertEqual(self.keys()["q-1"]["gold"], {"prefer": "r2", "strength": [2, 2], "explanation": "old", "difficulty": "easy", "use": "hidden"})
        self.gold("amend", "q-1", "--explanation", "new", "--why", "clearer")
        self.assertEqual((self.keys()["q-1"]["gold"]["prefer"], self.keys()["q-1"]["gold"]["explanation"]), ("r2", "new"))
        text = self.ok("log", self.store).out
        self.assertIn("the key was wrong", text)
        self.assertIn("clearer", text)
        self.ok("check", self.store)

    def test_all_that_are_named_or_none(self):
        self.gold("add", self.write_lines("g.jsonl", [item(n, gold={"prefer": "r1"}) for n in range(3)]))
        self.refused(2, "retire", "q-0", "q-1", "q-9", "--why", "x", part="'q-9'")
        self.gold("retire", "q-1")
        self.assertEqual(self.verbs()[-1], ("retire-gold", "no reason given"))
        self.refused(2, "retire", "q-0", "q-1", "--why", "x", part="retired already")
        self.assertEqual(sorted(self.keys()), ["q-0", "q-2"])
        self.assertEqual(self.gold("retire", "q-0", "q-2", "--why", "x").err, "q-0: retired\nq-2: retired\n")
        self.assertEqual(self.keys(), {})
        self.ok("check", self.store)

    def test_a_retired_key_is_served_no_more(self):
        self.gold("add", self.write_lines("g.jsonl", [item(1000 + n, gold={"prefer": "r1"}) for n in range(20)]))
        self.ok("import", self.store, self.write_lines("i.jsonl", [item(n) for n in range(30)]))
        self.gold("retire", *[f"q-{1000 + n}" for n in range(20)], "--why", "leaked")
        player = Player(self, "ana")
        player.deal()
        names = {line["ref"]: line["item"]["id"] for line in self.ok("items", self.store, "--json").lines}
        self.assertTrue(all(int(names[line["ref"]][2:]) < 1000 for line in player.lines()))
        self.ok("check", self.store)

    # --- What rests on a key -----------------------------------------------------------------------------------------

    WRONG = range(1000, 1030)  # of 60
    PEOPLE = ["ana", "ben", "cyd", "dov"]

    def found(self, store, wrong):
        """Gold on which r1 is right, with a wrong key on some; production; four people. The same secret in every copy."""
        gold = [item(n, category=["law", "coding"][n % 2], gold={"prefer": "r2" if wrong and n in self.WRONG else "r1"}) for n in range(1000, 1060)]
        self.ok("import", store, self.write_lines("items.jsonl", [item(n, category=["law", "coding"][n % 2]) for n in range(300)] + gold))
        for name in self.PEOPLE:
            self.ok("people", store, "add", name, "--role", "annotator", as_name="lea")

    def work(self, store):
        """Two batches each, answers that depend on the item and the person alone. dov takes r2 where the key was wrong: he follows the key."""
        refs = items_by_ref(self, store, as_name="lea")
        for day, name in enumerate(self.PEOPLE, 2):
            def choose(line, name=name):
                number = int(refs[line["ref"]]["item"]["id"][2:])
                good = number % 20 != 3
                if name == "dov":
                    good = number not in self.WRONG
                return f"{letter_of(refs[line['ref']], 'r1' if good else 'r2')} 2 80"
            player = Player(self, name, store=store, clock=f"2026-11-{day:02}T08:00:00Z")
            for _ in range(2):
                player.deal()
                player.judge_all(choose)
            player.leave()

    def figures(self, store, program="lea"):
        """Everything that is made of keys, without moments and names of rows."""
        out = {}
        for words in [["report", "--json"], ["report"], ["report", "--by", "category"], ["report", "--csv"], ["report", "--by", "annotator"], ["hours"]]:
            text = self.ok(words[0], store, *words[1:], as_name="lea").out
            out[" ".join(words)] = re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?|^pilot.*", "", text)
        out["export"] = self.ok("export", store, "-o", "-", as_name="lea").out
        out["judgments"] = [{k: v for k, v in json.loads(line).items() if k not in ("uid",)} for line in self.ok("judgments", store, as_name="lea").out.splitlines()]
        out["gold"] = {name: (one["gold"], one["answered"], one["right"]) for name, one in self.keys_of(store).items()}
        for name in self.PEOPLE:
            out["pane of " + name] = Player(self, name, store=store, clock="2026-12-01T08:00:00Z").pane()
            out["report of " + name] = re.sub(r'"at":"[^"]*"', "", self.ok("report", store, "--json", as_name=name).out)
        out["holds"] = sorted((one["annotator"], one["since"], one["until"], one["judgments"], one["origin"], one["category"])
                              for one in self.holds(store) if one["decision"] is None)
        return out

    def keys_of(self, store):
        return {one["id"]: one for one in self.ok("gold", store, "--json", as_name="lea").json}

    def holds(self, store):
        return self.ok("hold", store, "--json", as_name="lea").json

    def test_a_key_amended_after_200_answers_is_as_if_it_had_been_right_from_the_start(self):
        amended, right = str(self.folder / "amended.assay"), str(self.folder / "right.assay")
        shutil.copy(self.store, amended)
        shutil.copy(self.store, right)
        self.found(amended, True)
        self.found(right, False)
        self.work(amended)
        self.work(right)
        before, goal = self.figures(amended), self.figures(right)
        answered = sum(one["kind"] == "gold" for one in goal["judgments"])
        self.assertEqual(answered, 200)
        self.assertEqual([{k: v for k, v in one.items() if k != "held"} for one in before["judgments"]],
                         [{k: v for k, v in one.items() if k != "held"} for one in goal["judgments"]], "the two stores were dealt and judged alike")
        self.assertNotEqual(before["report --json"], goal["report --json"])
        self.assertNotEqual(before["holds"], goal["holds"])
        self.assertIn("dov", [hold[0] for hold in goal["holds"]], "an alarm that the right key raises, or this shows little")
        self.assertIn("ana", [hold[0] for hold in before["holds"]], "an alarm that the wrong key raised, or this shows little")
        for n in self.WRONG:
            self.ok("gold", amended, "amend", f"q-{n}", "--prefer", "r1", "--why", "the key was wrong", as_name="lea")
        after = self.figures(amended)
        for name in goal:
            with self.subTest(name):
                self.maxDiff = 2000
                self.assertEqual(after[name], goal[name])
        self.assertIn("withdrawn", [hold["decision"] for hold in self.holds(amended)])
        log = self.ok("log", amended, "--json", as_name="lea").lines
        self.assertEqual(sum(event["verb"] == "amend-gold" or "amend" in event["verb"] for event in log), len(self.WRONG))
        self.assertIn("the key was wrong", json.dumps(log))
        self.ok("check", amended, as_name="lea")
        self.ok("check", right, as_name="lea")

    def test_void_takes_the_answers_out_of_every_figure(self):
        voided, kept = str(self.folder / "voided.assay"), str(self.folder / "kept.assay")
        self.found(self.store, True)
        self.work(self.store)
        shutil.copy(self.store, voided)
        shutil.copy(self.store, kept)
        names = [f"q-{n}" for n in self.WRONG]
        self.ok("gold", voided, "retire", *names, "--void", "--why", "leaked", as_name="lea")
        self.ok("gold", kept, "retire", *names, "--why", "leaked", as_name="lea")
        count = lambda store: self.ok("report", store, "--json", as_name="lea").json["tracks"]["preference"]["annotators"]["ana"]["gold"]
        answered = sum(int(one["item"][2:]) in self.WRONG for one in self.ok("judgments", self.store, "--annotator", "ana", as_name="lea").lines)
        self.assertGreater(answered, 5)
        self.assertEqual(count(kept)["n"], count(self.store)["n"])
        self.assertEqual(count(voided)["n"], count(self.store)["n"] - answered)
        self.assertGreater(count(voided)["correct"] / count(voided)["n"], count(kept)["correct"] / count(kept)["n"])
        self.ok("check", voided, as_name="lea")
        self.ok("check", kept, as_name="lea")


if __name__ == "__main__":
    unittest.main()
