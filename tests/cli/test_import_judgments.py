"""`import --judgments`: judgments made elsewhere, as JSON lines and as CSV; what is refused, and where; and that they come back as they went in."""
import csv
import io
import json
import unittest

from assay import Case, item

RUBRIC = """rubric: helpfulness
version: 3
title: Which answer helps more?
confidence: {guess: 40, certain: 95}
criteria:
  - {id: accuracy, ask: Are the facts right?, per: response, scale: [1, 5]}
  - {id: tone, ask: Which has the better tone?, per: pair}
rationale: {tags: [factual-error, off-topic]}
flags: [unsafe]
"""
CAMPAIGN = """campaign: pilot
tracks:
  helpfulness: {rubric: helpfulness.yaml, overlap: {each: 2}}
  safety: {rubric: safety.yaml}
"""
FULL = {"item": "q-1", "track": "helpfulness", "annotator": "ana", "prefer": "r1", "strength": 2, "confidence": 80,
        "ranking": [["r1"], ["r2"]], "ratings": {"accuracy": {"r1": 4, "r2": 2}, "tone": "tie"}, "rationale": "It, \"really\",\nruns.",
        "tags": ["factual-error"], "flags": ["unsafe"], "order": ["r2", "r1"], "seconds": 41.2, "at": "2026-03-24T06:14:03.120Z",
        "kind": "production", "uid": "01JQ3V0000000000000000000A"}


