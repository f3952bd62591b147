"""Holds by hand, on every track of a person at once or on one."""
import unittest

from assay import Case, item

CAMPAIGN = """campaign: two
tracks:
  helpfulness: {rubric: helpfulness.yaml}
  safety: {rubric: safety.yaml}
"""


class Holds(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store, "--campaign", self.write("campaign.yaml", CAMPAIGN))
        self.ok("import", self.store, self.write_lines("items.jsonl", [item(n, track=track, category="law" if n else "coding") for track in ("helpfulness", "safety") for n in range(3)]))
        for person in ("ana", "ben"):
            self.ok("people", self.store, "add", person, "--role", "annotator")
        votes = [{"item": item(n)["id"], "track": track, "annotator": person, "prefer": "r1", "at": f"2026-11-0{n + 1}T08:00:00Z"}
                 for track in ("helpfulness", "safety") for n in range(3) for person in ("ana", "ben")]
        self.ok("import", self.store, "--judgments", self.write_lines("votes.jsonl", votes))

    def holds(self):
        return [(one["annotator"], one["track"], one["judgments"]) for one in self.ok("hold", self.store, "--json").json]

    def test_without_a_track_every_track_is_held(self):
        self.ok("hold", self.store, "add", "--annotator", "ana", "--why", "a look")
        self.assertEqual(self.holds(), [("ana", "helpfulness", 3), ("ana", "safety", 3)])

    def test_with_a_track_only_that_one(self):
        self.ok("hold", self.store, "add", "--annotator", "ana", "--track", "safety", "--since", "2026-11-02", "--why", "a look")
        self.assertEqual(self.holds(), [("ana", "safety", 2)])

    def test_what_was_held_is_shown(self):
        """As the list shows it: its number is what a decision asks for."""
        self.ok("hold", self.store, "add", "--annotator", "ben", "--track", "safety", "--why", "a look")
        held = self.ok("hold", self.store, "add", "--annotator", "ana", "--track", "safety", "--since", "2026-11-02", "--until", "2026-11-02", "--category", "law", "--why", "a look")
        self.assertRegex(held.out, r"^ +2  ana +safety +1 judgment   2026-11-02 to 2026-11-02  open\n      only law: a look\n$")
        self.assertTrue(self.ok("hold", self.store).out.endswith(held.out))
        again = self.ok("hold", self.store, "add", "--annotator", "ana", "--why", "more", "--json").json
        self.assertEqual([(one["id"], one["track"], one["why"]) for one in again], [(3, "helpfulness", "more"), (4, "safety", "more")])

    def test_what_cannot_be_held(self):
        for words, part in [(["--annotator", "bne", "--why", "x"], "did you mean 'ben'?"), (["--annotator", "ana", "--track", "none", "--why", "x"], "no track is named 'none'"),
                            (["--annotator", "ana"], "--why says the reason")]:
            self.assertIn(part, self.run_assay("hold", self.store, "add", *words, expect=2).err)
        self.assertEqual(self.holds(), [])


if __name__ == "__main__":
    unittest.main()
