"""The tables of tests/data/stats/agreement as judgments: what `report` prints of them is what R and Python packages found (its README)."""
import csv
import json
import unittest

from assay import SOURCE, Case, item

TABLES = SOURCE / "tests" / "data" / "stats" / "agreement"
STRENGTHS = {2: ["better"], 3: ["better"], 4: ["better", "much better"], 5: ["better", "much better"], 6: ["slightly", "better", "much"]}


def judgment(number, person, level, levels):
    """A level of an ordered scale as a choice and its strength: a much better … (tie) … b much better."""
    half, odd = levels // 2, levels % 2
    if odd and level == half:
        return {"item": f"q-{number}", "annotator": person, "prefer": "tie"}
    strength = half - level if level < half else level - half - odd + 1
    return {"item": f"q-{number}", "annotator": person, "prefer": "r1" if level < half else "r2", "strength": strength}


class Tables(Case):
    def near(self, figure, expected, what):
        if expected["value"] is None:
            self.assertIsNone(figure["value"], what)
        else:
            self.assertIsNotNone(figure["value"], f"{what}: {figure}")
            self.assertAlmostEqual(figure["value"], expected["value"], delta=expected["tol"], msg=what)

    def report(self, name, levels):
        with open(TABLES / f"{name}.csv", encoding="utf-8") as table:
            rows = list(csv.DictReader(table))
        lines = [judgment(number, person, [str(level) for level in levels].index(value), len(levels))
                 for number, row in enumerate(rows, 1) for person, value in row.items() if person != "unit" and value]
        self.store = str(self.folder / f"{name}.assay")
        scale = f"{{strengths: {json.dumps(STRENGTHS[len(levels)])}, tie: {str(len(levels) % 2 == 1).lower()}, none: false}}"
        self.write("table.yaml", f"rubric: table\ntitle: Which?\nscale: {scale}\n")
        self.ok("init", self.store, "--campaign", self.write("campaign.yaml", "campaign: t\nseed: 1\ntracks:\n  t: {rubric: table.yaml}\n"))
        self.ok("import", self.store, self.write_lines("items.jsonl", [item(number) for number in range(1, len(rows) + 1)]))
        self.ok("import", self.store, "--judgments", self.write_lines("judgments.jsonl", lines))
        return self.ok("report", self.store, "--json").json["tracks"]["t"]["agreement"]

    def hold(self, name, levels, expected):
        agreement = self.report(name, levels)
        strength = agreement["strength"]
        self.near(strength["krippendorff_alpha"], expected["kripp_ordinal"], "alpha, ordinal")
        self.near(strength["krippendorff_alpha_interval"], expected["kripp_interval"], "alpha, interval")
        if "ac2_ordinal" in expected:
            self.near(strength["gwet_ac2"], expected["ac2_ordinal"], "AC2")
        if len(levels) <= 3:  # then the levels are the choices themselves
            for key, known in (("percent", "percent_agreement"), ("unanimous", "all_raters_agree"), ("krippendorff_alpha", "kripp_nominal"),
                               ("fleiss_kappa", "fleiss_general"), ("gwet_ac1", "ac1")):
                if known in expected:
                    self.near(agreement["direction"][key], expected[known], key)
                    self.figures += 1
        for pair in agreement["pairs"]:
            if "cohen_kappa_linear" not in expected:
                continue  # more than two raters: no published pair
            for key, known in (("strength_kappa_linear", "cohen_kappa_linear"), ("strength_kappa_quadratic", "cohen_kappa_quadratic")):
                self.near(pair[key], expected[known], key)
                self.pairs += 1
                se = expected[known + "_se"]["value"]
                if pair[key]["ci95"] and pair[key]["ci95"][1] < 1:
                    self.assertAlmostEqual(pair[key]["ci95"][1] - pair[key]["value"], 1.959963984540054 * se, delta=1e-6, msg=key)
            if len(levels) <= 3:
                self.near(pair["cohen_kappa"], expected["cohen_kappa"], "kappa")
        self.figures += 2

    def test_all(self):
        self.figures = self.pairs = 0
        cases = json.loads((TABLES / "expected.json").read_text(encoding="utf-8"))["cases"]
        for name, case in cases.items():
            levels = case["input"]["levels"]
            if len(levels) in STRENGTHS and (TABLES / f"{name}.csv").exists() and name != "edge_all_missing":
                with self.subTest(name):
                    self.hold(name, levels, case["expected"])
        self.assertGreater(self.figures, 35)
        self.assertGreaterEqual(self.pairs, 4)


if __name__ == "__main__":
    unittest.main()
