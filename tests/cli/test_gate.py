"""`gate`: the specification held against the figures, line by line, with an exit status that a build can use."""
import unittest

from assay import Case, item

RULE = "  - {{track: {track}, category: {category}, {more}}}\n"


class Gate(Case):
    """Twelve gold items a category, ten of twelve right on coding and six of twelve on law; poetry has items and no judgments."""

    def setUp(self):
        super().setUp()
        self.ok("init", self.store, "--campaign", self.write("c.yaml", "campaign: c\ntracks:\n  preference: {rubric: preference.yaml}\n"))
        items = [item(n, category="coding" if n < 12 else "law", gold={"prefer": "r1"}) for n in range(24)]
        items += [item(n, category="coding") for n in range(30, 34)] + [item(40, category="poetry")]
        self.ok("import", self.store, self.write_lines("items.jsonl", items))
        lines = [{"item": f"q-{n}", "annotator": "ana", "prefer": "r2" if n in (0, 1) or n >= 18 else "r1"} for n in range(24)]
        lines += [{"item": f"q-{n}", "annotator": name, "prefer": "r1" if n % 2 else "r2"} for n in range(30, 34) for name in ("ana", "dov") if (n, name) != (33, "dov")]
        self.ok("import", self.store, "--judgments", self.write_lines("judgments.jsonl", lines))

    def gate(self, *rules):
        """Status and what came of each line."""
        spec = self.write("spec.yaml", "".join("- {" + rule + "}\n" for rule in rules))
        done = self.run_assay("gate", self.store, "--spec", spec, "--json")
        self.text = self.run_assay("gate", self.store, "--spec", spec)
        self.assertEqual(self.text.status, done.status)
        self.assertEqual(self.text.out.count("\n"), len(done.json["rules"]) + 2)
        self.assertLessEqual(max(map(len, self.text.out.splitlines())), 80, self.text.out)
        self.assertEqual(done.json["passed"], done.status == 0)
        self.lines = done.json["rules"]
        return done.status, [(line["category"], line["result"]) for line in self.lines]

    def test_each_and_together(self):
        self.assertEqual(self.gate("category: all, min_gold_accuracy: 0.66"), (0, [("all", "pass")]))
        self.assertEqual(self.lines[0]["figure"]["n"], 24)
        self.assertAlmostEqual(self.lines[0]["figure"]["value"], 16 / 24)
        self.assertEqual(self.gate("category: all, min_gold_accuracy: 0.67"), (1, [("all", "fail")]))
        self.assertEqual(self.gate('category: "*", min_gold_accuracy: 0.6'), (1, [("law", "fail"), ("coding", "pass"), ("poetry", "too little data")]))
        self.assertIn("FAIL", self.text.out)
        self.assertIn("too little", self.text.out)
        self.assertEqual(self.gate("category: coding, min_gold_accuracy: 0.8"), (0, [("coding", "pass")]))
        self.assertEqual(self.gate("category: coding, min_gold_accuracy: 0.8", "category: law, min_gold_accuracy: 0.8"), (1, [("coding", "pass"), ("law", "fail")]))

    def test_languages(self):
        more = [item(n, language="de" if n < 56 else "fr", category="letters", gold={"prefer": "r1"}) for n in range(50, 62)] + [item(70, language="pl")]
        self.ok("import", self.store, self.write_lines("more.jsonl", more))
        lines = [{"item": f"q-{n}", "annotator": "ana", "prefer": "r2" if n < 53 else "r1"} for n in range(50, 62)]
        self.ok("import", self.store, "--judgments", self.write_lines("german.jsonl", lines))
        self.assertEqual(self.gate('language: "*", min_gold_accuracy: 0.6')[0], 1)
        self.assertEqual({(line["language"], line["result"]) for line in self.lines},
                         {("de", "fail"), ("fr", "pass"), ("(none)", "pass"), ("pl", "too little data")})
        self.assertIn("language de", self.text.out)
        self.assertEqual(self.gate("language: fr, min_gold_accuracy: 1.0")[0], 0)
        self.assertEqual(self.lines[0]["figure"]["n"], 6)
        self.assertEqual(self.gate("language: xx, min_gold_accuracy: 0.1")[0], 1)
        self.assertEqual(self.gate("category: letters, min_gold_accuracy: 0.7")[0], 0)
        self.assertNotIn("language", self.lines[0])
        spec = self.write("both.yaml", "- {category: law, language: de, min_gold_accuracy: 0.5}\n")
        self.assertIn("one rule for each", self.run_assay("gate", self.store, "--spec", spec, expect=3).err)

    def test_nothing_to_ask_is_no_pass(self):
        """A store, or a track, without items: "each category" is none, and none must not be enough."""
        self.store = str(self.folder / "empty.assay")
        self.ok("init", self.store, "--campaign", self.write("e.yaml", "campaign: c\ntracks:\n  a: {rubric: preference.yaml}\n  b: {rubric: preference.yaml}\n"))
        for rule in ['category: "*", min_gold_accuracy: 0.5', 'language: "*", min_alpha: 0.1', 'track: "*", category: "*", min_judgments: 1']:
            status, lines = self.gate(rule)
            self.assertEqual((status, {line[1] for line in lines}), (1, {"too little data"}), rule)
            self.assertEqual([line["track"] for line in self.lines], ["a", "b"])
        self.assertEqual(self.gate('category: "*", min_gold_accuracy: 0.5, allow_too_little: true')[0], 0)

    def test_language_beside_a_track(self):
        """The track gives way, not the language."""
        self.store = str(self.folder / "two.assay")
        rubrics = "campaign: c\ntracks:\n  helpfulness: {rubric: preference.yaml}\n  safety: {rubric: preference.yaml}\n"
        self.ok("init", self.store, "--campaign", self.write("two.yaml", rubrics))
        self.ok("import", self.store, self.write_lines("two.jsonl", [item(1, track="helpfulness", language="zh"), item(2, track="safety", language="pt-BR")]))
        self.gate('language: "*", min_gold_accuracy: 0.6')
        self.assertIn("language zh ", self.text.out)
        self.assertIn("language pt", self.text.out)

    def test_basis(self):
        self.assertEqual(self.gate("category: coding, min_gold_accuracy: 0.8, basis: lower")[0], 1)
        low = self.lines[0]["figure"]["ci95"][0]
        self.assertEqual(self.lines[0]["basis"], "lower")
        self.assertEqual(self.gate(f"category: coding, min_gold_accuracy: {low - 0.001:.3f}, basis: lower")[0], 0)

    def test_too_little_data_is_no_pass(self):
        self.assertEqual(self.gate("category: coding, min_gold_accuracy: 0.5, min_n: 12")[1], [("coding", "pass")])
        self.assertEqual(self.gate("category: coding, min_gold_accuracy: 0.5, min_n: 13"), (1, [("coding", "too little data")]))
        self.assertEqual(self.gate("category: coding, min_gold_accuracy: 0.5, min_n: 13, allow_too_little: true"), (0, [("coding", "too little data")]))
        self.assertEqual(self.gate("category: coding, min_gold_accuracy: 0.99, allow_too_little: true"), (1, [("coding", "fail")]))
        self.assertEqual(self.gate("category: no-such, min_gold_accuracy: 0.5"), (1, [("no-such", "too little data")]))

    def test_agreement_and_judgments(self):
        self.assertEqual(self.gate("category: all, min_alpha: 0.5, min_judgments: 2"), (1, [("all", "pass"), ("all", "fail")]))
        self.assertEqual([line["measure"] for line in self.lines], ["krippendorff_alpha", "judgments"])
        self.assertEqual((self.lines[0]["figure"]["value"], self.lines[0]["figure"]["n"]), (1, 3))
        self.assertEqual((self.lines[1]["figure"]["value"], self.lines[1]["figure"]["n"]), (1, 4))
        self.assertEqual(self.gate("track: all, category: all, min_judgments: 1"), (0, [("all", "pass")]))
        self.assertEqual(self.gate("category: all, min_alpha: 0.5, min_n: 4")[1], [("all", "too little data")])

    def test_the_campaigns_own_rules(self):
        self.assertEqual(self.run_assay("gate", self.store).status, 2)
        settings = "campaign: c\ntracks:\n  preference: {rubric: preference.yaml}\nquality:\n"
        self.ok("campaign", self.store, "--set", self.write("d.yaml", settings + RULE.format(track="preference", category="all", more="min_gold_accuracy: 0.6")))
        self.assertIn("passed: 1 of 1 hold", self.ok("gate", self.store).out)
        result = self.run_assay("gate", self.store, "--spec", self.write("s.yaml", "- {category: all, min_gold_accuracy: 0.9}\n"))
        self.assertEqual((result.status, result.err.count("\n")), (1, 1))
        self.assertIn("not passed: 0 of 1 hold, 1 fail", result.out)

    def test_refused(self):
        for text, part in [("- {track: nowhere, min_alpha: 0.1}\n", "nowhere"), ("- {min_alpah: 0.1}\n", "min_alpha"), ("[]\n", "has no quality rules")]:
            result = self.run_assay("gate", self.store, "--spec", self.write("s.yaml", text))
            self.assertEqual((result.status, result.out), (3, ""), result.err)
            self.assertIn(part, result.err)
        self.assertEqual(self.run_assay("gate", self.store, "--spec", str(self.folder / "none.yaml")).status, 4)
        self.ok("people", self.store, "add", "kim", "--role", "annotator")
        self.assertEqual(self.run_assay("gate", self.store, as_name="kim").status, 2)


if __name__ == "__main__":
    unittest.main()
