"""Items of three and more responses from import to training data: real texts, ranked by two people, with every pair counted."""
import json
from itertools import combinations
from pathlib import Path

from assay import Case, unittest
from player import LETTERS, Player, items_by_ref

CAMPAIGN = """campaign: ranking
tracks:
  preference: {rubric: preference.yaml, batch: 100, overlap: 2, gold: {rate: 0.1}, retest: {rate: 0}}
"""
PARTIAL = "rubric: preference\nscale: {partial: true}\n"


def order_of(number, person, responses=4):
    """Groups of stored letters, best first. Both people agree on the first; the second person turns the last two round on every third item, and ties them
    on every fifth; every seventh item has a shared first place."""
    letters = [LETTERS[(number + i) % responses] for i in range(responses)]
    groups = [[letter] for letter in letters]
    if number % 7 == 0:
        groups = [letters[:2]] + groups[2:]
    if person == "ben" and number % 5 == 0:
        return groups[:-2] + [groups[-2] + groups[-1]]
    if person == "ben" and number % 3 == 0:
        return groups[:-2] + [groups[-1], groups[-2]]
    return groups


def text_of(groups):
    return ">".join("=".join(group) for group in groups)


def votes(groups):
    """What an order says of every two letters: (a, b) → 1, -1 or 0."""
    tier = {letter: t for t, group in enumerate(groups) for letter in group}
    return {(a, b): (tier[a] < tier[b]) - (tier[a] > tier[b]) for a, b in combinations(sorted(tier), 2)}


def decided(orders):
    """Winner → loser of each pair on which the majority is clear, and how many ties and splits there are."""
    wins, ties, split = [], 0, 0
    for pair in combinations(LETTERS[:4], 2):
        said = [votes(order)[pair] for order in orders]
        if len(set(said)) > 1:
            split += 1
        elif said[0] == 0:
            ties += 1
        else:
            wins.append(pair if said[0] > 0 else pair[::-1])
    return wins, ties, split


