"""Agreement on public judgments by people: every figure of expected_agreement.tsv comes out of `report`."""
import csv
import glob
import subprocess
import sys
import unittest
from pathlib import Path

from assay import DATA, Case
from convert_public import RECIPES_RUBRIC

CAMPAIGN = "campaign: public\nseed: 1\ntracks:\n  recipes: {rubric: recipes.yaml}\n"


def expected(folder):
    with open(DATA / "expected_agreement.tsv", encoding="utf-8") as table:
        return [row for row in csv.DictReader(table, delimiter="\t") if row["dataset"].startswith(folder)]


class Published(Case):
    def convert(self, source, *files):
        names = [str(self.folder / name) for name in ("items.jsonl", "judgments.jsonl")]
        subprocess.run([sys.executable, "-B", str(Path(__file__).parent / "convert_public.py"), source, *files, *names], check=True)
        return names

    def report(self, source, *files):
        items, judgments = self.convert(source, *files)
        self.ok("import", self.store, items)
        self.ok("import", self.store, "--judgments", judgments)
        (track,) = self.ok("report", self.store, "--json").json["tracks"].values()
        return track

    def test_arguments(self):
        self.shared("expected_agreement.tsv")
        figures = 0
        for number, row in enumerate(expected("ukpconvarg1")):
            with self.subTest(row["dataset"], statistic=row["statistic"]):
                files = sorted(glob.glob(str(DATA / row["dataset"].split(" ")[0])))
                self.store = str(self.folder / f"{number}.assay")
                self.ok("init", self.store)
                direction = self.report("ukpconvarg1", *files)["agreement"]["direction"]
                key = {"Krippendorff alpha nominal": "krippendorff_alpha", "mean pairwise percent agreement": "pairwise_percent"}[row["statistic"]]
                self.assertAlmostEqual(direction[key]["value"], float(row["value"]), delta=1e-6)
                self.assertEqual(direction[key]["n"], int(row["items"]))
                figures += 1
        self.assertEqual(figures, 9)

    def test_recipes(self):
        self.shared("expected_agreement.tsv")
        rows = expected("recipe-ratings")
        self.write("recipes.yaml", RECIPES_RUBRIC)
        self.ok("init", self.store, "--campaign", self.write("campaign.yaml", CAMPAIGN))
        criteria = self.report("recipes", self.shared(rows[0]["dataset"]))["agreement"]["criteria"]
        self.assertEqual(len(rows), len(criteria))
        for row in rows:
            figure = criteria[row["variable"].split(" ")[0]]["krippendorff_alpha"]
            self.assertAlmostEqual(figure["value"], float(row["value"]), delta=1e-6, msg=row["variable"])
            self.assertEqual(figure["n"], int(row["items"]))
            published = row["published value and where"].split(" ")[0]
            self.assertAlmostEqual(figure["value"], float(published), delta=1e-9, msg=row["variable"])


if __name__ == "__main__":
    unittest.main()
