"""What gives gold away, through the command: nothing in a pool drawn like the rest, and each thing that was planted."""
import random
import unittest

from assay import Case, item
from player import Player

CAMPAIGN = """campaign: pilot
seed: 5
tracks:
  preference: {rubric: preference.yaml, batch: 20, gold: {rate: 0.3}, retest: {rate: 0}}
"""


def drawn(dice, number, longer=0, marks=0, turns=0, category=None, **more):
    length = dice.randint(20, 80) + longer
    prompt = "why " * dice.randint(3, 30)
    answer = " ".join(["**word**" if dice.random() < 0.1 + marks else "word" for _ in range(length)])
    messages = [{"role": role, "content": prompt} for role in (["user", "assistant"] * (dice.randint(0, 2) + turns) + ["user"])]
    line = item(number, category=category or dice.choice(["law", "coding", "writing"]), language=dice.choice(["en", "de"]),
                responses=[{"id": "r1", "content": answer}, {"id": "r2", "content": answer + " more"}], **more)
    del line["prompt"]
    return {**line, "messages": messages}


class Tells(Case):
    def pool(self, seed=8, **planted):
        dice = random.Random(seed)
        lines = [drawn(dice, n) for n in range(200)] + [drawn(dice, n, gold={"prefer": "r1"}, **planted) for n in range(1000, 1060)]
        self.ok("init", self.store, "--campaign", self.write("pilot.yaml", CAMPAIGN))
        self.ok("import", self.store, self.write_lines("mixed.jsonl", lines))
        return self

    def tells(self):
        (track,) = self.ok("gold", self.store, "tells", "--json").json
        return track, {(one["feature"], one["value"]): one for one in track["tells"]}

    def found(self):
        return {key for key, one in self.tells()[1].items() if one["verdict"] == "gives some away"}

    def test_what_is_told_of_a_pool_without_a_tell(self):
        self.pool()
        track, tells = self.tells()
        self.assertEqual((track["track"], track["gold"], track["production"]), ("preference", 60, 200))
        self.assertEqual({key[0] for key in tells}, {"length", "prompt length", "turns", "Markdown", "code", "response order", "category", "language"})
        self.assertEqual(self.found(), set())
        for one in tells.values():
            if one["verdict"] == "at chance":
                self.assertTrue(one["low"] <= 0.5 <= one["high"] and one["low"] <= one["auc"] <= one["high"], one)
        self.assertEqual((tells["response order", None]["verdict"], tells["response order", None]["auc"]), ("too little to say", None))
        table = self.ok("gold", self.store, "tells").out
        self.assertIn("60 hidden gold against 200 items", table)
        self.assertNotIn("gives some away", table)
        self.assertLessEqual(max(map(len, table.splitlines())), 80)

    def test_pools_without_a_tell_show_one_once_in_twenty_at_most(self):
        shown = 0
        for seed in range(30):
            self.store = str(self.folder / f"{seed}.assay")
            shown += bool(self.pool(seed).found())
        self.assertLessEqual(shown, 4)  # more than that has a chance of 1.6 % at one in twenty

    def test_length(self):
        self.assertEqual(self.pool(longer=30).found(), {("length", None)})
        self.assertRegex(self.ok("gold", self.store, "tells").out, r"(?m)^length +0\.\d\d  0\.\d\d to [01]\.\d\d  gives some away$")

    def test_markdown(self):
        self.assertIn(("Markdown", None), self.pool(marks=0.3).found())

    def test_turns(self):
        self.assertIn(("turns", None), self.pool(turns=2).found())

    def test_category(self):
        self.pool(category="law")
        self.assertLessEqual({("category", "law"), ("category", "coding"), ("category", "writing")}, self.found())
        track, _ = self.tells()
        self.assertGreater(track["total_variation"]["category"], 0.5)

    def test_code(self):
        dice = random.Random(3)
        plain, fenced = [{"id": r, "content": "no " + r} for r in ("r1", "r2")], [{"id": r, "content": f"```\n{r}\n```"} for r in ("r1", "r2")]
        self.ok("init", self.store, "--campaign", self.write("pilot.yaml", CAMPAIGN))
        lines = [item(n, responses=fenced if dice.random() < 0.1 else plain) for n in range(100)]
        lines += [item(n, responses=fenced, gold={"prefer": "r1"}) for n in range(1000, 1020)]
        self.ok("import", self.store, self.write_lines("mixed.jsonl", lines))
        self.assertIn(("code", None), self.found())

    def test_the_order_in_which_responses_were_shown(self):
        self.pool()
        self.ok("people", self.store, "add", "ana", "--role", "annotator")
        ana = Player(self, "ana", clock="2026-11-02T08:00:00Z")
        for _ in range(4):
            ana.deal()
            ana.judge_all(lambda line: "a 2 80")
        ana.leave()
        one = self.tells()[1]["response order", None]
        self.assertEqual(one["verdict"], "at chance")
        self.assertTrue(one["low"] < one["auc"] < one["high"])

    def test_retired_gold_is_not_looked_at(self):
        self.pool(longer=30)
        self.ok("gold", self.store, "retire", *[f"q-{n}" for n in range(1000, 1055)], "--why", "x")
        track, tells = self.tells()
        self.assertEqual((track["gold"], track["production"]), (5, 200))
        self.assertEqual({one["verdict"] for one in tells.values()}, {"too little to say"})


if __name__ == "__main__":
    unittest.main()
