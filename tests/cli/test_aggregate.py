"""One label from several judgments, three ways: `--aggregate` of report and export, held against the models written out here in plain Python."""
import json
import math
import random
import unittest
from collections import Counter

from assay import Case, item

LEVELS = ["r1", "r2", "tie", "none"]
PEOPLE = {"ana": 0.95, "dov": 0.85, "eli": 0.75, "noa": 0.65, "zoe": 0.15}
ITEMS = 150


def judgments():
    chance = random.Random(11)
    lines = []
    for number in range(1, ITEMS + 1):
        truth = chance.choice(["r1", "r1", "r2", "r2", "r2", "tie"])
        for name in chance.sample(sorted(PEOPLE), 2 + number % 3):
            said = truth if chance.random() < PEOPLE[name] else chance.choice([level for level in LEVELS[:3] if level != truth])
            lines.append({"item": f"q-{number}", "annotator": name, "prefer": said, **({} if said == "tie" else {"strength": 2})})
    return lines


def fit(votes, one_coin):
    """EM from vote shares: Dirichlet pseudo-counts 20 and 5 on the errors, 1 on the shares. votes: {item: {annotator: level}}."""
    q = len(LEVELS)
    chances = {i: [sum(v == k for v in given.values()) / len(given) for k in range(q)] for i, given in votes.items()}
    before, quiet = -math.inf, 0
    while quiet < 2:
        shares = [1 + sum(row[k] for row in chances.values()) for k in range(q)]
        shares = [s / sum(shares) for s in shares]
        errors = {name: [[0.0] * q for _ in range(q)] for name in PEOPLE}
        for i, given in votes.items():
            for name, said in given.items():
                for k in range(q):
                    errors[name][k][said] += chances[i][k]
        for name, rows in errors.items():
            if one_coin:
                right = 20 + sum(rows[k][k] for k in range(q))
                wrong = 5 * (q - 1) + sum(rows[k][m] for k in range(q) for m in range(q) if m != k)
                accuracy = right / (right + wrong)
                errors[name] = [[accuracy if k == m else (1 - accuracy) / (q - 1) for m in range(q)] for k in range(q)]
            else:
                for k, row in enumerate(rows):
                    row = [n + (20 if m == k else 5) for m, n in enumerate(row)]
                    errors[name][k] = [n / sum(row) for n in row]
        likelihood = 0
        for i, given in votes.items():
            joint = [math.log(shares[k]) + sum(math.log(errors[name][k][said]) for name, said in given.items()) for k in range(q)]
            most = max(joint)
            total = sum(math.exp(j - most) for j in joint)
            chances[i] = [math.exp(j - most) / total for j in joint]
            likelihood += most + math.log(total)
        quiet = quiet + 1 if abs(likelihood - before) <= 1e-8 * abs(likelihood) else 0
        before = likelihood
    competence = {name: sum(shares[k] * rows[k][k] for k in range(q)) for name, rows in errors.items()}
    return chances, competence, likelihood


class Aggregate(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store)
        self.ok("import", self.store, self.write_lines("items.jsonl", [item(i) for i in range(1, ITEMS + 1)]))
        lines = judgments()
        self.ok("import", self.store, "--judgments", self.write_lines("judgments.jsonl", lines))
        self.votes = {}
        for line in lines:
            self.votes.setdefault(line["item"], {})[line["annotator"]] = LEVELS.index(line["prefer"])

    def report(self, *options):
        (track,) = self.ok("report", self.store, "--json", *options).json["tracks"].values()
        return track

    def sidecar(self, *options):
        self.ok("export", self.store, "-o", self.folder / "out.jsonl", "--manifest", self.folder / "m.json", *options)
        lines = [json.loads(line) for line in (self.folder / "out.meta.jsonl").read_text().splitlines()]
        self.assertGreater(len(lines), 80)
        return {line["item"]: [line["posterior"].get(level, 0) for level in LEVELS] for line in lines}

    def hold(self, method, *options):
        chances, competence, likelihood = fit(self.votes, method == "one-coin")
        track = self.report(*options)
        self.assertEqual(track["aggregation"]["method"], method)
        self.assertTrue(track["aggregation"]["converged"])
        self.assertAlmostEqual(track["aggregation"]["log_likelihood"], likelihood, delta=1e-6)
        for name, value in competence.items():
            figure = track["annotators"][name]["competence"]
            self.assertAlmostEqual(figure["value"], value, delta=1e-6, msg=name)
            self.assertTrue(figure["ci95"][0] < value < figure["ci95"][1])
            self.assertEqual(figure["n"], sum(name in given for given in self.votes.values()))
            self.assertEqual(track["annotators"][name]["inverted"], value < 1 / len(LEVELS), name)
        for name, row in self.sidecar(*options).items():
            for k in range(len(LEVELS)):
                self.assertAlmostEqual(row[k], chances[name][k], delta=2e-6, msg=name)

    def test_dawid_skene(self):
        self.hold("dawid-skene")
        self.hold("dawid-skene", "--aggregate", "dawid-skene")

    def test_one_coin(self):
        self.hold("one-coin", "--aggregate", "one-coin")
        self.assertIn("competence (one-coin)", self.ok("report", self.store, "--aggregate", "one-coin").out)
        self.assertEqual(json.loads((self.folder / "m.json").read_text())["policy"]["aggregate"], "one-coin")

    def test_majority(self):
        track = self.report("--aggregate", "majority")
        ties = sum(len(most) > 1 and most[0][1] == most[1][1] for most in (Counter(v.values()).most_common() for v in self.votes.values()))
        self.assertGreater(ties, 10)
        self.assertEqual(track["aggregation"]["undecided"], ties)
        self.assertIsNone(track["aggregation"]["log_likelihood"])
        self.assertIn("weighs everybody alike", track["annotators"]["ana"]["competence"]["undefined"])
        for name, row in self.sidecar("--aggregate", "majority").items():
            for k in range(len(LEVELS)):
                share = sum(v == k for v in self.votes[name].values()) / len(self.votes[name])
                self.assertAlmostEqual(row[k], share, delta=1e-6, msg=name)

    def test_no_such_way(self):
        self.run_assay("report", self.store, "--aggregate", "mean", expect=2)
        self.run_assay("export", self.store, "-o", "-", "--aggregate", "mean", expect=2)


if __name__ == "__main__":
    unittest.main()
