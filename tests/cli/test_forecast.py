"""When hidden gold runs out: the count, the rate and the date, against what was played."""
import datetime
import unittest

from assay import Case, item
from player import Player

CAMPAIGN = """campaign: pilot
seed: 5
tracks:
  preference: {rubric: preference.yaml, batch: 20, gold: {rate: 0.25}, retest: {rate: 0}}
"""


class Forecast(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store, "--campaign", self.write("pilot.yaml", CAMPAIGN))
        work = [item(n) for n in range(200)] + [item(n, gold={"prefer": "r1"}) for n in range(1000, 1040)]
        self.ok("import", self.store, self.write_lines("mixed.jsonl", work))
        for name in ["ana", "ben"]:
            self.ok("people", self.store, "add", name, "--role", "annotator", as_name="lea")

    def play(self, name, when, batches):
        player = Player(self, name, clock=when.strftime("%Y-%m-%dT%H:%M:%SZ"))
        for _ in range(batches):
            player.deal()
            player.judge_all(lambda line: "a 2 80")
        player.leave()

    def test_the_date_follows_from_the_days_with_work(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        self.play("ana", now - datetime.timedelta(days=3), 2)
        self.play("ben", now - datetime.timedelta(days=30), 1)
        gold = {one["id"] for one in self.ok("gold", self.store, "--json", as_name="lea").json}
        judged = self.ok("judgments", self.store, as_name="lea").lines
        met = {name: sum(1 for one in judged if one["annotator"] == name and one["item"] in gold) for name in ("ana", "ben")}
        self.assertGreater(min(met.values()), 2, "both met gold, or this shows nothing")
        first, second = self.ok("gold", self.store, "forecast", "--json", as_name="lea").json
        self.assertEqual((first["person"], first["unseen"], first["answered"], first["window_days"]), ("ana", 40 - met["ana"], met["ana"], 3))
        self.assertAlmostEqual(first["days"], (40 - met["ana"]) * 3 / met["ana"])
        self.assertIsNone(first["likely"], "one day of work says nothing of the spread")
        date = (now + datetime.timedelta(days=first["days"])).date()
        told = datetime.date.fromisoformat(first["runs_out"])
        self.assertLessEqual(abs((told - date).days), 1)
        self.assertEqual((second["person"], second["unseen"], second["answered"], second["days"], second["runs_out"]), ("ben", 40 - met["ben"], 0, None, None))
        table = self.ok("gold", self.store, "forecast", as_name="lea").out
        self.assertRegex(table, rf"ana +preference +{40 - met['ana']} +{met['ana']} in 3 days +about {first['runs_out']}, early\n")
        self.assertRegex(table, r"ben +preference .* 0 in 14 days +not at this pace\n")
        self.assertLessEqual(max(map(len, table.splitlines())), 80)

    def test_a_range_from_five_days_on(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        for days in (6, 5, 3, 1):
            self.play("ana", now - datetime.timedelta(days=days), 1)
        (line,) = self.ok("gold", self.store, "forecast", "--json", as_name="lea").json
        self.assertEqual((line["window_days"], line["answered"]), (6, 40 - line["unseen"]))
        least, longest = line["likely"]
        self.assertLessEqual(least, line["runs_out"])
        self.assertTrue(longest is None or line["runs_out"] <= longest)

    def test_an_empty_pool_has_run_out(self):
        self.play("ana", datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1), 10)
        (line,) = self.ok("gold", self.store, "forecast", "--json", as_name="lea").json
        self.assertEqual((line["unseen"], line["days"]), (0, 0))
        self.assertIn("has run out", self.ok("gold", self.store, "forecast", as_name="lea").out)

    def test_nobody_yet(self):
        self.assertRegex(self.ok("gold", self.store, "forecast", as_name="lea").out, r"^nobody[^\n]*\n$")


if __name__ == "__main__":
    unittest.main()