class Ranking(Case):
    def found(self):
        self.ok("init", self.store, "--campaign", self.write("campaign.yaml", CAMPAIGN))

    def texts(self):
        """The public set as item lines; every tenth is gold: its first response is right."""
        lines = []
        for line in Path(self.shared("self-instruct/user_oriented_252x4.jsonl")).read_text(encoding="utf-8").splitlines():
            one, number = json.loads(line), len(lines)
            if len({response["text"] for response in one["responses"]}) == 1:
                continue  # nothing to compare, which an import refuses
            item = {"id": one["id"], "prompt": one["prompt"],
                    "responses": [{"id": f"r{i + 1}", "content": r["text"], "model": r["model"]} for i, r in enumerate(one["responses"])]}
            if number % 10 == 9:
                groups = [[f"r{LETTERS.index(letter) + 1}" for letter in group] for group in order_of(number, "ana")]
                item["gold"] = {"prefer": {"ranking": groups}, "explanation": "The first does what was asked."}
            lines.append(item)
        return lines

    def work(self, person, number_of):
        player = Player(self, person)
        while player.deal()["batch"]:
            player.judge_all(lambda line: f"{text_of(order_of(number_of[line['ref']], person))} 2 80 because")
        player.leave()

    def test_real_texts_from_import_to_export(self):
        self.found()
        lines = self.texts()
        self.ok("import", self.store, self.write_lines("items.jsonl", lines))
        for name in ("ana", "ben"):
            self.ok("people", self.store, "add", name, "--role", "annotator")
        self.ok("people", self.store, "add", "lea", "--role", "lead")
        numbers = {line["id"]: number for number, line in enumerate(lines)}
        refs = items_by_ref(self, as_name="lea")
        number_of = {ref: numbers[line["item"]["id"]] for ref, line in refs.items()}
        for person in ("ana", "ben"):
            self.work(person, number_of)
        self.ok("check", self.store, as_name="lea")
        production = [n for n, line in enumerate(lines) if "gold" not in line]
        self.check_judgments(lines, numbers, production)
        self.check_report(production)
        self.check_export(lines, production)

    def check_judgments(self, lines, numbers, production):
        judged = self.ok("judgments", self.store, as_name="lea").lines
        work = [one for one in judged if one["kind"] == "production"]
        self.assertEqual(len(work), 2 * len(production))
        for one in work:
            ids = [r["id"] for r in lines[numbers[one["item"]]]["responses"]]
            groups = order_of(numbers[one["item"]], one["annotator"])
            self.assertEqual([sorted(group) for group in one["ranking"]], [sorted(ids[LETTERS.index(x)] for x in group) for group in groups])
            self.assertEqual(one["prefer"], "tie" if len(groups[0]) > 1 else ids[LETTERS.index(groups[0][0])])
            self.assertEqual(sorted(one["order"]), sorted(ids))
            self.assertEqual(one["strength"] or 0, 0 if len(groups[0]) > 1 else 2)
        orders = {tuple(one["order"]) for one in work}
        self.assertGreater(len(orders), 20, "all 24 orders of four are shown")
        gold = [one for one in judged if one["kind"] == "gold"]
        self.assertGreater(len(gold), 20, "gold was judged, or this test shows little")
        # in again, elsewhere
        other = self.folder / "other.assay"
        self.ok("init", other, "--campaign", self.folder / "campaign.yaml")
        self.ok("import", other, self.folder / "items.jsonl")
        self.write_lines("judgments.jsonl", judged)
        self.ok("import", other, "--judgments", self.folder / "judgments.jsonl")
        again = {one["uid"]: one for one in self.ok("judgments", other).lines}
        for one in judged:
            for key in ("ranking", "prefer", "strength", "order"):
                self.assertEqual(again[one["uid"]][key], one[key])

    def check_report(self, production):
        report = json.loads(self.ok("report", self.store, "--json", as_name="lea").out)
        track = report["tracks"]["preference"]
        self.assertEqual(report["items"]["judged"], len(production))
        ranking = track["agreement"]["ranking"] if "ranking" in track["agreement"] else track["ranking"]
        self.assertGreaterEqual(ranking["judgments"], 2 * len(production))
        same = [order_of(n, "ana") == order_of(n, "ben") for n in production]
        self.assertTrue(0.5 < ranking["kendall_tau_b"]["value"] < 1)
        self.assertGreater(ranking["kendall_tau_b"]["n"], sum(same))
        self.assertEqual(track["agreement"]["direction"]["percent"]["value"], 1, "both put the same response first")
        ana = track["annotators"]["ana"]["gold"]
        self.assertEqual(ana["correct"], ana["n"])
        ben = track["annotators"]["ben"]["gold"]
        self.assertEqual(ben["wrong_side"], ben["n"] - ben["correct"])
        self.assertGreater(ben["wrong_side"], 0, "an order that turns two round is not as the key")
        models = track["models"]
        self.assertEqual(len(models["strengths"] if "strengths" in models else models["models"]), 4)

    def check_export(self, lines, production):
        texts = {(n, LETTERS[i]): r["content"] for n, line in enumerate(lines) for i, r in enumerate(line["responses"])}
        usable = {"all": 0, "adjacent": 0, "best": 0}
        for rule in usable:
            rows = self.ok("export", self.store, "-o", "-", "--held", "keep", "--pairs", rule, "--manifest", self.folder / f"{rule}.json", as_name="lea").lines
            manifest = json.loads((self.folder / f"{rule}.json").read_text())
            self.assertEqual(manifest["policy"]["pairs"], rule)
            self.assertEqual(manifest["rankings"]["items"], len(production))
            self.assertEqual(manifest["rankings"]["pairs"], len(rows))
            left_out = manifest["rankings"]["left_out"]
            wanted, ties, split = [], 0, 0
            for n in production:
                orders = [order_of(n, person) for person in ("ana", "ben")]
                wins, tied, torn = decided(orders)
                first = [order[0] for order in orders]
                if rule == "best":
                    best = first[0][0] if all(len(f) == 1 for f in first) else None
                    wins = [win for win in wins if win[0] == best]
                if rule == "all":
                    ties += tied
                    split += torn
                if rule != "adjacent":
                    wanted += [(lines[n]["prompt"], texts[n, a], texts[n, b]) for a, b in wins
                               if texts[n, a] != texts[n, b] and texts[n, a].strip() and texts[n, b].strip()]
            if rule == "all":
                self.assertEqual((left_out["tie"], left_out["undecided"]), (ties, split), left_out)
                self.assertEqual(len(rows) + sum(left_out.values()), 6 * len(production))
            got = [(row["prompt"][0]["content"], row["chosen"][0]["content"], row["rejected"][0]["content"]) for row in rows]
            if rule != "adjacent":
                self.assertEqual(sorted(got), sorted(wanted))
            else:
                self.assertTrue(set(got) <= self.everything, "neighbours are some of all pairs")
                self.assertLess(len(got), len(self.everything))
            self.everything = set(got) if rule == "all" else self.everything
            self.assertEqual(manifest["rows"], len(rows))
        meta = [json.loads(line) for line in (self.folder / "all.json.meta.jsonl").read_text().splitlines()]
        self.assertTrue(all(one["responses"] == 4 and one["judgments"] == 2 and one["agreement"] == 1 for one in meta))
        self.assertEqual({one["strength"] for one in meta}, {2.0, None}, "a strength is one of first place")

    def test_partial_only_where_the_rubric_allows_it(self):
        for number, (rubric, allowed) in enumerate([("rubric: preference\n", False), (PARTIAL, True)]):
            store = self.folder / f"{number}.assay"
            self.write("preference.yaml", rubric)
            self.ok("init", store, "--campaign", self.write("campaign.yaml", CAMPAIGN))
            self.ok("import", store, self.write_lines("i.jsonl", [{"id": "one", "prompt": "q", "responses": ["w", "x", "y", "z"]}]))
            player = Player(self, "ana", store=store)
            player.deal()
            answer = player.ask("judge 1 c>a 3")
            self.assertEqual(answer["status"] == 0, allowed, answer)
            player.leave()
        rows = self.ok("export", store, "-o", "-", "--open").lines
        self.assertEqual([(row["chosen"][0]["content"], row["rejected"][0]["content"]) for row in rows],
                         [("y", "w"), ("y", "x"), ("y", "z"), ("w", "x"), ("w", "z")])

    def test_what_does_not_fit_is_refused(self):
        self.found()
        self.ok("import", self.store, self.write_lines("i.jsonl", [{"id": "one", "prompt": "q", "responses": ["x", "y", "z"]}]))
        player = Player(self, "ana")
        player.deal()
        for order in ("a>b", "a>b>c>d", "a>a>b", "a>b>", ">a>b>c", "a>b=a"):
            self.assertEqual(player.ask(f"judge 1 {order} 1")["status"], -3, order)
        self.assertEqual(player.ask("judge 1 none")["status"], 0)
        player.play("judge 1 b>a=c 2")
        player.play("judge 1 a>b>c 1")
        player.play("hand-in")
        player.leave()
        (one,) = self.ok("judgments", self.store).lines
        self.assertEqual(one["ranking"], [["a"], ["b"], ["c"]])

    def test_hostile_items(self):
        self.found()
        many = [{"id": f"r{i}", "content": f"text {i}"} for i in range(27)]
        double = [{"id": "r1", "content": "x"}, {"id": "r2", "content": "y"}, {"id": "r1", "content": "z"}]
        for responses, words in [(many, "27"), (double, "r1"), ([many[0]], "")]:
            result = self.run_assay("import", self.store, self.write_lines("bad.jsonl", [{"id": "q", "prompt": "q", "responses": responses}]))
            self.assertNotEqual(result.status, 0)
            (line,) = [line for line in result.err.splitlines() if "bad.jsonl:1:" in line]
            self.assertIn("responses", line)
            self.assertIn(words, line)
        self.assertEqual(self.ok("items", self.store, "--json").out, "")
        self.ok("import", self.store, self.write_lines("good.jsonl", [{"id": "q", "prompt": "q", "responses": many[:26]}]))
        player = Player(self, "ana")
        player.deal()
        shown = player.play("show 1")["shown"]
        self.assertEqual(sorted(shown), list(LETTERS))
        player.play("judge 1 " + ">".join(shown) + " 2")
        player.play("hand-in")
        player.leave()
        rows = self.ok("export", self.store, "-o", "-", "--pairs", "adjacent").lines
        self.assertEqual([row["chosen"][0]["content"] for row in rows], [f"text {LETTERS.index(x)}" for x in shown[:-1]])
        self.assertEqual(len(self.ok("export", self.store, "-o", "-").lines), 325)


if __name__ == "__main__":
    unittest.main()
