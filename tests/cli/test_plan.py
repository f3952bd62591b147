"""The plan against what was played: done, left, the pace, and when it says nothing."""
import datetime
import unittest

from assay import Case, item
from player import Player

CAMPAIGN = """campaign: pilot
seed: 5
tracks:
  preference: {rubric: preference.yaml, batch: 20, overlap: {each: 2}, gold: {rate: 0.1}, retest: {rate: 0}}
"""


class Plan(Case):
    def setUp(self):
        super().setUp()
        self.now = datetime.datetime.now(datetime.timezone.utc)
        self.ok("init", self.store, "--campaign", self.write("pilot.yaml", CAMPAIGN))
        work = [item(n, category=["law", "coding"][n % 2]) for n in range(100)]
        gold = [item(n, category="law", gold={"prefer": "r1"}) for n in range(1000, 1020)]
        self.ok("import", self.store, self.write_lines("mixed.jsonl", work + gold))
        self.ok("people", self.store, "add", "ana", "--role", "annotator", as_name="lea")
        self.ok("people", self.store, "add", "ben", "--role", "annotator", "--categories", "law", as_name="lea")

    def play(self, name, days_ago, batches, hand_in=True):
        player = Player(self, name, clock=(self.now - datetime.timedelta(days=days_ago)).strftime("%Y-%m-%dT%H:%M:%SZ"))
        for _ in range(batches):
            player.deal()
            player.judge_all(lambda line: "a 2 80", hand_in=hand_in)
        player.leave()

    def plan(self, *more):
        plan = self.ok("plan", self.store, "--json", *more, as_name="lea").json
        return {line["category"]: line for line in plan["work"]}, {line["person"]: line for line in plan["people"]}

    def production(self, name=None):
        judged = self.ok("judgments", self.store, as_name="lea").lines
        return sum(1 for one in judged if one["kind"] == "production" and name in (None, one["annotator"]))

    def test_nothing_done(self):
        work, people = self.plan()
        self.assertEqual((work[None]["done"], work[None]["left"]), (0, 200))
        self.assertEqual((work["law"]["left"], work["coding"]["left"]), (100, 100))
        self.assertEqual(people["ana"]["open"], 100)
        self.assertEqual(people["ben"]["open"], 50, "only law")
        self.assertEqual((work[None]["a_day"], work[None]["done_by"], work[None]["undefined"]), (None, None, "too early"))
        table = self.ok("plan", self.store, as_name="lea").out
        self.assertRegex(table, r"preference +0 +200  too early +too early\n")
        self.assertLessEqual(max(map(len, table.splitlines())), 80)

    def test_done_left_and_pace(self):
        for days in (6, 5, 3, 1):
            self.play("ana", days, 1)
        done = self.production()
        work, people = self.plan()
        self.assertEqual((work[None]["done"], work[None]["left"]), (done, 200 - done))
        self.assertEqual(work["law"]["left"] + work["coding"]["left"], 200 - done)
        self.assertEqual((work[None]["days"], work[None]["active_days"]), (6, 4))
        self.assertAlmostEqual(work[None]["a_day"], done / 6)
        date = (self.now + datetime.timedelta(days=(200 - done) * 6 / done)).date()
        self.assertLessEqual(abs((datetime.date.fromisoformat(work[None]["done_by"]) - date).days), 1)
        self.assertLessEqual(work[None]["likely"][0], work[None]["done_by"])
        self.assertEqual((people["ana"]["done"], people["ana"]["open"]), (done, 100 - done))
        self.assertEqual(people["ben"]["done"], 0)
        self.assertIn(f"{work[None]['likely'][0]}", self.ok("plan", self.store, as_name="lea").out)

    def test_what_is_not_handed_in_is_left(self):
        self.play("ana", 2, 1, hand_in=False)
        work, people = self.plan()
        self.assertEqual((work[None]["done"], work[None]["left"]), (0, 200))
        self.assertEqual(people["ana"]["open"], 100)
        self.ok("people", self.store, "pause", "ana", as_name="lea")
        self.assertNotIn("ana", self.plan()[1])

    def test_a_closed_category_is_done(self):
        self.ok("items", self.store, "close", "law", "--why", "enough of it", as_name="lea")
        work, people = self.plan()
        self.assertEqual((work["law"]["left"], work["law"]["closed"]), (0, True))
        self.assertEqual((work[None]["left"], work["coding"]["closed"]), (100, False))
        self.assertNotIn("ben", people, "there is nothing for somebody who does law alone")
        self.assertRegex(self.ok("plan", self.store, as_name="lea").out, r"  law .* closed\n")
        self.assertIn("closed: preference, law, since", self.ok("items", self.store, as_name="lea").out)
        items = self.ok("report", self.store, "--json", as_name="lea").json["items"]
        self.assertEqual((items["total"], items["gold"], items["open"], items["closed"]), (70, 20, 50, 50))
        self.assertEqual(self.run_assay("items", self.store, "close", "law", "--why", "x", as_name="lea").status, 2)
        self.ok("items", self.store, "reopen", "law", as_name="lea")
        self.assertEqual(self.plan()[0][None]["left"], 200)
        self.assertNotIn("closed:", self.ok("items", self.store, as_name="lea").out)
        self.ok("check", self.store, as_name="lea")

    def test_given_back_by_the_lead(self):
        player = Player(self, "ana")
        player.deal()
        gold = {one["ref"] for one in self.ok("items", self.store, "--json", as_name="lea").lines if "gold" in one["item"]}
        line = next(line for line in player.lines() if line["ref"] not in gold)
        player.play(f"aside {line['position']} broken")
        self.assertEqual(self.plan()[0][None]["with_lead"], 1)
        self.ok("items", self.store, "give-back", line["ref"], "--why", "it is whole", as_name="lea")
        work, _ = self.plan()
        self.assertEqual((work[None]["with_lead"], work[None]["left"]), (0, 200))
        again = self.run_assay("items", self.store, "give-back", line["ref"], "--why", "x", as_name="lea")
        self.assertEqual(again.status, 2)
        self.assertIn("not set aside to the lead", again.err)
        self.ok("check", self.store, as_name="lea")

    def test_set_aside_to_the_lead_is_no_ones_work(self):
        player = Player(self, "ana")
        player.deal()
        player.play("aside 1 broken")
        player.judge_all(lambda line: "a 2 80")
        player.leave()
        work, _ = self.plan()
        aside = work[None]["with_lead"]
        self.assertEqual(work[None]["left"], 200 - self.production() - aside)
        if aside:
            self.assertIn("set aside to the lead", self.ok("plan", self.store, as_name="lea").out)


if __name__ == "__main__":
    unittest.main()
