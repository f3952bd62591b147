"""Training and qualification from the command line: the odds of a plan, who may work, a lead's word, and that none of it reaches a figure,
an export, or an annotator's commands."""
import unittest

from assay import Case, item
from player import Player, items_by_ref, letter_of

CAMPAIGN = """campaign: pilot
tracks:
  preference:
    rubric: preference.yaml
    batch: 10
    gold: {rate: 0.10}
    retest: {rate: 0}
    qualification: {items: 8, pass: 6, attempts: 2, training: 3}
"""


def gold(number, use, **more):
    return item(number, category=["law", "coding"][number % 2],
                gold={"prefer": "r1", "use": use, "explanation": f"WORDS-{use}", "difficulty": ["easy", "hard"][number // 2 % 2]}, **more)


class Qualification(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store, "--campaign", self.write("pilot.yaml", CAMPAIGN))
        lines = [item(n, category=["law", "coding"][n % 2]) for n in range(60)] + [gold(n, "hidden") for n in range(100, 130)]
        lines += [gold(n, "training") for n in range(200, 205)] + [gold(n, "qualification") for n in range(300, 316)]
        self.ok("import", self.store, self.write_lines("items.jsonl", lines))
        for name, role in [("lea", "lead"), ("ana", "annotator"), ("ben", "annotator")]:
            self.ok("people", self.store, "add", name, "--role", role, as_name="lea")
        self.items = items_by_ref(self, as_name="lea")

    def right(self, line):
        return letter_of(self.items[line["ref"]], "r1") + " 2 80 because"

    def wrong(self, line):
        return letter_of(self.items[line["ref"]], "r2") + " 2 80 because"

    def standing(self, name):
        (person,) = [one for one in self.ok("people", self.store, "list", "--json", as_name="lea").json if one["name"] == name]
        return person["standing"]["preference"]

    def attempt(self, player, choose, training=True):
        """Training if it comes, then an attempt; what the hand-in says."""
        if training:
            self.assertEqual(player.deal()["purpose"], "training")
            player.judge_all(choose)
        self.assertEqual(player.deal()["purpose"], "qualification")
        return player.judge_all(choose)

    def test_the_odds_are_printed(self):
        shown = self.ok("campaign", self.store, as_name="lea").out
        self.assertIn("qualification, 6 of 8 right, 2 attempts", shown)
        self.assertIn("somebody at 85 % passes with a chance of 89.5 %, within 2 attempts 98.9 %", shown)
        self.assertIn("somebody at 65 % passes with a chance of 42.8 %, within 2 attempts 67.3 %", shown)
        self.assertIn("on preference 2 of 2 annotators are still to qualify", shown)
        self.assertNotIn("nobody gets one twice", shown)
        plan = CAMPAIGN.replace("items: 8, pass: 6, attempts: 2", "items: 32, pass: 25, attempts: 1")
        said = self.ok("campaign", self.store, "--set", self.write("plan.yaml", plan), as_name="lea").out
        self.assertIn("somebody at 85 % passes with a chance of 90.4 %\n", said)  # 1 - pbinom(24, 32, .85)
        self.assertIn("somebody at 65 % passes with a chance of 8.2 %\n", said)
        self.assertIn("preference has 16 qualification items; 1 attempt of 32 takes 32, and nobody gets one twice", said)
        odds = self.ok("campaign", self.store, "--json", as_name="lea").json["qualification"]["preference"]
        self.assertAlmostEqual(odds["in_control"]["passes"], 0.9042, 4)
        self.assertAlmostEqual(odds["out_of_control"]["passes"], 0.0818, 4)

    def test_from_newcomer_to_work(self):
        ana = Player(self, "ana")
        self.assertEqual(self.standing("ana"), {"state": "none", "may_work": False, "waits_for_lead": False, "attempts_left": 2})
        done = self.attempt(ana, self.wrong)
        self.assertEqual((done["right"], done["wanted"], done["passed"]), (0, 6, 0))
        self.assertEqual(self.standing("ana")["attempts_left"], 1)
        self.assertEqual(self.standing("ana")["why"], "0 of 8 as the reference, 6 wanted")
        done = self.attempt(ana, self.right)
        self.assertEqual((done["right"], done["passed"]), (8, 1))
        self.assertTrue(self.standing("ana")["may_work"])
        self.assertIn("preference: qualified", self.ok("people", self.store, as_name="lea").out)
        dealt = ana.deal()
        self.assertEqual((dealt["purpose"], dealt["batch"], dealt["size"]), ("work", 1, 10))
        ana.judge_all(self.right)
        # none of it is in a figure, an export, or counted as work
        report = self.ok("report", self.store, "--json", as_name="lea").json
        track = report["tracks"]["preference"]
        self.assertEqual(track["judgments"], 10)
        self.assertEqual(track["annotators"]["ana"]["gold"]["n"], 1)
        out = self.folder / "out.jsonl"
        self.ok("export", self.store, "-o", out, as_name="lea")
        self.assertEqual(len(out.read_text().splitlines()), 9)
        kinds = [line["kind"] for line in self.ok("judgments", self.store, as_name="lea").lines]
        self.assertEqual({kind: kinds.count(kind) for kind in set(kinds)}, {"training": 5, "qualification": 16, "production": 9, "gold": 1})
        used = {line["ref"]: line["item"]["gold"]["use"] for line in self.items.values() if "gold" in line["item"]}
        for line in self.ok("judgments", self.store, as_name="lea").lines:
            ref = [one["ref"] for one in self.items.values() if one["item"]["id"] == line["item"]][0]
            self.assertEqual({"gold": "hidden", "production": None}.get(line["kind"], line["kind"]), used.get(ref))
        self.ok("check", self.store, as_name="lea")
        # and nothing that ana may run says what was right, or names a pool
        for words in [["judgments"], ["report"], ["campaign"], ["hours"], ["questions"], ["rulings"], ["rubric"]]:
            for more in [[], ["--json"]]:
                said = self.ok(words[0], self.store, *more, as_name="ana").out
                for word in ["WORDS", '"kind":"', "hidden", '"use"']:
                    self.assertNotIn(word, said, words)

    def test_it_waits_for_the_lead(self):
        ana = Player(self, "ana")
        self.attempt(ana, self.wrong)
        self.attempt(ana, self.wrong)
        dealt = ana.deal()
        self.assertEqual((dealt["purpose"], dealt["waits_for_lead"]), ("none", 1))
        self.assertTrue(self.standing("ana")["waits_for_lead"])
        self.assertIn("waits for a lead: no attempt is left", self.ok("people", self.store, as_name="lea").out)
        result = self.run_assay("people", self.store, "set", "ana", "--qualified", "preference", as_name="lea", expect=2)
        self.assertIn("--why", result.err)
        self.run_assay("people", self.store, "set", "ana", "--qualified", "prefrence", "--why", "x", as_name="lea", expect=2)
        self.run_assay("people", self.store, "set", "ana", "--qualified", "preference", "--why", "x", "--role", "lead", as_name="lea", expect=2)
        self.ok("people", self.store, "set", "ana", "--requalify", "preference", "--why", "another chance", as_name="lea")
        self.assertIn("waits for a lead: too few items", self.ok("people", self.store, as_name="lea").out)  # 16 are used up
        self.ok("people", self.store, "set", "ana", "--qualified", "preference", "--why", "talked it over", as_name="lea")
        self.run_assay("people", self.store, "set", "ana", "--qualified", "preference", "--why", "x", as_name="lea", expect=1)
        self.assertEqual(ana.deal()["purpose"], "work")
        verbs = [event["verb"] for event in self.ok("log", self.store, "--json", as_name="lea").lines]
        for verb in ["fail-qualification", "ask-qualification", "let-in"]:
            self.assertIn(verb, verbs)
        self.ok("check", self.store, as_name="lea")

    def test_leads_and_solo_use_are_asked_for_nothing(self):
        self.assertEqual(Player(self, "lea").deal()["purpose"], "work")
        alone = str(self.folder / "alone.assay")
        self.ok("init", alone, "--campaign", str(self.folder / "pilot.yaml"))
        self.ok("import", alone, self.write_lines("some.jsonl", [item(n) for n in range(20)] + [gold(n, "training") for n in range(200, 205)]))
        self.assertEqual(Player(self, "tester", store=alone).deal()["purpose"], "work")

    def test_which_track(self):
        """Only tracks that somebody may work on are offered, and what comes first on them is said."""
        more = CAMPAIGN + "  safety: {rubric: safety.yaml}\n  empty: {rubric: safety.yaml}\n"
        self.ok("campaign", self.store, "--set", self.write("more.yaml", more), as_name="lea")
        self.ok("import", self.store, "--track", "safety", self.write_lines("s.jsonl", [item(n, category="law", language="de") for n in range(900, 910)]), as_name="lea")
        said = self.run_assay("annotate", self.store, as_name="ana", expect=2).err
        self.assertIn("which track? name one with --track: preference (a qualification comes first), safety\n", said)
        self.assertIn("preference, safety\n", self.run_assay("annotate", self.store, as_name="lea", expect=2).err)
        self.ok("people", self.store, "set", "ana", "--categories", "coding", as_name="lea")  # safety has none
        self.assertNotIn("which track", self.run_assay("annotate", self.store, as_name="ana").err)
        self.ok("people", self.store, "set", "ben", "--tracks", "empty", as_name="lea")
        self.assertIn("no track has anything that suits 'ben'", self.run_assay("annotate", self.store, as_name="ben", expect=1).err)

    def test_below_the_bar_is_the_leads_to_know(self):
        ranged = CAMPAIGN.replace("gold: {rate: 0.10}", "gold: {low: 0.05, high: 0.20}") + "    drift: {below_bar: raise}\n"
        said = self.ok("campaign", self.store, "--set", self.write("raise.yaml", ranged), as_name="lea").out
        self.assertIn("more gold is dealt for a while", said)
        for more in [[], ["--json"]]:
            self.assertNotIn("below_bar", self.ok("campaign", self.store, *more, as_name="ana").out)
        self.assertIn("below_bar: raise", self.ok("campaign", self.store, as_name="lea").out)

    def test_a_release_says_that_a_pause_stays(self):
        pausing = CAMPAIGN.replace("gold: {rate: 0.10}", "gold: {rate: 0.5}") + "    drift: {below_bar: pause}\n"
        self.ok("campaign", self.store, "--set", self.write("pause.yaml", pausing), as_name="lea")
        self.ok("people", self.store, "set", "ana", "--qualified", "preference", "--why", "known", as_name="lea")
        ana = Player(self, "ana")
        self.assertEqual(ana.deal()["purpose"], "work")
        ana.judge_all(self.wrong)
        (hold,) = self.ok("hold", self.store, "--json", as_name="lea").json
        released = self.ok("hold", self.store, "release", hold["id"], "--why", "the key was unclear", as_name="lea")
        self.assertIn("ana still has to qualify again before working on preference; 'assay people STORE set ana --qualified preference", released.err)
        self.assertFalse(self.standing("ana")["may_work"])
        self.ok("people", self.store, "set", "ana", "--qualified", "preference", "--why", "let in", as_name="lea")
        self.ok("hold", self.store, "add", "--annotator", "ana", "--why", "a look", as_name="lea")
        other = [line["id"] for line in self.ok("hold", self.store, "--json", as_name="lea").json if line["id"] != hold["id"]]
        released = self.ok("hold", self.store, "release", other[0], as_name="lea")
        self.assertEqual(released.err, "released\n")

    def test_a_new_rule_does_not_take_work_away(self):
        plain = CAMPAIGN.replace(CAMPAIGN.splitlines()[-1] + "\n", "")
        self.ok("campaign", self.store, "--set", self.write("plain.yaml", plain), as_name="lea")
        ben = Player(self, "ben")
        self.assertEqual(ben.deal()["purpose"], "work")
        ben.leave()
        said = self.ok("campaign", self.store, "--set", str(self.folder / "pilot.yaml"), as_name="lea").out
        self.assertIn("on preference 2 of 2 annotators are still to qualify", said)
        ben = Player(self, "ben")
        self.assertEqual(ben.deal()["purpose"], "work")  # the open batch is finished first
        ben.judge_all(self.right_or_first)
        self.assertEqual(ben.deal()["purpose"], "training")

    def right_or_first(self, line):
        return "a 2 80 because"


if __name__ == "__main__":
    unittest.main()
