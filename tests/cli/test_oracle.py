"""report --json recomputed from what `judgments` and `items` print, by plain Python (oracle.py): the demo, and study A where it is at hand."""
import sqlite3
import unittest
from collections import defaultdict

import oracle
from assay import Case
from test_study_a import CAMPAIGN, RUBRIC


class Recomputed(Case):
    def near(self, figure, value, what, n=None):
        if value is None:
            self.assertIsNone(figure["value"], what)
            return
        self.assertIsNotNone(figure["value"], f"{what}: {figure}")
        self.assertAlmostEqual(figure["value"], value, delta=1e-9, msg=what)
        if n is not None:
            self.assertEqual(figure["n"], n, what)

    def load(self, store, lead, tie, none, strengths):
        """Counted judgments of the team: first ones, by (item, person)."""
        self.items = {line["item"]["id"]: line["item"] for line in self.ok("items", store, "--json", as_name=lead).lines}
        self.keys = self.load_keys(store)
        self.report = self.ok("report", store, "--json", as_name=lead).json["tracks"]
        self.levels = ["a", "b"] + ["tie"] * tie + ["none"] * none
        self.tie, self.strengths = tie, strengths
        self.first = defaultdict(dict)
        for line in self.ok("judgments", store, as_name=lead).lines:
            if line["final"] and line["kind"] in ("production", "gold", "retest") and line["role"] in ("annotator", "lead"):
                known = self.first[line["track"]].setdefault((line["annotator"], line["item"]), line)
                if known is not line and line["kind"] != "retest":
                    self.fail("the second judgment of an item is no retest")

    @staticmethod
    def load_keys(store):
        """By item: accepted answers and strengths of the newest key, retired ones too (what was answered to them counts), void ones not."""
        rows = sqlite3.connect(store).execute(
            "select i.name, g.id, g.low, g.high, a.prefer from gold g join item i on i.id = g.item join gold_answer a on a.gold = g.id"
            " where g.void = 0 and g.id = (select max(n.id) from gold n where n.item = g.item) order by g.id")
        keys = {}
        for name, _, low, high, prefer in rows:
            keys.setdefault(name, (set(), low, high))[0].add({-1: "tie", -2: "none"}.get(prefer, "abcdefghijklmnopqrstuvwxyz"[prefer]))
        return keys

    def score(self, line):
        s, choice = self.strengths, line["prefer"]
        if choice == "tie":
            return s if self.tie else None
        if choice == "none" or not line.get("strength"):
            return None
        return s - line["strength"] if choice == "a" else s + self.tie + line["strength"] - 1

    def hold_lines(self, lines, figures, what, few):
        """One track or group: direction, untied, strength."""
        direction, untied, strength = defaultdict(list), defaultdict(list), defaultdict(list)
        for line in lines:
            direction[line["item"]].append(self.levels.index(line["prefer"]))
            if line["prefer"] in ("a", "b"):
                untied[line["item"]].append(self.levels.index(line["prefer"]))
            if self.score(line) is not None:
                strength[line["item"]].append(self.score(line))
        q, n = len(self.levels), len(oracle.pairable(direction))
        of = figures["direction"]
        self.near(of["percent"], oracle.agreement(direction, q), what, n)
        self.near(of["pairwise_percent"], oracle.pairwise(direction), what)
        self.near(of["unanimous"], oracle.unanimous(direction), what, n)
        self.near(figures["untied"]["percent"], oracle.agreement(untied, 2), what, len(oracle.pairable(untied)))
        enough = not few or n >= 50
        self.near(of["krippendorff_alpha"], oracle.alpha(direction, q, "nominal") if enough else None, what, n)
        self.near(of["fleiss_kappa"], oracle.fleiss(direction, q) if enough else None, what, n)
        self.near(of["gwet_ac1"], oracle.gwet(direction, q) if enough else None, what, n)
        scores, n = 2 * self.strengths + self.tie, len(oracle.pairable(strength))
        enough = not few or n >= 50
        of = figures["strength"]
        self.near(of["krippendorff_alpha"], oracle.alpha(strength, scores, "ordinal") if enough else None, what, n)
        self.near(of["krippendorff_alpha_interval"], oracle.alpha(strength, scores, "interval") if enough else None, what, n)
        self.near(of["gwet_ac2"], oracle.gwet(strength, scores, oracle.ordinal_weight(scores)) if enough else None, what, n)
        for figure in (figures["direction"]["percent"], figures["untied"]["percent"]):
            self.assertTrue(figure["ci95"][0] <= figure["value"] <= figure["ci95"][1], what)

    def hold_pairs(self, lines, pairs):
        by_person = defaultdict(dict)
        for line in lines:
            by_person[line["annotator"]][line["item"]] = line
        self.assertGreater(len(pairs), 10)
        for pair in pairs:
            a, b = by_person[pair["a"]], by_person[pair["b"]]
            if not a or not b:
                continue  # a model, or labels of a file
            both = [(a[i], b[i]) for i in a if i in b]
            what = f"{pair['a']} and {pair['b']}"
            direction = [(self.levels.index(x["prefer"]), self.levels.index(y["prefer"])) for x, y in both]
            self.near(pair["cohen_kappa"], oracle.kappa(direction, len(self.levels)), what, len(both))
            scores = [(self.score(x), self.score(y)) for x, y in both if self.score(x) is not None and self.score(y) is not None]
            for key, power in (("strength_kappa_linear", 1), ("strength_kappa_quadratic", 2)):
                self.near(pair[key], oracle.kappa(scores, 2 * self.strengths + self.tie, power) if len(scores) >= 30 else None, what)

    def right(self, line):
        """Of a gold judgment: the side, and the side with the strength."""
        accepted, low, high = self.keys[line["item"]]
        side = line["prefer"] in accepted
        return side, side and (line["prefer"] not in ("a", "b") or low == 0 or low <= line["strength"] <= high)

    def hold_person(self, gold, track, person):
        right = [self.right(line) for line in gold]
        wilson = oracle.wilson(sum(whole for _, whole in right), len(right))
        figure = person["gold"]["accuracy"]
        for value, expected in zip([figure["value"], *figure["ci95"]], wilson):
            self.assertAlmostEqual(value, expected, delta=1e-9)
        self.assertEqual(person["gold"]["wrong_side"], sum(not side for side, _ in right))
        detector = track["detector"]
        c, alarms = oracle.cusum([not whole for _, whole in right], detector["up"], detector["down"], detector["limit"])
        self.assertEqual((person["drift"]["statistic"], len(person["drift"]["alarms"])), (c, alarms))
        stated = [(line["confidence"], side) for line, (side, _) in zip(gold, right) if line.get("confidence") is not None]
        if stated:
            for key, value in oracle.brier(stated).items():
                self.near(person["confidence"][key], value, key, len(stated))

    def hold_track(self, name):
        track, lines = self.report[name], list(self.first[name].values())
        self.hold_lines(lines, track["agreement"], name, few=False)
        groups = {"by_category": lambda line: self.items[line["item"]].get("category"),
                  "by_language": lambda line: self.items[line["item"]].get("language"),
                  "by_rubric": lambda line: line["rubric"].split("#")[0]}
        for key, of in groups.items():
            self.assertTrue(track[key])
            for group, figures in track[key].items():
                chosen = [line for line in lines if (of(line) or "(none)") == group]
                self.assertTrue(chosen, group)
                self.hold_lines(chosen, figures, f"{key} {group}", few=True)
        self.hold_pairs(lines, track["agreement"]["pairs"])
        gold = defaultdict(list)
        for line in lines:
            if line["kind"] == "gold" and line["item"] in self.keys:
                gold[line["annotator"]].append(line)
        self.assertTrue(gold)
        for person, outcomes in gold.items():
            with self.subTest(person):
                self.hold_person(outcomes, track, track["annotators"][person])

    def test_demo(self):
        self.ok("demo", self.folder / "demo")
        self.load(self.folder / "demo" / "demo.assay", "lead", tie=True, none=True, strengths=3)
        self.hold_track("helpfulness")

    def test_study(self):
        items, judgments = (self.shared(f"stats/studies/study_A_{what}.jsonl.gz") for what in ("items", "judgments"))
        self.write("study.yaml", RUBRIC)
        self.ok("init", self.store, "--campaign", self.write("campaign.yaml", CAMPAIGN))
        self.ok("import", self.store, items)
        self.ok("import", self.store, "--judgments", judgments)
        self.load(self.store, None, tie=True, none=False, strengths=2)
        self.hold_track("study")


if __name__ == "__main__":
    unittest.main()
