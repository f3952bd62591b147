"""Founding a store, its settings and their versions, its rubrics and theirs."""
import unittest

from assay import Case, item

CAMPAIGN = """campaign: pilot
seed: 7
tracks:
  helpfulness:
    rubric: mine.yaml
    batch: 20
    gold: {low: 0.05, high: 0.20}
    order: priority
quality:
  - {track: "*", category: "*", min_gold_accuracy: 0.80, basis: estimate, min_n: 30}
"""
RUBRIC = """rubric: mine
version: 1
title: Which is better?
guideline: |
  Read *both*.
"""


def campaign(track="", top=""):
    """A campaign of one track with more lines in the track (indented for it), or at the top."""
    return "campaign: c\ntracks:\n  t:\n    rubric: mine.yaml\n" + "".join(f"    {line}\n" for line in track.splitlines()) + top


# Text, line, what the message must hold.
BAD_CAMPAIGNS = [
    ("", None, []), ("- a\n", 1, []), ("campaign: c\n", 1, ["tracks"]), ("tracks: {t: {rubric: mine.yaml}}\n", 1, ["campaign"]),
    (campaign(top="seeed: 1\n"), 5, ["seeed", "seed"]), (campaign(top="campaign: d\n"), 5, ["campaign"]), (campaign("bach: 5"), 5, ["bach", "batch"]),
    (campaign("batch: 0"), 5, ["batch"]), (campaign("batch: 501"), 5, ["batch"]), (campaign("batch: ten"), 5, ["batch"]), (campaign("batch: 5.5"), 5, ["batch"]),
    (campaign("lease: 0 days"), 5, ["lease"]), (campaign("lease: 3 fortnights"), 5, ["lease"]), (campaign("overlap: 0"), 5, ["overlap"]),
    (campaign("overlap: {each: 0}"), 5, ["each"]), (campaign("overlap: 101"), 5, ["overlap"]), (campaign("order: radnom"), 5, ["order", "random"]),
    (campaign("gold: 0.1"), 5, ["gold"]), (campaign("gold: {rate: 0.6}"), 5, ["rate"]), (campaign("gold: {rate: -0.1}"), 5, ["rate"]),
    (campaign("gold: {low: 0.3, high: 0.2}"), 5, ["low"]), (campaign("gold: {rate: 0.1, low: 0.1}"), 5, ["rate"]), (campaign("gold: {}"), 5, ["gold"]),
    (campaign("retest: {rate: 0.9}"), 5, ["rate"]), (campaign("retest: {rate: 0.1, after: {itms: 5}}"), 5, ["itms", "items"]),
    (campaign("drift: {in_control: 0.6, out_of_control: 0.7}"), 5, ["out_of_control"]), (campaign("drift: {in_control: 1.5}"), 5, ["in_control"]),
    (campaign("drift: {in_controll: 0.9}"), 5, ["in_controll", "in_control"]), (campaign("drift: {false_alarm_every: 0}"), 5, ["false_alarm_every"]),
    (campaign("qualification: {items: 25, pass: 32}"), 5, ["pass"]), (campaign("qualification: {pass: 25}"), 5, ["items"]), (campaign("qualification: 32"), 5, ["qualification"]),
    (campaign("qualification: {items: 32, pas: 25}"), 5, ["pas", "pass"]), (campaign("qualification: {items: 32, pass: 25, attempts: none}"), 5, ["attempts"]),
    (campaign("overlap: {each: 2, shared: -0.05}"), 5, ["shared"]), (campaign("aim: -1"), 5, ["aim"]), (campaign("batch: 5\nbatch: 6"), 6, ["batch"]),
    (campaign(top="idle_seconds: 5\n"), 5, ["idle_seconds"]), (campaign(top="pane: [progress, glod]\n"), 5, ["glod", "gold"]),
    (campaign(top="pane: [gold, gold]\n"), 5, ["gold"]), (campaign(top="export: {ties: maybe}\n"), 5, ["ties"]), (campaign(top="export: {min_agreement: 2}\n"), 5, ["min_agreement"]),
    (campaign(top="quality:\n  - {track: x, min_gold_accuracy: 0.8}\n"), 6, ["x"]), (campaign(top="quality:\n  - {track: t}\n"), 6, []),
    (campaign(top="quality:\n  - {track: t, min_gold_accurcy: 0.8}\n"), 6, ["min_gold_accurcy", "min_gold_accuracy"]),
    (campaign(top="quality:\n  - {track: t, min_qa_rate: 0.1}\n"), 6, ["min_qa_rate"]), (campaign(top="quality:\n  - {track: t, min_gold_accuracy: 80}\n"), 6, ["min_gold_accuracy"]),
    ("campaign: c\ntracks: {}\n", 2, ["tracks"]), ("campaign: c\ntracks: [t]\n", 2, ["tracks"]), ("campaign: c\ntracks:\n  t:\n\t  rubric: x\n", None, []),
    ("campaign: [c]\ntracks: {t: {rubric: mine.yaml}}\n", 1, ["campaign"]), ("campaign: c\nseed: -1\ntracks: {t: {rubric: mine.yaml}}\n", 2, ["seed"]),
    ("campaign: &a c\ntracks: {t: {rubric: mine.yaml}\n", None, []), (b"campaign: \xff\n", None, []), ("campaign: c\x07\n", None, []), ("campaign: c\n---\ncampaign: d\n", None, []),
]

