"""A change of meaning between two batches: whatever shows a figure says how much of it was judged under the older rule."""
import json
import unittest

from assay import Case, item
from player import Player, items_by_ref
from test_versions import FIRST, Work

MIXED = """campaign: pilot
seed: 7
tracks:
  t: {rubric: r.yaml, batch: 20, overlap: {each: 2}, gold: {rate: 0.5}, retest: {rate: 0}}
  other: {rubric: other.yaml, batch: 4, gold: {rate: 0}, retest: {rate: 0}}
quality:
  - {track: t, category: all, min_gold_accuracy: 0.5, min_alpha: 0, min_judgments: 1}
  - {track: all, category: all, min_gold_accuracy: 0.5}
"""


class OlderRule(Work):
    def setUp(self):
        super().setUp()
        self.write("r.yaml", FIRST)
        self.write("other.yaml", "rubric: other\n")
        self.ok("init", self.store, "--campaign", self.write("campaign.yaml", MIXED), as_name="lena")
        for name in ("ana", "ben"):
            self.ok("people", self.store, "add", name, "--role", "annotator", as_name="lena")
        lines = [item(i, category=["law", "coding"][i % 2]) for i in range(1, 21)] + [item(i, category="law", gold={"prefer": "r1"}) for i in range(101, 131)]
        self.lead("import", self.store, "--track", "t", self.write_lines("items.jsonl", lines))
        self.names = {ref: line["item"]["id"] for ref, line in items_by_ref(self, as_name="lena").items()}
        self.assertEqual(self.judge("ana"), 20)
        self.assertEqual(self.judge("ben"), 20)
        self.changed = self.lead("rubric", self.store, "set", self.second(), "--change", "semantic")
        self.assertEqual(self.judge("ana"), 20)

    def right(self, line):
        """The same answer from everybody, right on gold, not the same on all items."""
        number = int(self.names[line["ref"]].split("-")[1])
        return "a" if number > 100 or number % 3 else "b"

    def test_the_change_says_what_became_of_gold(self):
        self.assertIn("30 gold keys were set under an older rule; retire what the new one answers otherwise", self.changed.err)
        third = self.write("third.yaml", FIRST.replace("version: 1", "version: 3"))
        self.assertNotIn("gold", self.lead("rubric", self.store, "set", third, "--change", "editorial").err)

    def test_report(self):
        text = self.lead("report", self.store).out
        self.assertIn("  by r@1 40, r@2 20: 40 of 60 under an older rule.\n  --by rubric splits them, --in-force counts the others alone.\n", text)
        for by in ("annotator", "category", "language", "week", "day"):
            self.assertIn("40 of 60 under an older rule", self.lead("report", self.store, "--by", by).out, by)
        self.assertIn("20 of 40 under an older rule", self.lead("report", self.store, "--annotator", "ana").out)
        track = self.lead("report", self.store, "--json").json["tracks"]["t"]
        self.assertEqual((track["judgments"], track["older_rule"]), (60, 40))
        people = {name: (one["judgments"], one["older_rule"], one["gold"]["n"], one["gold"]["older_rule"]) for name, one in track["annotators"].items()}
        self.assertEqual(people, {"ana": (40, 20, 20, 10), "ben": (20, 20, 10, 10)})
        for way, whole in (("by_category", 40), ("by_week", 40), ("by_rubric", 40)):
            self.assertEqual(sum(group["older_rule"] for group in track[way].values()), whole, way)
        self.assertEqual({name: group["older_rule"] for name, group in track["by_rubric"].items()}, {"r@1": 40, "r@2": 0})
        rows = [line.split(",") for line in self.lead("report", self.store, "--csv").out.splitlines()]
        told = {(row[1], row[2].strip('"')): (row[4], row[7]) for row in rows if row[0] == '"t"' and row[3] == "older_rule"}
        self.assertEqual((told["all", ""], told["annotator", "ana"], told["annotator", "ben"]), (("40", "60"), ("20", "40"), ("20", "20")))
        self.assertEqual([(row[4], row[7]) for row in rows if row[3] == "gold_older_rule" and row[2] == '"ana"'], [("10", "20")])

    def test_of_the_rule_in_force_alone(self):
        text = self.lead("report", self.store, "--in-force").out
        self.assertIn("only judgments under the rule in force\n", text)
        self.assertIn("t · 20 judgments by 1 person", text)
        self.assertNotIn("older rule", text)
        report = self.lead("report", self.store, "--in-force", "--json").json
        track = report["tracks"]["t"]
        self.assertEqual((report["in_force"], track["judgments"], track["older_rule"], list(track["by_rubric"])), (True, 20, 0, ["r@2"]))
        self.assertEqual(track["annotators"]["ana"]["gold"]["n"], 10)
        self.run_assay("report", self.store, "--in-force", as_name="ana", expect=2)  # which items moved a figure is not theirs to find out

    def test_gate(self):
        text = self.lead("gate", self.store).out
        self.assertIn("t: 40 of 60 under an older rule\n--in-force counts the others alone\npassed", text)
        rules = {(rule["track"], rule["measure"]): (rule["judgments"], rule["older_rule"], rule["n"]) for rule in self.lead("gate", self.store, "--json").json["rules"]}
        self.assertEqual(rules["t", "gold_accuracy"], (30, 20, 30))
        self.assertEqual(rules["all", "gold_accuracy"], (30, 20, 30))
        self.assertEqual(rules["t", "krippendorff_alpha"][:2], (60, 40))
        now = self.run_assay("gate", self.store, "--in-force", as_name="lena", expect=1)  # nobody has judged an item after ana
        self.assertIn("only judgments under the rule in force were counted", now.out)
        self.assertNotIn("older rule", now.out)
        rules = {rule["measure"]: rule for rule in self.run_assay("gate", self.store, "--in-force", "--json", as_name="lena").json["rules"] if rule["track"] == "t"}
        self.assertEqual((rules["gold_accuracy"]["n"], rules["gold_accuracy"]["older_rule"]), (10, 0))
        self.assertEqual(rules["krippendorff_alpha"]["result"], "too little data")

    def test_an_annotator_is_told_of_their_own(self):
        self.assertIn("  20 of 40 under an older rule\n", self.ok("report", self.store, as_name="ana").out)
        own = self.ok("report", self.store, "--json", as_name="ben").json["tracks"]["t"]
        self.assertEqual((own["judgments"], own["older_rule"]), (20, 20))
        for name, words in (("ana", "10 under an older rule"), ("ben", "all under an older rule")):
            player = Player(self, name, track="t")
            rows = player.pane()
            self.assertEqual(sum("older rule" in row for row in rows), 1)
            self.assertIn(words, "\n".join(rows))
            player.leave()

    def test_before_the_change_nothing_is_said(self):
        """The same after an editorial change: the judgments mean what they meant."""
        store = self.store = str(self.folder / "editorial.assay")
        self.ok("init", store, "--campaign", self.write("campaign.yaml", MIXED), as_name="lena")
        self.ok("people", store, "add", "ana", "--role", "annotator", as_name="lena")
        self.lead("import", store, "--track", "t", str(self.folder / "items.jsonl"))
        self.judge("ana", "a")
        self.lead("rubric", store, "set", self.second(), "--change", "editorial")
        self.judge("ana", "a")
        text = self.lead("report", store).out
        self.assertRegex(text, r"by r@1 20, r@2 20\.\n  --by rubric splits them\.\n")
        for words in (["report"], ["report", "--annotator", "ana"], ["gate"]):
            self.assertNotIn("older rule", self.run_assay(words[0], store, *words[1:], as_name="lena").out)
        self.assertNotIn("older rule", "\n".join(Player(self, "ana", track="t").pane()))

    def test_effect_and_export_tell_the_versions(self):
        (effect,) = self.lead("rubric", self.store, "effect", "--track", "t", "--json").json
        self.assertEqual((effect["before"]["by_rubric"], effect["after"]["by_rubric"]), ({"r@1": 40}, {"r@2": 20}))
        self.assertIn("| by | r@1 40 | r@2 20 |", self.lead("rubric", self.store, "effect", "--track", "t").out)
        out = str(self.folder / "prefs.jsonl")
        said = self.lead("export", self.store, "--track", "t", "-o", out, "--manifest", str(self.folder / "manifest.json"), "--min-judgments", "1")
        self.assertIn("of the judgments that count, 20 of 30 under an older rule", said.err)
        manifest = json.loads((self.folder / "manifest.json").read_text())
        self.assertEqual((manifest["judgments_by_rubric"], manifest["older_rule"]), ({"r@1": 20, "r@2": 10}, 20))
        rows = [json.loads(line) for line in (self.folder / "prefs.meta.jsonl").read_text().splitlines()]
        self.assertEqual(sum(row["older_rule"] for row in rows), 20)
        self.assertEqual({tuple(row["rubrics"]) for row in rows if row["older_rule"] == 0}, {("r@2",)})


if __name__ == "__main__":
    unittest.main()
