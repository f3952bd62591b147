"""What a report says beyond agreement and gold: models that can't be compared, orders, contradictions, repeated reasons; and the chances of labels in an export."""
import json
import unittest

from assay import Case, item

RUBRIC = """rubric: helpfulness
title: Which answer helps more?
criteria:
  - {id: accuracy, ask: Are the facts right?, per: response, scale: [1, 5]}
  - {id: depth, ask: Does it say why?, per: response, scale: [1, 5], required: false}
  - {id: length, ask: Is it as long as it should be?, per: response, scale: [1, 3], required: false}
rationale: {required: false}
"""
CAMPAIGN = """campaign: pilot
tracks:
  helpfulness: {rubric: helpfulness.yaml, overlap: {each: 2}}
"""


def named(number, first, second):
    line = item(number)
    line["responses"][0]["model"], line["responses"][1]["model"] = first, second
    return line


class Parts(Case):
    def setUp(self):
        super().setUp()
        self.write("helpfulness.yaml", RUBRIC)
        self.ok("init", self.store, "--campaign", self.write("campaign.yaml", CAMPAIGN))

    def take(self, items, judgments):
        self.ok("import", self.store, self.write_lines("items.jsonl", items))
        self.ok("import", self.store, "--judgments", self.write_lines("judgments.jsonl", judgments))
        return self.ok("report", self.store, "--json").json["tracks"]["helpfulness"]

    def test_models_that_no_game_connects(self):
        """One and two beat each other, three and four do; nobody beats across."""
        items = [named(i, *(("one", "two") if i % 2 else ("three", "four"))) for i in range(1, 41)]
        track = self.take(items, [{"item": f"q-{i}", "annotator": "ana", "prefer": "r1" if i % 3 else "r2"} for i in range(1, 41)])
        models = track["models"]
        self.assertFalse(models["connected"])
        self.assertIn("only within a component", models["note"])
        component = {one["model"]: one["component"] for one in models["strengths"]}
        self.assertEqual(component["one"], component["two"])
        self.assertEqual(component["three"], component["four"])
        self.assertNotEqual(component["one"], component["three"])
        self.assertIn("only within a component", self.ok("report", self.store).out)

    def test_no_models(self):
        track = self.take([item(1)], [{"item": "q-1", "annotator": "ana", "prefer": "r1"}])
        self.assertIsNone(track["models"])
        self.assertEqual(track["pooled"], [])
        self.assertIsNone(track["annotators"]["ana"]["drift"]["with_peers"])

    def test_reasons_are_said_once(self):
        """One judgment: nothing can agree, and one line says so for all of the figures."""
        self.take([item(1)], [{"item": "q-1", "annotator": "ana", "prefer": "r1"}])
        text = self.ok("report", self.store).out
        self.assertEqual(text.count("n/a: no item has two judgments"), 2)
        for name in ("direction", "criteria"):
            self.assertRegex(text, rf"(?m)^  {name} +n/a: no item has two judgments$")
        self.assertRegex(text, r"(?m)^  strength +n/a: no judgment states a strength$")
        self.assertIn(": 1 item, 0 undecided", text)
        text = self.ok("report", self.store, "--since", "2999-01-01", "--annotator", "ana").out
        self.assertIn("ana: no judgments in that stretch of time", text)

    def test_pairs(self):
        """All pairs with thirty items in common, the least agreement first; the figures are those of the JSON."""
        people = ["ana", "dov", "eli", "noa", "sam"]
        lines = [{"item": f"q-{i}", "annotator": name, "strength": 1 + i % 2, "prefer": "r2" if i % 2 or i % 11 < number else "r1"}
                 for i in range(1, 34) for number, name in enumerate(people) if name != "sam" or i < 20]
        track = self.take([item(i) for i in range(1, 34)], lines)
        text = self.ok("report", self.store, "--by", "pair").out
        rows = [line.split() for line in text.splitlines() if line[:5].strip() in ("ana", "dov", "eli")]
        self.assertEqual({(row[0], row[1]) for row in rows}, {(a, b) for i, a in enumerate(people[:4]) for b in people[i + 1:4]})
        kappas = [float(row[2]) for row in rows]
        self.assertEqual(kappas, sorted(kappas))
        for row, pair in zip(rows, track["agreement"]["pairs"]):
            self.assertEqual((row[0], row[1]), (pair["a"], pair["b"]))
            self.assertAlmostEqual(float(row[2]), pair["cohen_kappa"]["value"], delta=5e-4)
            self.assertEqual(float(row[-2]), round(100 * pair["percent"]["value"], 1))
        self.assertLessEqual(max(map(len, text.splitlines())), 80)
        self.assertEqual(self.ok("report", self.store, "--by", "pair", "--annotator", "noa").out.count("noa"), 3)
        self.assertIn("nobody has 30 items in common with them", self.ok("report", self.store, "--by", "pair", "--annotator", "sam").out)

    def test_labels_of_a_file_are_no_person(self):
        dialogue = "\n\nHuman: Why {0}?\n\nAssistant: {1} {0}."
        self.ok("import", self.store, self.write_lines("labelled.jsonl", [
            {"chosen": dialogue.format(i, "Because of"), "rejected": dialogue.format(i, "No idea about")} for i in range(3)]))
        self.take([item(1)], [{"item": "q-1", "annotator": "ana", "prefer": "r1"}])
        text = self.ok("report", self.store).out
        people = text.split("People, worst first")[1].split("Labels that came in files")
        self.assertIn("ana", people[0])
        self.assertNotIn("labelled", people[0])
        self.assertRegex(people[1], r"labelled.* 3 labels\n")
        self.assertIn("1 judgment by 1 person", text)
        alone = self.ok("report", self.store, "--annotator", "labelled.jsonl").out
        self.assertNotIn("People", alone)

    def test_one_person_on_two_tracks(self):
        """Tracks where somebody has nothing are left out of their report."""
        self.store = str(self.folder / "two.assay")
        self.ok("init", self.store, "--campaign", self.write("two.yaml", CAMPAIGN + "  other: {rubric: helpfulness.yaml}\n"))
        self.ok("import", self.store, self.write_lines("items.jsonl", [item(1, track="helpfulness"), item(2, track="other")]))
        self.ok("import", self.store, "--judgments", self.write_lines("judgments.jsonl", [
            {"item": "q-1", "annotator": "ana", "prefer": "r1"}, {"item": "q-1", "annotator": "dov", "prefer": "r1"},
            {"item": "q-2", "annotator": "dov", "prefer": "r2"}]))
        self.assertIn("2 items:", self.ok("report", self.store).out)
        ana = self.ok("report", self.store, "--annotator", "ana").out
        self.assertIn("helpfulness · 2 judgments", ana)
        self.assertNotIn("other ·", ana)
        self.assertIn("other · 1 judgment by 1 person", self.ok("report", self.store, "--annotator", "dov").out)
        self.assertIn("1 item:", self.ok("report", self.store, "--track", "other").out)

    def test_no_percentage_of_fewer_than_ten(self):
        for n, shown in [(9, r"direction: same answer +6 of 9 +9 items\n"), (10, r"direction: same answer +70\.0 % +40\.0–100\.0 +10 items\n")]:
            votes = [{"item": f"q-{i}", "annotator": person, "prefer": "r2" if i < 3 and person == "ben" else "r1"} for i in range(n) for person in ("ana", "ben")]
            self.take([item(i) for i in range(n)], votes)
            self.assertRegex(self.ok("report", self.store).out, shown)

    def test_orders(self):
        items = []
        for i in range(1, 4):
            line = item(i)
            line["responses"].append({"id": "r3", "content": f"A third to {i}."})
            items.append(line)
        same, turned = [["r1"], ["r2"], ["r3"]], [["r3"], ["r2"], ["r1"]]
        track = self.take(items, [{"item": f"q-{i}", "annotator": name, "ranking": turned if (i, name) == (3, "dov") else same}
                                  for i in range(1, 4) for name in ("ana", "dov")])
        ranking = track["agreement"]["ranking"]
        self.assertEqual(ranking["judgments"], 6)
        self.assertAlmostEqual(ranking["kendall_tau_b"]["value"], 1 / 3)
        self.assertAlmostEqual(ranking["kendall_w"]["value"], 2 / 3)
        self.assertEqual(ranking["kendall_tau_b"]["n"], 3)
        self.assertIn("Kendall tau-b", self.ok("report", self.store).out)

    def test_ratings_and_reasons(self):
        def judgment(i, rationale):
            return {"item": f"q-{i}", "annotator": "ana", "prefer": "r1", "strength": 1, "rationale": rationale,
                    "ratings": {"accuracy": {"r1": 1 if i <= 3 else 5, "r2": 5 if i <= 3 else 1}}}
        track = self.take([item(i) for i in range(1, 13)],
                          [judgment(i, "Because it is right." if i % 2 else f"Reason {i} of them.") for i in range(1, 13)])
        habits = track["annotators"]["ana"]["habits"]
        self.assertEqual((habits["contradiction"]["value"], habits["contradiction"]["n"]), (0.25, 12))
        self.assertAlmostEqual(habits["repeated_rationales"]["value"], 5 / 12)
        self.assertEqual(habits["strengths"]["1"], 12)

    def test_one_number_on_all_criteria(self):
        """Six people rate 40 responses; zoe gives each of them one number. The criterion on another scale is no part of it."""
        people = ["ana", "dov", "eli", "noa", "sam", "zoe"]

        def judgment(i, number, name):
            def differs(response):
                return name != "zoe" and (i + response + number) % (3 + number % 2) > 0
            ratings = {"accuracy": {"r1": 4, "r2": 2}, "depth": {"r1": 3 if differs(0) else 4, "r2": 3 if differs(1) else 2},
                       "length": {"r1": 1, "r2": 1}}
            return {"item": f"q-{i}", "annotator": name, "prefer": ["r1", "r2", "tie"][(i + number) % 3], "ratings": ratings}
        track = self.take([item(i) for i in range(1, 21)],
                          [judgment(i, number, name) for i in range(1, 21) for number, name in enumerate(people)])
        habits = {name: track["annotators"][name]["habits"]["criteria_same"] for name in people}
        self.assertEqual({(figure["n"]) for figure in habits.values()}, {40})
        for number, name in enumerate(people[:-1]):
            expected = sum((i + response + number) % (3 + number % 2) == 0 for i in range(1, 21) for response in (0, 1))
            self.assertAlmostEqual(habits[name]["value"], expected / 40)
        self.assertEqual(habits["zoe"]["value"], 1)
        self.assertEqual([name for name in people if "straight-lining" in track["annotators"][name]["flags"]], ["zoe"])
        self.assertIn("one number on all criteria      100.0 %", self.ok("report", self.store, "--annotator", "zoe").out)
        self.assertIn('annotator,"zoe",criteria_same,1,', self.ok("report", self.store, "--csv").out)

    def test_competence_and_the_chances_of_labels(self):
        """One of five answers the opposite; the sidecar of an export has the chances."""
        people = ["ana", "dov", "eli", "noa", "zoe"]
        judgments = [{"item": f"q-{i}", "annotator": name, "strength": 2,
                      "prefer": "r1" if (i % 2 == 0) != (name == "zoe" or (i + number) % 13 == 0) else "r2"}
                     for i in range(1, 241) for number, name in enumerate(people)]
        track = self.take([item(i) for i in range(1, 241)], judgments)
        self.assertEqual([name for name in people if track["annotators"][name]["inverted"]], ["zoe"])
        self.assertLess(track["annotators"]["zoe"]["competence"]["value"], 0.5)
        self.ok("export", self.store, "-o", self.folder / "out.jsonl", "--manifest", self.folder / "m.json")
        lines = [json.loads(line) for line in (self.folder / "out.meta.jsonl").read_text().splitlines()]
        self.assertGreater(len(lines), 200)
        for line in lines:
            number = int(line["item"][2:])
            self.assertEqual(sorted(line["posterior"]), ["none", "r1", "r2", "tie"])
            self.assertAlmostEqual(sum(line["posterior"].values()), 1, delta=1e-5)
            self.assertGreater(line["posterior"]["r1" if number % 2 == 0 else "r2"], 0.9)


if __name__ == "__main__":
    unittest.main()