BAD_RUBRICS = [
    ("", None, []), ("title: x\n", 1, ["rubric"]), ("rubric: r\nversion: 0\n", 2, ["version"]), ("rubric: r\nversion: new\n", 2, ["version"]),
    ("rubric: r\ntitel: x\n", 2, ["titel", "title"]), ("rubric: r\nscale: {strengths: [a, b, c, d]}\n", 2, ["strengths"]), ("rubric: r\nscale: {strengths: []}\n", 2, ["strengths"]),
    ("rubric: r\nscale: {tie: perhaps}\n", 2, ["tie"]), ("rubric: r\nconfidence: {sure: 101}\n", 2, ["sure"]), ("rubric: r\nconfidence: {a: 50, b: 50}\n", 2, ["b"]),
    ("rubric: r\nconfidence: maybe\n", 2, ["confidence"]), ("rubric: r\ncriteria:\n  - {ask: x}\n", 3, ["id"]), ("rubric: r\ncriteria:\n  - {id: a, ask: x, per: resp}\n", 3, ["per"]),
    ("rubric: r\ncriteria:\n  - {id: a, ask: x, per: response, scale: [5, 1]}\n", 3, ["scale"]), ("rubric: r\ncriteria:\n  - {id: a, ask: x, per: response, scale: [1, 12]}\n", 3, ["scale"]),
    ("rubric: r\ncriteria:\n  - {id: a, ask: x, per: response, scale: [1, 5], labels: {7: x}}\n", 3, ["7"]),
    ("rubric: r\ncriteria:\n  - {id: a, ask: x, per: pair}\n  - {id: a, ask: y, per: pair}\n", 4, ["a"]),
    ("rubric: r\nrationale: {tags: [a, b, c, d, e, f, g, h, i, j]}\n", 2, ["tags"]), ("rubric: r\nrationale: {min_character: 5}\n", 2, ["min_character", "min_characters"]),
    ("rubric: r\nflags: [a, b, c, d, e, f, g, h, i, j]\n", 2, ["flags"]), ("rubric: r\nflags: [a, a]\n", 2, ["a"]), ("rubric: r\nshow_length: 3\n", 2, ["show_length"]),
    ("rubric: r\nrubric: s\n", 2, ["rubric"]), ("rubric: [r\n", None, []),
]


