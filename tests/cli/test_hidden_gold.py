"""The law of hidden gold: for every command and for the pane, what an annotator can read changes in the same way after a gold item as after
any other, until the batch is handed in."""
import json
import re
import sqlite3
import unittest
from collections import Counter

from assay import Case, item
from player import Player
from test_access import OWN, ROWS

CAMPAIGN = """campaign: pilot
tracks:
  preference: {rubric: preference.yaml, batch: 12, gold: {rate: 0.25}, retest: {rate: 0.25, after: {items: 5, days: 1}}, feedback: after retirement}
"""

# What differs from one judgment to the next whatever it was of: names of things, moments.
MASKS = [
    (r'"uid":"[^"]*"', '"uid":U'), (r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?", "MOMENT"), (r'"(item|ref)":"[^"]*"', r'"\1":R'), (r'"order":\["[^]]*\]', '"order":O'),
    (r'"prefer":"[^"]*"', '"prefer":P'), (r'"ranking":\[\[.*?\]\]', '"ranking":G'),
]


def masked(text):
    for pattern, mask in MASKS:
        text = re.sub(pattern, mask, text)
    return text


class HiddenGold(Case):
    def material(self):
        lines = [item(n, category=["law", "coding"][n % 2]) for n in range(120)]
        for n in range(40):
            lines.append(item(1000 + n, category=["law", "coding"][n % 2], gold={"prefer": "r1", "explanation": "E", "difficulty": ["easy", "hard"][n // 2 % 2]}))
        return lines

    def setUp(self):
        super().setUp()
        self.ok("init", self.store, "--campaign", self.write("pilot.yaml", CAMPAIGN))
        self.ok("import", self.store, self.write_lines("mixed.jsonl", self.material()))
        self.ok("people", self.store, "add", "ana", "--role", "annotator", as_name="lea")
        self.ana = Player(self, "ana", clock="2026-11-02T08:00:00Z")
        self.ana.play("task 180")  # each judgment moves what is shown in minutes, and in hundredths of an hour, by the same amount
        self.refs = re.compile(r"\b(" + "|".join(line["ref"] for line in self.ok("items", self.store, "--json", as_name="lea").lines) + r")\b")

    def kinds(self):
        """By position in ana's newest batch, from the store itself: not even the lead's commands tell before the hand-in."""
        with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as store:
            rows = store.execute("select position, kind from serving where batch = (select max(id) from batch)").fetchall()
        store.close()
        return {position: ["production", "gold", "retest"][kind] for position, kind in rows}

    def work_before(self):
        """Something to be retested, and figures that could move."""
        for _ in range(2):
            self.ana.deal()
            self.ana.judge_all(lambda line: "a 2 80")
            self.ana.play(f"pass {2 * 86400}")

    def new_batch(self):
        """With gold and retests in it."""
        self.work_before()
        self.ana.deal()
        kinds = Counter(self.kinds().values())
        self.assertGreaterEqual(min(kinds["gold"], kinds["retest"], kinds["production"]), 2, "the batch must hold all kinds, or this shows nothing")

    def readable(self):
        """Everything that ana can read now, by what she types. Rows that are other words for the same are left out."""
        out = {}
        again = {"list", "show", "-", "preference", "ana", "2026-01-01"}
        for access, _, text in ROWS:
            if access != OWN or again & set(text.split()):
                continue
            for more in [[], ["--json"]]:
                words = [self.store if word == "STORE" else word for word in text.split()] + more
                if words[-2:] == ["--csv", "--json"]:
                    continue
                result = self.run_assay(*words, as_name="ana")
                self.assertEqual(result.status, 0, f"{words}: {result.err}")
                out[" ".join([text, *more])] = self.refs.sub("R", masked(result.out + result.err)).replace("},{", "}\n{").replace("[{", "[\n{").replace("}]", "}\n]")
        out["pane"] = "\n".join(self.ana.pane())
        out["keys"] = str(self.ana.play("keys")["keys"])
        out["earlier"] = str([[line["state"] for line in self.ana.lines()].count(state) for state in ("dealt", "judged", "aside", "released")])
        return out

    def numbers(self, text):
        return [float(number) for number in re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])", text)]

    def change(self, before, after):
        """How one text became the other: lines that came and went, and by how much each number moved where the words stayed."""
        if before == after:
            return "same"
        old, new = before.splitlines(), after.splitlines()
        words = lambda line: re.sub(r"\d+(\.\d+)?", "#", re.sub(r" +", " ", line))
        if len(old) == len(new):
            moved = []
            for one, two in zip(old, new):
                if one != two:
                    same = words(one) == words(two)
                    moved.append((words(one), words(two), tuple(round(b - a, 6) for a, b in zip(self.numbers(one), self.numbers(two))) if same else None))
            return ("moved", tuple(moved))
        gone = [words(line) for line in old if line not in new]
        came = [words(line) for line in new if line not in old]
        return ("lines", len(new) - len(old), tuple(gone), tuple(came))

    def play_through(self, act):
        """Does `act` at each position; the changes of everything readable, by what was typed and by kind. The first act of all is on a
        production item and is not compared: what a new day, or a list, opens once is open then, whatever came first."""
        changes = {}
        kinds = self.kinds()
        first = next(position for position, kind in kinds.items() if kind == "production")
        act(first)
        before = self.readable()
        for position, kind in sorted(kinds.items()):
            if position == first:
                continue
            act(position)
            after = self.readable()
            self.assertEqual(before.keys(), after.keys())
            for name in before:
                changes.setdefault(name, {}).setdefault(kind, []).append(self.change(before[name], after[name]))
            before = after
        return changes

    def assert_alike(self, changes):
        for name, kinds in changes.items():
            with self.subTest(name):
                self.assertGreaterEqual(kinds.keys(), {"production", "gold"})
                usual = set(kinds["production"])
                for kind in kinds:
                    for one in kinds[kind]:
                        self.assertIn(one, usual, f"after {kind}")
                self.assertLessEqual(len(usual), 2, "production items differ so much that this shows nothing")

    def test_after_a_judgment(self):
        self.new_batch()
        self.assert_alike(self.play_through(lambda position: self.ana.play(f"judge {position} left 2 80 because")))

    def test_right_and_wrong_answers_read_alike(self):
        self.new_batch()
        for choice in ["a 2 80 because", "b 2 80 because"]:  # on every gold item of this store a is right; the second round revises
            self.assert_alike(self.play_through(lambda position: self.ana.play(f"judge {position} {choice}")))

    def test_after_setting_aside_and_taking_back(self):
        self.new_batch()
        self.assert_alike(self.play_through(lambda position: self.ana.play(f"aside {position} broken")))
        self.assert_alike(self.play_through(lambda position: self.ana.play(f"back {position}")))
        self.assert_alike(self.play_through(lambda position: self.ana.play(f"aside {position} language")))

    def test_after_a_draft_a_question_and_a_look(self):
        self.new_batch()
        self.assert_alike(self.play_through(lambda position: self.ana.play(f"draft {position} overall 2")))
        self.assert_alike(self.play_through(lambda position: self.ana.play(f"ask {position} what is meant")))
        looks = {}
        for position, kind in self.kinds().items():
            seen = self.ana.play(f"show {position}")
            looks.setdefault(kind, set()).add((frozenset(seen), len(seen["ref"]), seen["name"] == seen["ref"], seen["draft"], len(seen["shown"])))
        self.assertEqual(len(set().union(*looks.values())), 1, looks)

    def test_refusals_sound_alike(self):
        self.new_batch()
        said = {}
        for position, kind in self.kinds().items():
            refs = {line["position"]: line["ref"] for line in self.ana.lines()}
            for verb in ["aside {} broken", "aside {} broken", "judge {} a", "back {}", "back {}", "contest REF why"]:
                answer = self.ana.ask(verb.format(position).replace("REF", refs[position]))
                said.setdefault(kind, set()).add((verb, answer["status"], answer.get("error", "").replace(refs[position], "REF")))
            for command in ["items {} show {}", "gold {} amend {} --prefer r1 --why x", "judgments {} --annotator {}"]:
                result = self.run_assay(*[word.format(*[self.store] if i == 1 else [refs[position]]) for i, word in enumerate(command.split())], as_name="ana")
                said[kind].add((command, result.status, result.out, result.err.replace(refs[position], "REF")))
        self.assertEqual(said["gold"], said["production"])
        self.assertEqual(said["retest"], said["production"])

    def test_nothing_moves_between_two_hand_ins_and_everything_at_one(self):
        self.new_batch()
        before = self.readable()
        self.ana.judge_all(lambda line: "b 3 95", hand_in=False)
        after = self.readable()
        still = [name for name in before if name.startswith(("report", "campaign", "rubric", "rulings", "judgments"))]
        for name in still:
            self.assertEqual(before[name], after[name], name)
        figures = lambda text: text[text.index("Gold"):]
        self.assertEqual(figures(before["pane"]), figures(after["pane"]))
        self.ana.play("hand-in")
        self.assertNotEqual(after["report STORE --json"], masked(self.ok("report", self.store, "--json", as_name="ana").out))
        self.assertNotEqual(after["judgments STORE"], masked(self.ok("judgments", self.store, as_name="ana").out))
        self.assertNotEqual(figures(after["pane"]), figures("\n".join(self.ana.pane())))

    def test_after_the_hand_in_no_line_tells_which_were_gold(self):
        self.work_before()
        lines = self.ok("judgments", self.store, as_name="ana").lines
        self.assertEqual({frozenset(line) for line in lines}, {frozenset(lines[0])})
        for key in lines[0].keys() - {"item", "order", "at", "uid", "batch"}:
            self.assertEqual(len({json.dumps(line[key]) for line in lines}), 1, key)
        self.assertFalse(lines[0].keys() & {"kind", "final", "held", "gold", "round"})

    def test_a_retired_key_is_shown_to_who_answered_it_and_nothing_else_is(self):
        self.new_batch()  # it stays open
        refs = [line["ref"] for line in self.ok("items", self.store, "--json", as_name="lea").lines]
        with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as store:
            gold = lambda where: [refs[item - 1] for item, in store.execute(f"select s.item from serving s join batch b on b.id = s.batch where s.kind = 1 and {where} order by s.id")]
            handed_in, still_open = gold("b.handed_in is not null"), gold("b.handed_in is null")
        store.close()
        never_seen = next(line["ref"] for line in self.ok("gold", self.store, "--json", as_name="lea").json if line["ref"] not in handed_in + still_open)
        before = self.readable()
        self.assertEqual(before["keys"], "[]")
        self.ok("gold", self.store, "retire", still_open[0], never_seen, "--why", "x", as_name="lea")
        self.assertEqual(self.readable(), before)
        self.ok("gold", self.store, "retire", handed_in[0], "--why", "x", as_name="lea")
        after = self.readable()
        self.assertEqual(self.ana.play("keys")["keys"], [handed_in[0]])
        self.assertEqual({name: text for name, text in after.items() if name != "keys"}, {name: text for name, text in before.items() if name != "keys"})
        for ref in [handed_in[1], still_open[0], never_seen]:
            self.assertIn("is not shown to 'ana'", self.ana.ask(f"contest {ref} why")["error"])
        self.ana.play(f"contest {handed_in[0]} the other one is right")
        waiting = self.ok("gold", self.store, "contests", "--json", as_name="lea").json
        self.assertEqual([(one["ref"], one["person"], one["retired"], one["text"]) for one in waiting], [(handed_in[0], "ana", True, "the other one is right")])
        seen = next(one["order"] for one in self.ok("judgments", self.store, as_name="ana").lines if one["item"] == handed_in[0])
        self.assertEqual(waiting[0]["order"], seen)
        text = self.ok("gold", self.store, "contests", as_name="lea").out
        self.assertIn("the other one is right", text)
        self.assertIn("ana  saw " + ", ".join(f"{letter} = {name}" for letter, name in zip("ABC", seen)) + "\n", text)
        self.ok("gold", self.store, "amend", handed_in[0], "--prefer", "r1", "--why", "looked at again", as_name="lea")
        self.assertEqual(self.ok("gold", self.store, "contests", "--json", as_name="lea").json, [])
        self.assertNotIn(handed_in[0], [line["ref"] for line in self.ok("gold", self.store, "--json", as_name="lea").json])
        self.ok("check", self.store, as_name="lea")

    def test_training_items_can_be_contested_when_handed_in(self):
        self.ok("import", self.store, self.write_lines("training.jsonl", [item(2000 + n, gold={"prefer": "r1", "explanation": "E", "use": "training"}) for n in range(3)]), as_name="lea")
        self.ana.play("training 3")
        refs = {line["ref"] for line in self.ana.lines()}
        self.assertEqual(len(refs), 3)
        self.ana.judge_all(lambda line: "b 2 80", hand_in=False)
        self.assertEqual(self.ana.play("keys")["keys"], [])
        self.ana.play("hand-in")
        self.assertEqual(set(self.ana.play("keys")["keys"]), refs)
        one = min(refs)
        self.ana.play(f"contest {one} r2 is right")
        waiting = self.ok("gold", self.store, "contests", "--json", as_name="lea").json
        self.assertEqual([(line["ref"], line["retired"]) for line in waiting], [(one, False)])

    def test_references_of_gold_look_like_all_others(self):
        lines = self.ok("items", self.store, "--json", as_name="lea").lines
        lengths = {"gold" in line["item"]: set() for line in lines}
        for line in lines:
            lengths["gold" in line["item"]].add(len(line["ref"]))
        self.assertEqual(lengths[True], lengths[False])
        order = [line["ref"] for line in lines]
        self.assertNotEqual(order, sorted(order), "references must not follow the order of the file")


if __name__ == "__main__":
    unittest.main()
