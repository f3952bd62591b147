"""Who has acknowledged which ruling: the lead's to see, nobody else's."""
import unittest

from assay import Case, item


class Rulings(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store)
        self.ok("import", self.store, self.write_lines("items.jsonl", [item(n) for n in range(20)]))
        for name in ["ana", "ben"]:
            self.ok("people", self.store, "add", name, "--role", "annotator", as_name="lea")
        self.ok("rulings", self.store, "add", "A half answer counts.", as_name="lea")

    def test_the_lead_sees_who_has_not_seen_it(self):
        (line,) = self.ok("rulings", self.store, "--json", as_name="lea").json
        self.assertEqual((line["acknowledged"], line["waiting"]), ([], ["ana", "ben"]))
        self.assertIn("not yet: ana, ben\n", self.ok("rulings", self.store, as_name="lea").out)

    def test_an_annotator_sees_the_ruling_alone(self):
        (line,) = self.ok("rulings", self.store, "--json", as_name="ana").json
        self.assertNotIn("acknowledged", line)
        self.assertNotIn("waiting", line)
        self.assertNotIn("ben", self.ok("rulings", self.store, as_name="ana").out)


if __name__ == "__main__":
    unittest.main()