class Campaign(Case):
    def found(self):
        self.write("mine.yaml", RUBRIC)
        self.ok("init", self.store, "--campaign", self.write("campaign.yaml", CAMPAIGN))

    def read_all(self):
        with open(self.store, "rb") as store:
            return store.read()

    def test_without_a_file_there_is_one_track(self):
        self.ok("init", self.store)
        self.assertEqual(self.ok("campaign", self.store, "--json").json["tracks"], ["preference"])
        self.assertIn("rubric: preference", self.ok("rubric", self.store).out)

    def test_the_template_goes_round(self):
        folder = self.folder / "start"
        self.ok("init", "--template", folder)
        self.assertEqual(sorted(p.name for p in folder.iterdir()), ["campaign.yaml", "rubric.yaml"])
        self.ok("rubric", "check", folder / "rubric.yaml")
        self.ok("init", self.store, "--campaign", folder / "campaign.yaml")
        shown = self.ok("campaign", self.store).out
        self.assertIn((folder / "campaign.yaml").read_text().strip(), shown)
        self.ok("import", self.store, self.write_lines("i.jsonl", [item(1)]))
        before = (folder / "campaign.yaml").read_bytes()
        result = self.run_assay("init", "--template", folder, expect=4)
        self.assertIn("campaign.yaml", result.err)
        self.assertEqual((folder / "campaign.yaml").read_bytes(), before)
        self.assertIn("#", shown)
        (folder / "campaign.yaml").unlink()
        self.assertIn("rubric.yaml", self.run_assay("init", "--template", folder, expect=4).err)
        self.assertFalse((folder / "campaign.yaml").exists())

    def test_the_rubric_stands_beside_the_campaign(self):
        self.found()
        self.assertIn("# track helpfulness", self.ok("rubric", self.store).out)
        self.assertIn("Read *both*.", self.ok("rubric", self.store).out)
        shown = self.ok("campaign", self.store).out
        for text in [CAMPAIGN.strip(), "batches of 20", "false alarm", "judgments"]:
            self.assertIn(text, shown)
        self.assertIn("the specification asks for 0.80", shown)

    def test_a_shipped_rubric_needs_no_file(self):
        for name in ["helpfulness", "safety", "preference"]:
            store = self.folder / f"{name}.assay"
            self.ok("init", store, "--campaign", self.write("c.yaml", f"campaign: c\ntracks: {{t: {{rubric: {name}.yaml}}}}\n"))
            self.assertIn(f"rubric: {name}", self.ok("rubric", store).out)

    def test_a_missing_or_bad_rubric_founds_nothing(self):
        path = self.write("campaign.yaml", CAMPAIGN)
        self.assertIn("mine.yaml", self.run_assay("init", self.store, "--campaign", path, expect=3).err)
        self.write("mine.yaml", "rubric: mine\nverison: 2\n")
        self.assertIn("mine.yaml:2", self.run_assay("init", self.store, "--campaign", path, expect=3).err)
        self.assertEqual([p.name for p in self.folder.iterdir() if "work.assay" in p.name], [])
        self.run_assay("init", self.store, "--campaign", self.folder / "none.yaml", expect=4)
        lost = self.write("lost.yaml", "campaign: c\ntracks:\n  one: {rubric: none.yaml}\n")
        self.assertIn("lost.yaml: tracks.one.rubric: there is no file", self.run_assay("init", self.store, "--campaign", lost, expect=3).err)

    def bad_file(self, result, name, line, parts):
        self.assertEqual(result.status, 3, result.err)
        self.assertEqual(result.out, "")
        self.assertEqual(result.err.count("\n"), 1, result.err)
        self.assertRegex(result.err, rf"{name}:{line}:\d+: " if line else name)
        for part in parts:
            self.assertIn(part, result.err)

    def test_bad_campaigns(self):
        self.found()
        before, log = self.ok("campaign", self.store).out, self.ok("log", self.store).out
        for text, line, parts in BAD_CAMPAIGNS:
            with self.subTest(text[-60:]):
                path = self.write("bad.yaml", text)
                self.bad_file(self.run_assay("init", self.folder / "new.assay", "--campaign", path), "bad.yaml", line, parts)
                self.assertFalse((self.folder / "new.assay").exists())
                self.bad_file(self.run_assay("campaign", self.store, "--set", path), "bad.yaml", line, parts)
        self.assertEqual(self.ok("campaign", self.store).out, before)
        self.assertEqual(self.ok("log", self.store).out, log)

    def test_bad_rubrics(self):
        self.found()
        before, log = self.ok("rubric", self.store).out, self.ok("log", self.store).out
        for text, line, parts in BAD_RUBRICS:
            with self.subTest(text[-60:]):
                path = self.write("bad.yaml", text)
                self.bad_file(self.run_assay("rubric", "check", path), "bad.yaml", line, parts)
                self.bad_file(self.run_assay("rubric", self.store, "set", path), "bad.yaml", line, parts)
        self.assertEqual(self.ok("rubric", self.store).out, before)
        self.assertEqual(self.ok("log", self.store).out, log)

    def test_settings_are_replaced_and_kept(self):
        self.found()
        first = self.ok("campaign", self.store, "--json").json
        changed = CAMPAIGN.replace("batch: 20", "batch: 30").replace("rubric: mine.yaml\n    ", "")
        self.ok("campaign", self.store, "--set", self.write("next.yaml", changed))
        history = self.ok("campaign", self.store, "--history").out.splitlines()
        self.assertEqual([line.split()[:2] for line in history], [["version", "1"], ["version", "2"]])
        second = self.ok("campaign", self.store, "--json").json
        self.assertGreater(second["version"], first["version"])
        self.assertEqual(second["yaml"], changed)
        self.assertIn("mine", self.ok("rubric", self.store).out)
        verbs = [event["verb"] for event in self.ok("log", self.store, "--json").lines]
        self.assertEqual(verbs.count("settings"), 2)
        self.ok("check", self.store)

    def test_a_track_with_items_stays(self):
        self.found()
        self.ok("import", self.store, self.write_lines("i.jsonl", [item(1)]))
        path = self.write("next.yaml", CAMPAIGN.replace("helpfulness:", "safety:"))
        before = self.ok("campaign", self.store).out
        result = self.run_assay("campaign", self.store, "--set", path)
        self.assertIn(result.status, (1, 2, 3), result.err)
        self.assertIn("helpfulness", result.err)
        self.assertEqual(self.ok("campaign", self.store).out, before)

    def test_rubric_versions(self):
        self.found()
        two = self.write("two.yaml", RUBRIC.replace("version: 1", "version: 2").replace("*both*", "**both**"))
        self.ok("rubric", "check", two)
        self.ok("rubric", self.store, "set", two, "--change", "editorial")
        self.ok("rubric", self.store, "set", self.write("three.yaml", RUBRIC.replace("version: 1", "version: 3")))
        history = self.ok("rubric", self.store, "history", "--json").json
        self.assertEqual([(one["rubric"], one["version"], one["change"]) for one in history],
                         [("mine", 1, "first"), ("mine", 2, "editorial"), ("mine", 3, "semantic")])
        self.assertEqual(len({one["hash"] for one in history}), 3)
        self.assertEqual(self.ok("rubric", self.store, "history").out.count("version"), 3)
        self.assertIn("version 3", self.ok("rubric", self.store).out)
        (shown,) = self.ok("rubric", self.store, "--json").json
        self.assertEqual((shown["track"], shown["rubric"], shown["version"], shown["hash"]), ("helpfulness", "mine", 3, history[-1]["hash"]))
        self.ok("check", self.store)

    def test_a_rubric_that_does_not_follow_is_refused(self):
        self.found()
        history = self.ok("rubric", self.store, "history").out
        for text in [RUBRIC.replace("both", "all"), RUBRIC.replace("rubric: mine", "rubric: other").replace("version: 1", "version: 2")]:
            result = self.run_assay("rubric", self.store, "set", self.write("next.yaml", text))
            self.assertIn(result.status, (1, 2, 3), result.err)
            self.assertEqual(result.err.count("\n"), 1)
            self.assertEqual(self.ok("rubric", self.store, "history").out, history)

    def test_several_rubrics_are_checked_at_once(self):
        good, bad = self.write("good.yaml", RUBRIC), self.write("bad.yaml", "rubric: r\ntitel: x\n")
        result = self.run_assay("rubric", "check", good, bad, expect=3)
        self.assertIn("good.yaml", result.out)
        self.assertIn("bad.yaml:2", result.err)
        self.run_assay("rubric", "check", self.folder / "none.yaml", expect=4)


if __name__ == "__main__":
    unittest.main()
