"""What the pane shows after a hand-in is what `report` finds in the same store, number for number: gold, drift, confidence, habits, retests."""
import random
import unittest

from assay import Case, item
from player import Player, items_by_ref

CAMPAIGN = """campaign: pilot
seed: 3
tracks:
  preference:
    rubric: preference.yaml
    batch: 14
    overlap: {each: 3}
    gold: {low: 0.15, high: 0.20}
    retest: {rate: 0.15, after: {items: 8, days: 1}}
    drift: {in_control: 0.85, out_of_control: 0.65, false_alarm_every: 100}
"""
HAND_INS = 12
# How often each is right, and when that falls; how sure they say to be; how often they take the left side without looking.
PEOPLE = {"ana": (0.95, None, 80, 0.0), "dov": (0.95, 6, 95, 0.0), "eli": (0.6, None, 60, 0.4)}


class RunningFigures(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store, "--campaign", self.write("pilot.yaml", CAMPAIGN))
        lines = [item(n, category=["law", "coding", "medical"][n % 3]) for n in range(240)]
        for n in range(60):
            lines.append(item(1000 + n, category="coding" if n % 4 == 0 else "law", gold={"prefer": "r1" if n % 2 else "r2"}))
        self.ok("import", self.store, self.write_lines("items.jsonl", lines))
        self.chance = random.Random(5)
        self.items = items_by_ref(self, as_name="lea")
        self.players = {}
        for name in PEOPLE:
            self.ok("people", self.store, "add", name, "--role", "annotator", as_name="lea")
            self.players[name] = Player(self, name, clock="2026-11-02T08:00:00Z")

    def choose(self, name, batch):
        accuracy, falls, confidence, left = PEOPLE[name]
        accuracy = 0.5 if falls and batch >= falls else accuracy

        def answer(line):
            if self.chance.random() < left:
                return f"left 2 {confidence}"
            if self.chance.random() < 0.05:
                return f"tie 1 {confidence}"
            known = self.items[line["ref"]]["item"].get("gold", {}).get("prefer", "r1")
            right = self.chance.random() < accuracy
            return f"{'a' if (known == 'r1') == right else 'b'} {self.chance.choice([1, 2, 3])} {confidence if right else 60}"
        return answer

    def hold(self, running, batch, path):
        """Every leaf of what the pane has stands in the report, exactly."""
        for key, value in running.items():
            self.assertIn(key, batch, path)
            if isinstance(value, dict) and "n" not in value:
                self.hold(value, batch[key], f"{path} {key}")
            else:
                self.assertEqual(value, batch[key], f"{path} {key}")
        if path.endswith("by_category"):
            self.assertEqual(sorted(running), sorted(batch), path)

    def test_after_every_hand_in(self):
        seen = {"alarm": 0, "category": 0, "retest": 0}
        for batch in range(HAND_INS):
            for name, player in self.players.items():
                player.deal()
                player.judge_all(self.choose(name, batch))
                track = self.ok("report", self.store, "--json", as_name="lea").json["tracks"]["preference"]
                for other, one in self.players.items():  # the others' figures do not move, and are the same still
                    if other not in track["annotators"]:
                        continue
                    self.hold(one.figures(), track["annotators"][other], f"batch {batch}, {name} handed in, {other}:")
                own = self.ok("report", self.store, "--json", as_name=name).json["tracks"]["preference"]["annotators"][name]
                self.assertEqual(own["gold"]["correct"], player.figures()["gold"]["correct"])
                self.assertEqual(own["habits"]["first_shown"], player.figures()["habits"]["first_shown"])
                player.play("pass 90000")
        for player in self.players.values():
            figures = player.figures()
            self.assertEqual(figures["hand_ins"], HAND_INS)
            seen["alarm"] += figures["drift"]["state"] == "drift"
            seen["category"] += len(figures["gold"]["by_category"])
            seen["retest"] += figures["retest"]["same"]["n"]
        self.assertGreaterEqual(seen["alarm"], 1)
        self.assertGreaterEqual(seen["category"], 1)
        self.assertGreaterEqual(seen["retest"], 10)


if __name__ == "__main__":
    unittest.main()
