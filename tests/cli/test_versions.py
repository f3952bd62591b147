"""Versions of a rubric: what changes, what kind of change it is, what is judged again and what an export takes then; rulings folded in."""
import json
import re
import unittest
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from assay import Case, item
from player import Player

CAMPAIGN = """campaign: pilot
seed: 7
tracks:
  t: {rubric: r.yaml, batch: 10, overlap: {each: 2}, gold: {rate: 0}, retest: {rate: 0}}
"""
FIRST = """# kept
rubric: r
version: 1   # of this year
guideline: |
    Read *both*.

    - one
criteria:
  - {id: a, ask: x, per: pair}
"""


class Work(Case):
    def judge(self, name, letter=None):
        """A batch; returns how many items it had."""
        player = Player(self, name, track="t")
        player.deal()
        lines = player.lines()
        player.judge_all(lambda line: f"{letter or self.right(line)} 2")
        player.leave()
        return len(lines)

    def lead(self, *arguments, **options):
        return self.ok(*arguments, as_name="lena", **options)

    def second(self):
        return self.write("second.yaml", FIRST.replace("version: 1", "version: 2").replace("- one", "- one\n    - two", 1))


class Versions(Work):
    def setUp(self):
        super().setUp()
        self.write("r.yaml", FIRST)
        self.ok("init", self.store, "--campaign", self.write("campaign.yaml", CAMPAIGN), as_name="lena")
        for name in ("ana", "ben"):
            self.ok("people", self.store, "add", name, "--role", "annotator", as_name="lena")
        self.ok("import", self.store, self.write_lines("items.jsonl", [item(i) for i in range(1, 21)]), as_name="lena")

    def test_difference(self):
        out = self.lead("rubric", self.store, "diff", self.second()).out
        self.assertIn("version 1, in force, against version 2: 2 lines changed", out)
        self.assertIn("\n+     - two\n", out)
        self.assertIn("\n- version: 1", out)
        found = self.lead("rubric", self.store, "diff", self.second(), "--json").json
        self.assertEqual((found["in_force"], found["version"], found["lines_changed"]), (1, 2, 2))
        self.assertIn("\n+     - two\n", found["difference"])
        events = self.lead("log", self.store).out
        self.assertIn("version 1, is in force already; nothing was changed", self.lead("rubric", self.store, "set", self.write("same.yaml", FIRST)).err)
        self.assertEqual(self.lead("log", self.store).out, events)
        self.assertIn("as version 1, which is in force", self.lead("rubric", self.store, "diff", self.write("same.yaml", FIRST)).out)
        other = self.run_assay("rubric", self.store, "diff", self.write("other.yaml", "rubric: other\n"), as_name="lena", expect=3)
        self.assertIn("no track uses a rubric named 'other'", other.err)
        self.assertEqual(len(self.lead("rubric", self.store, "history", "--json").json), 1)

    def test_judged_again_after_a_semantic_change(self):
        for name in ("ana", "ben"):
            self.assertEqual(self.judge(name, "a") + self.judge(name, "a"), 20)
        before = [json.loads(line) for line in self.lead("export", self.store, "-o", "-").out.splitlines()]
        self.assertEqual(len(before), 20)
        done = self.lead("rubric", self.store, "set", self.second(), "--change", "semantic", "--again", "0.3")
        self.assertIn("40 judgments of 20 items were made by other versions and stay so marked; 6 items are judged again", done.err)
        self.assertEqual(self.judge("ana", "b"), 6)
        self.assertEqual(len(self.lead("export", self.store, "-o", "-").out.splitlines()), 20)
        self.assertEqual(self.judge("ben", "b"), 6)
        self.lead("check", self.store)
        report = self.lead("report", self.store, "--json", "--by", "rubric").json["tracks"]["t"]
        versions = {name.split("#")[0]: group for name, group in report["by_rubric"].items()}
        self.assertEqual({name: (g["items"], g["judgments"]) for name, g in versions.items()}, {"r@1": (20, 40), "r@2": (6, 12)})
        # 20 items by the old rule and 6 by the new one: nobody is held against himself
        self.assertEqual(report["agreement"]["direction"]["percent"]["value"], 1)
        self.assertEqual(report["agreement"]["direction"]["percent"]["n"], 26)
        text = self.lead("report", self.store).out
        self.assertIn("  by r@1 40, r@2 12: 40 of 52 under an older rule.\n  --by rubric splits them", text)
        self.assertNotIn("older rule", self.lead("report", self.store, "--by", "rubric").out)
        old, new = self.lead("rubric", self.store, "history", "--json").json
        self.assertEqual((old["in_force"], new["in_force"]), (False, True))
        self.assertEqual((old["judgments"], old["items"], old["not_yet_read_by"]), (40, 20, []))
        self.assertEqual((new["judgments"], new["items"], new["change"]), (12, 6, "semantic"))
        self.assertNotIn("judgments", self.ok("rubric", self.store, "history", "--json", as_name="ana").json[0])
        self.assertEqual(self.lead("rubric", self.store, "effect", "--json").json[0]["after"]["judgments"], 12)
        # an export takes what was answered last
        again = {j["item"] for j in self.lead("judgments", self.store).lines if j["rubric"].startswith("r@2#")}
        self.assertEqual(len(again), 6)
        for line in self.lead("export", self.store, "-o", "-").lines:
            chosen = line["chosen"] if isinstance(line["chosen"], str) else line["chosen"][-1]["content"]
            number = re.search(r"to (\d+)", chosen).group(1)
            self.assertEqual(chosen.startswith("Second"), f"q-{number}" in again, chosen)

    def test_two_weeks_before_and_after(self):
        """Against counts by hand: of judgments made elsewhere, with dates of their own, under one version and the next."""
        self.assertIn("the rubric of 't' has not changed yet", self.lead("rubric", self.store, "effect").out)
        self.lead("rubric", self.store, "set", self.second(), "--change", "semantic")
        at = datetime.fromisoformat(self.lead("rubric", self.store, "history", "--json").json[1]["at"].replace("Z", "+00:00"))
        lines = []
        for i in range(1, 21):
            day = at + timedelta(days=i - 15.5)  # 15 before, one of them too early; 5 after
            for name, prefer in (("ana", "r1"), ("ben", "r1" if i % 3 else "r2")):
                lines.append({"item": f"q-{i}", "annotator": name, "prefer": prefer, "at": day.isoformat(timespec="milliseconds").replace("+00:00", "Z")})
        self.lead("import", self.store, "--judgments", self.write_lines("j.jsonl", lines))
        (effect,) = self.lead("rubric", self.store, "effect", "--json").json
        self.assertEqual((effect["version"], effect["change"]), (2, "semantic"))
        before, after = effect["before"], effect["after"]
        self.assertEqual((before["judgments"], before["percent"]["n"], after["judgments"], after["percent"]["n"]), (28, 14, 10, 5))
        self.assertAlmostEqual(before["percent"]["value"], sum(i % 3 > 0 for i in range(2, 16)) / 14)
        self.assertAlmostEqual(after["percent"]["value"], sum(i % 3 > 0 for i in range(16, 21)) / 5)
        self.assertIsNone(before["shared_set"])
        self.assertIn("which is not over", self.lead("rubric", self.store, "effect").out)

    def test_before_and_after_on_the_shared_set(self):
        """Items that all three judged are the shared set; two people have every other one."""
        self.lead("campaign", self.store, "--set", self.write("campaign.yaml", CAMPAIGN.replace("each: 2", "each: 2, shared: 0.4")))
        self.lead("import", self.store, self.write_lines("more.jsonl", [item(i) for i in range(21, 51)]))
        self.lead("people", self.store, "add", "cyd", "--role", "annotator")
        for name in ("ana", "ben", "cyd"):
            player = Player(self, name, track="t")
            while player.deal()["batch"]:
                player.judge_all(lambda line: "b 2" if name == "cyd" else "a 2")
            player.leave()
        judged = Counter(j["item"] for j in self.lead("judgments", self.store).lines)
        self.assertEqual(set(judged.values()), {2, 3})
        self.lead("rubric", self.store, "set", self.second(), "--change", "semantic")
        (effect,) = self.lead("rubric", self.store, "effect", "--json").json
        self.assertEqual(effect["before"]["percent"]["n"], 50)
        shared = effect["before"]["shared_set"]["percent"]
        self.assertEqual(shared["n"], sum(n == 3 for n in judged.values()))
        self.assertAlmostEqual(shared["value"], 1 / 3)  # of three pairs one agrees
        self.assertGreater(effect["before"]["percent"]["value"], 1 / 3)
        self.assertIn("| shared set: the same choice | 33 % ", self.lead("rubric", self.store, "effect").out)

    def test_only_a_semantic_change_puts_items_again(self):
        refused = self.run_assay("rubric", self.store, "set", self.second(), "--change", "editorial", "--again", "0.5", as_name="lena", expect=2)
        self.assertIn("only a semantic change", refused.err)
        for share in ("1.5", "-1", "half"):
            self.run_assay("rubric", self.store, "set", self.second(), "--again", share, as_name="lena", expect=2)
        self.assertEqual(len(self.lead("rubric", self.store, "history", "--json").json), 1)

    def test_rulings_are_folded_in(self):
        refused = self.run_assay("rubric", self.store, "fold", as_name="lena", expect=1)
        self.assertIn("no ruling is in force", refused.err)
        for text in ("A refusal is *never* better.", "Two lines\nof a ruling: with a colon"):
            self.lead("rulings", self.store, "add", text)
        draft = str(self.folder / "next.yaml")
        self.assertIn("--folds 1,2", self.lead("rubric", self.store, "fold", "-o", draft).err)
        self.assertEqual([r["retired"] for r in self.lead("rulings", self.store, "--json").json], [False, False])
        self.lead("rubric", self.store, "fold")
        self.assertEqual([r["retired"] for r in self.lead("rulings", self.store, "--json").json], [True, True])
        text = self.lead("rubric", self.store, "--json").json[0]["yaml"]
        self.assertEqual(Path(draft).read_text(), text)
        self.assertEqual(text, FIRST.replace("version: 1   # of this year", "version: 2  # of this year").replace(
            "    - one\n", "    - one\n\n    ## Rulings\n\n    - A refusal is *never* better.\n    - Two lines\n      of a ruling: with a colon\n"))
        self.assertEqual([v["change"] for v in self.lead("rubric", self.store, "history", "--json").json], ["first", "editorial"])
        self.lead("rulings", self.store, "add", "A third.")
        self.lead("rubric", self.store, "fold")
        text = self.lead("rubric", self.store, "--json").json[0]["yaml"]
        self.assertIn("with a colon\n    - A third.\n", text)
        self.assertEqual(text.count("## Rulings"), 1)
        self.lead("check", self.store)

    def test_set_retires_what_it_folds(self):
        self.lead("rulings", self.store, "add", "One.")
        for numbers in ("1,9", "x", "0"):
            self.run_assay("rubric", self.store, "set", self.second(), "--folds", numbers, as_name="lena", expect=2)
            self.assertEqual(len(self.lead("rubric", self.store, "history", "--json").json), 1)
        self.lead("rubric", self.store, "set", self.second(), "--folds", "1")
        self.assertTrue(self.lead("rulings", self.store, "--json").json[0]["retired"])

    def test_a_guideline_that_is_no_block(self):
        self.lead("rubric", self.store, "set", self.write("flat.yaml", 'rubric: r\nversion: 2\nguideline: "One line."\n'))
        self.lead("rulings", self.store, "add", "One.")
        refused = self.run_assay("rubric", self.store, "fold", as_name="lena", expect=3)
        self.assertIn("is not written as a block", refused.err)
        self.lead("rubric", self.store, "set", self.write("none.yaml", "version: 3\nrubric: r"))
        self.lead("rubric", self.store, "fold")
        self.assertIn("guideline: |\n  ## Rulings\n\n  - One.\n", self.lead("rubric", self.store, "--json").json[0]["yaml"])


if __name__ == "__main__":
    unittest.main()