class Judgments(Case):
    def setUp(self):
        super().setUp()
        self.write("helpfulness.yaml", RUBRIC)
        self.write("safety.yaml", "rubric: safety\nscale: {strengths: [better], tie: true, none: false}\n")
        self.ok("init", self.store, "--campaign", self.write("campaign.yaml", CAMPAIGN))
        three = item(9)
        three["responses"].append({"id": "r3", "content": "A third."})
        self.ok("import", self.store, "--track", "helpfulness",
                self.write_lines("items.jsonl", [item(1), item(2), item(3), item(4, gold={"prefer": "r2"}), three]))
        self.ok("import", self.store, "--track", "safety", self.write_lines("safe.jsonl", [item(1), item(7)]))

    def take(self, lines, *options, name="judgments.jsonl", **more):
        path = self.write(name, lines) if isinstance(lines, (str, bytes)) else self.write_lines(name, lines)
        return self.run_assay("import", self.store, "--judgments", path, *options, **more)

    def stored(self):
        return self.ok("judgments", self.store).lines

    def refused(self, line, part):
        before = self.ok("log", self.store).out
        result = self.take([dict(FULL, uid=None), line] if isinstance(line, dict) else json.dumps(dict(FULL, uid=None)) + "\n" + line)
        self.assertEqual(result.status, 3, result.err)
        self.assertEqual((result.out, result.err.count("\n")), ("", 1))
        self.assertIn("judgments.jsonl:2", result.err)
        self.assertIn(part, result.err)
        self.assertEqual((self.stored(), self.ok("log", self.store).out), ([], before))

    def test_several_files_are_stored_together_or_not_at_all(self):
        before = self.ok("log", self.store).out
        one = self.write_lines("one.jsonl", [{"item": "q-1", "track": "helpfulness", "annotator": "ana", "prefer": "r1"}])
        two = self.write_lines("two.jsonl", [{"item": "q-2", "annotator": "ben", "prefer": "r1"}, {"item": "q-9"}])
        self.assertIn("two.jsonl:2", self.run_assay("import", self.store, "--judgments", one, two, expect=3).err)
        self.ok("import", self.store, "--judgments", one, "--dry-run")
        self.assertEqual((self.stored(), self.ok("log", self.store).out), ([], before))
        two = self.write_lines("two.jsonl", [{"item": "q-2", "annotator": "ben", "prefer": "r1"}, {"item": "q-4", "annotator": "ana", "prefer": "r2"}])
        result = self.ok("import", self.store, "--judgments", one, two, "--json")
        self.assertEqual([(one["format"], one["lines"], one["added"], one["gold"], one["new_names"]) for one in result.json], [("jsonl", 1, 1, 0, 1), ("jsonl", 2, 2, 1, 1)])
        self.assertEqual(sorted(one["item"] for one in self.stored()), ["q-1", "q-2", "q-4"])
        self.assertEqual(self.ok("check", self.store).status, 0)

    # --- What comes in -------------------------------------------------------------------------------------------

    def test_everything_comes_back(self):
        self.assertEqual(self.take([FULL]).status, 0)
        (line,) = self.stored()
        for key, value in FULL.items():
            self.assertEqual(line[key], value, key)
        self.assertEqual((line["role"], line["final"], line["held"], line["batch"]), ("annotator", True, False, None))
        self.assertTrue(line["rubric"].startswith("helpfulness@3#"))

    def test_what_goes_out_comes_in(self):
        self.take([FULL, {"item": "q-2", "annotator": "dov", "prefer": "tie"}, {"item": "q-4", "annotator": "gpt", "role": "model", "prefer": "none"},
                   {"item": "q-9", "annotator": "ana", "ranking": [["r3"], ["r1", "r2"]], "strength": 1}])
        out = self.ok("judgments", self.store).out
        first, self.store = self.store, str(self.folder / "second.assay")
        self.ok("init", self.store, "--campaign", str(self.folder / "campaign.yaml"))
        self.ok("import", self.store, "--track", "helpfulness", str(self.folder / "items.jsonl"))
        self.assertEqual(self.take(out, name="out.jsonl").status, 0)
        self.assertEqual(self.ok("judgments", self.store).out, out)
        self.assertIn("4 already there", self.run_assay("import", first, "--judgments", str(self.folder / "out.jsonl")).err)

    def test_enough_is_enough(self):
        result = self.take([{"item": "q-2", "annotator": "ana", "prefer": "r2"}, {"item": "q-3", "annotator": "ana", "ranking": [["r1", "r2"]]},
                            {"item": "q-9", "annotator": "ana", "ranking": ["r2", "r3", "r1"]}, {"item": "q-7", "annotator": "ana", "prefer": "tie"}])
        self.assertIn("4 judgments added, 1 name", result.err)
        self.assertEqual([(one["item"], one["track"], one["prefer"], one["ranking"]) for one in self.stored()], [
            ("q-2", "helpfulness", "r2", [["r2"], ["r1"]]), ("q-3", "helpfulness", "tie", [["r1", "r2"]]),
            ("q-9", "helpfulness", "r2", [["r2"], ["r3"], ["r1"]]), ("q-7", "safety", "tie", [["r1", "r2"]])])

    def test_csv_says_the_same(self):
        lines = [FULL, {"item": "q-2", "annotator": "dov", "prefer": "tie", "tags": ["off-topic", "factual-error"]},
                 {"item": "q-4", "annotator": "gpt", "role": "model", "prefer": "r2", "seconds": 0.5}]
        text = io.StringIO()
        rows = csv.DictWriter(text, sorted({key for line in lines for key in line}))
        rows.writeheader()
        for line in lines:
            rows.writerow({key: json.dumps(value) if isinstance(value, (dict, list)) and key != "tags" else ", ".join(value) if key == "tags" else value
                           for key, value in line.items()})
        result = self.take(text.getvalue(), name="judgments.csv")
        self.assertEqual(result.status, 0, result.err)
        self.assertIn("csv: 3 judgments added", result.err)
        self.assertIn("3 already there", self.take(lines).err)
        self.assertEqual({one["annotator"]: sorted(one["tags"]) for one in self.stored()},
                         {"ana": ["factual-error"], "dov": ["factual-error", "off-topic"], "gpt": []})

    def test_gzip_and_standard_input(self):
        path = self.gzip(self.write_lines("j.jsonl", [FULL]))
        self.assertIn("1 judgment added", self.ok("import", self.store, "--judgments", path).err)
        self.assertIn("1 already there", self.ok("import", self.store, "--judgments", "-", input=json.dumps(FULL)).err)

    def test_gold_is_scored_and_a_second_one_is_a_retest(self):
        self.take([{"item": "q-4", "annotator": "ana", "prefer": "r2", "at": "2026-02-01T00:00:00Z"},
                   {"item": "q-4", "annotator": "dov", "prefer": "r1", "at": "2026-02-01T00:00:00Z"},
                   {"item": "q-2", "annotator": "ana", "prefer": "r1", "at": "2026-02-03T00:00:00Z"},
                   {"item": "q-2", "annotator": "ana", "prefer": "r2", "at": "2026-02-02T00:00:00Z"}])
        self.assertEqual([(one["kind"], one["prefer"]) for one in self.stored() if one["item"] == "q-2"], [("production", "r2"), ("retest", "r1")])
        people = self.ok("report", self.store, "--json").json["tracks"]["helpfulness"]["annotators"]
        self.assertEqual([people[name]["gold"]["correct"] for name in ("ana", "dov")], [1, 0])
        self.assertEqual(people["ana"]["retest"]["same"]["n"], 1)

    def test_the_store_stays_solo(self):
        self.take([{"item": "q-2", "annotator": "ana", "prefer": "r1"}])
        self.ok("gold", self.store, as_name="somebody")
        self.ok("people", self.store, "add", "lea", "--role", "lead")
        self.assertIn("'ana' is known by imported judgments alone", self.run_assay("report", self.store, as_name="ana", expect=2).err)
        self.ok("report", self.store, as_name="lea")

    def test_the_queue_asks_for_less(self):
        self.take([{"item": "q-2", "annotator": name, "prefer": "r1"} for name in ("ana", "dov")] + [{"item": "q-3", "annotator": "ana", "prefer": "r1"}])
        wanted = {one["item"]["id"]: one["wanted"] for one in self.ok("items", self.store, "--json").lines if one["item"]["track"] == "helpfulness"}
        self.assertEqual((wanted["q-1"], wanted["q-2"], wanted["q-3"]), (2, 0, 1))
        self.ok("check", self.store)

    # --- What is refused -----------------------------------------------------------------------------------------

    def test_errors(self):
        line = dict(FULL, uid=None, annotator="dov")
        for change, part in [
                ({"item": "q-99"}, "item: there is no item 'q-99'"),
                ({"track": "helpfulnes"}, "track: the campaign has no track \"helpfulnes\"; did you mean helpfulness"),
                ({"item": "q-2", "track": "safety"}, "track: the item 'q-2' does not stand on a track 'safety'"),
                ({"track": None}, "stands on 2 tracks"),
                ({"prefer": "r9"}, "prefer: \"r9\" is no response of this item"),
                ({"prefer": None, "ranking": None}, "prefer: is missing"),
                ({"prefer": "r2"}, "ranking: puts another response first"),
                ({"ranking": [["r1"]]}, "ranking: places 1 of 2 responses"),
                ({"annotator": None}, "annotator: is missing"),
                ({"annotator": "a,b"}, "annotator: \"a,b\" holds a comma"),
                ({"annotator": "x\u001b[2J"}, "annotator: "),
                ({"role": "boss"}, "role: \"boss\" is no role"),
                ({"strength": 4}, "strength: is no strength of the rubric 'helpfulness'; a whole number from 1 to 3"),
                ({"prefer": "tie", "ranking": None}, "strength: stands beside a preference that has none"),
                ({"confidence": 101}, "confidence: 101 is out of range"),
                ({"confidence": 50.5}, "confidence: 50.5 is not whole"),
                ({"confidence": "80"}, "confidence: is a string"),
                ({"ratings": {"acuracy": {"r1": 1}}}, "ratings.acuracy: is no criterion of the rubric 'helpfulness' (version 3); did you mean accuracy"),
                ({"ratings": {"accuracy": {"r1": 6}}}, "ratings.accuracy: is out of its scale; a whole number from 1 to 5"),
                ({"ratings": {"tone": "r7"}}, "ratings.tone: \"r7\" is no response"),
                ({"tags": ["factual-eror"]}, "tags: \"factual-eror\" is none of the rubric 'helpfulness'; did you mean factual-error"),
                ({"flags": "unsafe"}, "flags: is a string; a list of words is wanted"),
                ({"order": ["r1", "r1"]}, "order: names a response twice"),
                ({"order": ["r1"]}, "order: is no list of all 2 responses"),
                ({"seconds": -1}, "seconds: -1 is out of range"),
                ({"at": "yesterday"}, "at: \"yesterday\" is no moment"),
                ({"kind": "prod"}, "kind: \"prod\" is no kind"),
                ({"rubric": "helpfulness@2#00"}, "rubric: the store has no \"helpfulness@2#00\""),
                ({"round": 1}, "round: 1 is out of range"),
                ({"final": False}, "final: is false"),
                ({"uid": ""}, "uid: is empty"),
                ({"strenght": 2}, "strenght: is no key of a judgment; did you mean \"strength\"?"),
                ({"foo": 2}, "foo: is no key of a judgment; leave it out")]:
            with self.subTest(change):
                self.refused({**line, **change}, part)
        self.refused("{\"item\": \"q-1\",}", "")
        self.refused("[1]", "the line is a list")

    def test_rubric_decides_what_may_be_said(self):
        result = self.take([{"item": "q-7", "annotator": "ana", "prefer": "none"}])
        self.assertIn("prefer: the rubric 'safety' knows no \"none\"", result.err)
        result = self.take([{"item": "q-7", "annotator": "ana", "prefer": "r1", "strength": 2}])
        self.assertIn("a whole number from 1 to 1 is wanted", result.err)

    def test_a_name_means_one_thing(self):
        self.take([{"item": "q-2", "annotator": "gpt", "role": "model", "prefer": "r1"}])
        self.assertEqual(self.take([{"item": "q-3", "annotator": "gpt", "prefer": "r1"}]).status, 0)
        result = self.take([{"item": "q-1", "track": "safety", "annotator": "gpt", "role": "annotator", "prefer": "r1"}])
        self.assertEqual((result.status, "role 'model'" in result.err), (3, True))

    def test_another_judgment_of_the_same_uid(self):
        self.take([FULL])
        result = self.take([dict(FULL, rationale="Other words.")])
        self.assertEqual(result.status, 3)
        self.assertIn("differs from this line in its rationale", result.err)
        self.assertIn("1 already there", self.take([FULL]).err)

    def test_rejects(self):
        bad = self.folder / "bad.jsonl"
        result = self.take([FULL, {"item": "q-99", "annotator": "ana", "prefer": "r1"}, {"item": "q-2", "annotator": "ana", "prefer": "r1"}], "--rejects", bad)
        self.assertEqual(result.status, 1, result.err)
        self.assertIn("1 line rejected", result.err)
        (line,) = [json.loads(one) for one in bad.read_text().splitlines()]
        self.assertEqual((line["line"], json.loads(line["text"])["item"]), (2, "q-99"))
        self.assertEqual(len(self.stored()), 2)

    def test_rejects_of_csv(self):
        bad = self.folder / "bad.jsonl"
        text = "item,annotator,prefer,strength\nq-1,ana,r1\n\"q-2\",\"a\nb\",r1,2\nq-2,ana,r1,much\nq-3,ana,r1,2\n"
        result = self.take(text, "--track", "helpfulness", "--rejects", bad, name="j.csv")
        self.assertEqual(result.status, 1, result.err)
        lines = [json.loads(one) for one in bad.read_text().splitlines()]
        self.assertEqual([(line["line"], line["text"]) for line in lines], [(2, "q-1,ana,r1"), (3, "\"q-2\",\"a\nb\",r1,2"), (5, "q-2,ana,r1,much")])
        self.assertIn("has 3 fields where the header has 4", lines[0]["error"])
        self.assertIn("annotator:", lines[1]["error"])
        self.assertIn("strength:", lines[2]["error"])
        self.assertEqual([one["item"] for one in self.stored()], ["q-3"])

    def test_csv_header(self):
        for text, part in [("item,anotator,prefer\n", "j.csv:1: the column \"anotator\" is not known; did you mean annotator"),
                           ("item,item\n", "stands in the header twice"), ("item,annotator,prefer\n", "holds no judgments"),
                           ("item,annotator,prefer\nq-2,ana,\"r1\n", "is never closed"), ("\n\nitem,x y\n", "j.csv:3: the column \"x y\""),
                           ("item,annotator,prefer,ratings\nq-2,ana,r1,\"{\"\"accuracy\"\":\"\n", "ratings: "),
                           (b"item,annotator,prefer\nq-2,\xff,r1\n", "annotator: is not UTF-8"), ("", "holds no judgments")]:
            with self.subTest(text):
                result = self.take(text, name="j.csv")
                self.assertEqual(result.status, 3, result.err)
                self.assertEqual(result.err.count("\n"), 1)
                self.assertIn(part, result.err)

    def test_dry_run_and_options(self):
        result = self.take([FULL], "--dry-run")
        self.assertIn("1 judgment would be added", result.err)
        self.assertEqual(self.stored(), [])
        self.assertEqual(self.take([FULL], "--labels", "drop").status, 2)
        self.assertEqual(self.take([FULL], "--format", "native").status, 2)
        self.ok("people", self.store, "add", "kim", "--role", "annotator")
        self.assertEqual(self.take([FULL], as_name="kim").status, 2)


if __name__ == "__main__":
    unittest.main()
