"""The law of hidden gold on items that are ranked: the same as for pairs, and no batch has a gold ranking among pairs alone."""
import sqlite3
import unittest

import test_hidden_gold
from assay import Case, item
from player import Player

ORDER = {"prefer": {"ranking": [["r1"], ["r2", "r3"]]}, "explanation": "E"}


def ranked(number, **more):
    return item(number, responses=[{"id": f"r{r}", "content": f"Answer {r} to {number}."} for r in (1, 2, 3)], **more)


class HiddenRankings(test_hidden_gold.HiddenGold):
    def material(self):
        lines = [ranked(n, category=["law", "coding"][n % 2]) for n in range(120)]
        return lines + [ranked(1000 + n, category=["law", "coding"][n % 2], gold={**ORDER, "difficulty": ["easy", "hard"][n // 2 % 2]}) for n in range(40)]

    # what pairs show well enough
    test_after_setting_aside_and_taking_back = test_after_a_draft_a_question_and_a_look = None
    test_references_of_gold_look_like_all_others = test_nothing_moves_between_two_hand_ins_and_everything_at_one = None

    def test_right_and_wrong_answers_read_alike(self):
        self.new_batch()
        for order in ["a>b=c 2 80 because", "b>c>a 2 80 because"]:
            self.assert_alike(self.play_through(lambda position: self.ana.play(f"judge {position} {order}")))


class MixedBatches(Case):
    """Pairs, and every third item three responses; the gold is half and half."""

    def setUp(self):
        super().setUp()
        self.ok("init", self.store, "--campaign", self.write("pilot.yaml", test_hidden_gold.CAMPAIGN))
        lines = [(ranked if n % 3 == 0 else item)(n) for n in range(120)]
        lines += [ranked(1000 + n, gold=ORDER) if n % 2 else item(1000 + n, gold={"prefer": "r1"}) for n in range(40)]
        self.ok("import", self.store, self.write_lines("mixed.jsonl", lines))
        self.ok("people", self.store, "add", "ana", "--role", "annotator", as_name="lea")
        self.ana = Player(self, "ana", clock="2026-11-02T08:00:00Z")

    def test_gold_rankings_come_where_rankings_come(self):
        gold = production = 0
        while self.ana.deal()["batch"]:
            with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as store:
                rows = store.execute("select kind, length(shown) from serving where batch = (select max(id) from batch)").fetchall()
            store.close()
            three = {kind: sum(1 for k, shown in rows if k == kind and shown == 3) for kind in (0, 1)}
            if three[1]:
                self.assertGreater(three[0], 0, "a gold ranking among pairs alone")
            gold, production = gold + three[1], production + three[0]
            self.ana.judge_all(lambda line: "a 2 80")
            self.ana.play(f"pass {2 * 86400}")
        self.assertGreater(production, 10)
        self.assertGreater(gold, 2)


if __name__ == "__main__":
    unittest.main()
