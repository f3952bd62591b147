"""Training data out: judged, handed in, exported; each line's `chosen` is the text that was preferred on screen, and every item is accounted for."""
import hashlib
import json
import unittest

from assay import Case, item
from player import Player, items_by_ref, letter_of

CAMPAIGN = """campaign: pilot
tracks:
  preference: {rubric: preference.yaml, batch: 10, overlap: 3, gold: {rate: 0.2}, retest: {rate: 0.2, after: {items: 5, days: 1}}}
"""
PEOPLE = ["ana", "ben", "cyd"]

# What the three say of an item, by the first word of its id.
VOTES = {
    "all": ["r1", "r1", "r1"], "two": ["r2", "r2", "r1"], "tie": ["tie", "tie", "r1"], "split": ["r1", "r2", "tie"], "none": ["none", "none", "r2"],
    "blank": ["r1", "r1", "r1"], "turns": ["r2", "r2", "r2"], "system": ["r2", "r2", "r2"], "end": ["r1", "r1", "r1"],
    "gold": ["r1", "r1", "r1"], "three": ["none", "none", "none"],
}
OUTCOMES = {"all": "exported", "two": "exported", "tie": "tie", "split": "undecided", "none": "none_acceptable", "blank": "empty_text",
            "turns": "exported", "system": "exported", "end": "prompt_end", "gold": "gold", "three": "none_acceptable", "unseen": "no_judgment"}


def material():
    lines = []
    for n in range(4):
        for word in ["all", "two", "tie", "split", "none"]:
            lines.append(item(0, id=f"{word}-{n}", prompt=f"{word} {n}?", responses=[{"id": "r1", "content": f"{word} {n} one"}, {"id": "r2", "content": f"{word} {n} two \u202e\x1b[31m"}]))
    lines.append(item(0, id="blank-0", prompt="blank?", responses=[{"id": "r1", "content": "x"}, {"id": "r2", "content": " \n"}]))
    turns = [{"role": "user", "content": "one"}, {"role": "assistant", "content": "two"}, {"role": "user", "content": "three"}]
    for word, messages in [("turns", turns), ("system", [{"role": "system", "content": "Be brief."}, turns[0]]), ("end", turns[:2])]:
        line = item(0, id=f"{word}-0", messages=messages, responses=[{"id": "r1", "content": f"{word} one"}, {"id": "r2", "content": f"{word} two"}])
        del line["prompt"]
        lines.append(line)
    lines.append(item(0, id="three-0", prompt="three?", responses=["x", "y", "z"]))
    for n in range(30):
        lines.append(item(0, id=f"gold-{n}", prompt=f"gold {n}?", gold={"prefer": "r1"}))
    return lines


def word_of(name):
    return name.split("-")[0]


class Export(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store, "--campaign", self.write("pilot.yaml", CAMPAIGN))
        self.material = {line["id"]: line for line in material()}
        self.ok("import", self.store, self.write_lines("items.jsonl", self.material.values()))
        for name in PEOPLE:
            self.ok("people", self.store, "add", name, "--role", "annotator", as_name="lea")
        self.refs = items_by_ref(self, as_name="lea")

    def say(self, person):
        def choose(line):
            known = self.refs[line["ref"]]
            vote = VOTES[word_of(known["item"]["id"])][PEOPLE.index(person)]
            return (letter_of(known, vote) if vote.startswith("r") else vote) + " 2 80 because"
        return choose

    def work(self, person, batches=99):
        """Judges until nothing is left, a day and more between batches so that retests come."""
        player = Player(self, person, clock="2026-11-02T08:00:00Z")
        while batches and player.deal()["batch"]:
            player.judge_all(self.say(person))
            player.play(f"pass {2 * 86400}")
            batches -= 1
        return player

    def export(self, *options, name="out.jsonl"):
        result = self.ok("export", self.store, "-o", self.folder / name, *options, as_name="lea")
        text = (self.folder / name).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()], result

    def names(self, rows):
        """The items of the rows, by the text of the last prompt message and the chosen text."""
        by_text = {}
        for name, line in self.material.items():
            for response in line["responses"]:
                if isinstance(response, dict):
                    by_text.setdefault(response["content"], name)
        return [by_text[row["chosen"] if isinstance(row["chosen"], str) else row["chosen"][0]["content"]] for row in rows]

    def work_all(self):
        for person in PEOPLE:
            self.work(person)

    def test_from_judgments_to_training_data(self):
        self.work_all()
        rows, result = self.export()
        judged = self.ok("judgments", self.store, as_name="lea").lines
        self.assertGreater(sum(one["kind"] == "gold" for one in judged), 5, "gold was judged, or this test shows little")
        self.assertGreater(sum(one["kind"] == "retest" for one in judged), 2, "there were retests, or this test shows little")
        expected = [name for name in self.material if OUTCOMES[word_of(name)] == "exported"]
        self.assertEqual(self.names(rows), expected)
        for row, name in zip(rows, expected):
            self.assertEqual(list(row), ["prompt", "chosen", "rejected"])
            line = self.material[name]
            prompt = line.get("messages", [{"role": "user", "content": line.get("prompt")}])
            self.assertEqual(row["prompt"], prompt)
            texts = {r["id"]: [{"role": "assistant", "content": r["content"]}] for r in line["responses"]}
            best = max(set(VOTES[word_of(name)]), key=VOTES[word_of(name)].count)
            self.assertEqual(row["chosen"], texts.pop(best))
            self.assertEqual([row["rejected"]], list(texts.values()))
        self.assertIn(f"{len(rows)} rows from {len(self.material)} items", result.err)

    def test_what_was_shown_and_preferred_is_what_is_chosen(self):
        ana = Player(self, "ana")
        seen = {}
        self.ok("campaign", self.store, "--set", self.write("one.yaml", CAMPAIGN.replace("overlap: 3", "overlap: 1")), as_name="lea")
        for _ in range(2):
            ana.deal()
            for line in ana.lines():
                shown = ana.play(f"show {line['position']}")
                side = line["position"] % 2
                ana.play(f"judge {line['position']} {['left', 'right'][side]} 1")
                seen[shown["prompt"]] = (shown["texts"][side], shown["texts"][1 - side])
            ana.play("hand-in")
        rows, _ = self.export("--held", "keep")  # who answers by position may miss enough gold for an alarm
        self.assertGreater(len(rows), 8)
        for row in rows:
            self.assertEqual(seen[row["prompt"][-1]["content"]], (row["chosen"][0]["content"], row["rejected"][0]["content"]))
        orders = [tuple(one["order"]) for one in self.ok("judgments", self.store, as_name="lea").lines]
        self.assertEqual(len(set(orders)), 2, "the order on the screen is chance")

    def test_plain(self):
        self.work_all()
        rows, result = self.export("--plain")
        expected = [name for name in self.material if OUTCOMES[word_of(name)] == "exported" and word_of(name) not in ("turns", "system")]
        self.assertEqual(self.names(rows), expected)
        for row in rows:
            self.assertEqual({key: type(value) for key, value in row.items()}, {"prompt": str, "chosen": str, "rejected": str})
        self.assertIn("more than one question", result.err)

    def test_ties_kept_are_two_rows(self):
        self.work_all()
        rows, _ = self.export("--ties", "keep")
        ties = [row for row in rows if row["prompt"][0]["content"].startswith("tie")]
        self.assertEqual(len(ties), 8)
        for one, two in zip(ties[::2], ties[1::2]):
            self.assertEqual((one["prompt"], one["chosen"], one["rejected"]), (two["prompt"], two["rejected"], two["chosen"]))

    def test_agreement_and_number(self):
        self.work_all()
        strict, _ = self.export("--min-agreement", "1")
        self.assertEqual({word_of(name) for name in self.names(strict)}, {"all", "turns", "system"})
        loose, _ = self.export("--min-agreement", "0.66")
        self.assertEqual({word_of(name) for name in self.names(loose)}, {"all", "two", "turns", "system"})
        self.assertEqual(self.export("--min-judgments", "3")[0], loose)
        self.assertEqual(self.export("--min-judgments", "4")[0], [])
        policy = self.write("policy.yaml", "min_agreement: 1.0\nties: keep\n")
        self.assertEqual(self.export("--policy", policy)[0], strict)
        self.assertEqual(len(self.export("--policy", policy, "--min-agreement", "0.6")[0]), len(loose) + 8)
        bad = self.run_assay("export", self.store, "-o", self.folder / "none.jsonl", "--policy", self.write("bad.yaml", "min_agreemnt: 1\n"), as_name="lea", expect=3)
        self.assertIn("min_agreement", bad.err)
        self.assertFalse((self.folder / "none.jsonl").exists())

    def test_open_batches_wait(self):
        player = Player(self, "ana")
        player.deal()
        player.judge_all(self.say("ana"), hand_in=False)
        rows, result = self.export()
        self.assertEqual(rows, [])
        self.assertIn("10 judgments wait in batches that are not handed in yet (--open takes them too)", result.err)
        with_open, result = self.export("--open")
        self.assertIn("10 judgments wait in batches that are not handed in yet (--open: taken as they are)", result.err)
        self.assertGreater(len(with_open), 1)
        player.play("hand-in")
        self.assertEqual(self.export()[0], with_open)

    def test_a_format_of_another_version_is_refused(self):
        done = self.run_assay("export", self.store, "-o", self.folder / "out.jsonl", "--format", "ranking", as_name="lea", expect=2)
        self.assertIn("--format 'ranking' is not known; this version writes trl-dpo", done.err)
        self.assertFalse((self.folder / "out.jsonl").exists())
        self.ok("export", self.store, "-o", self.folder / "out.jsonl", "--format", "trl-dpo", as_name="lea")

    def test_held_judgments_are_left_out_until_they_are_released(self):
        self.work_all()
        before, _ = self.export()
        self.ok("hold", self.store, "add", "--annotator", "cyd", "--why", "a look", as_name="lea")
        held, _ = self.export("--min-judgments", "3")
        self.assertEqual(held, [])
        self.assertEqual(len(self.export("--min-judgments", "2")[0]), 10)  # where ana and ben agree on a side
        self.assertEqual(self.export("--held", "keep")[0], before)
        for person in ["ana", "ben"]:
            self.ok("hold", self.store, "add", "--annotator", person, "--why", "a look", as_name="lea")
        nothing, result = self.export()
        self.assertEqual(nothing, [])
        self.assertIn("held", result.err)
        for number in (1, 2, 3):
            self.ok("hold", self.store, "release", number, "--why", "all is well", as_name="lea")
        self.assertEqual(self.export()[0], before)

    def test_the_manifest_adds_up_and_names_the_bytes(self):
        self.work_all()
        for options in [[], ["--plain"], ["--ties", "keep"], ["--min-agreement", "1"], ["--plain", "--ties", "keep"]]:
            with self.subTest(options):
                rows, _ = self.export("--manifest", self.folder / "m.json", *options)
                manifest = json.loads((self.folder / "m.json").read_text())
                data = (self.folder / "out.jsonl").read_bytes()
                self.assertEqual(manifest["rows"], len(rows))
                self.assertEqual(manifest["items"], len(self.material))
                self.assertEqual(manifest["items"], manifest["exported"] + sum(manifest["left_out"].values()))
                self.assertEqual(manifest["rows"], manifest["exported"] + manifest["ties"])
                self.assertEqual(manifest["data"], {"file": "out.jsonl", "bytes": len(data), "blake2b_256": hashlib.blake2b(data, digest_size=32).hexdigest()})
                self.assertEqual((manifest["campaign"], manifest["track"]), ("pilot", "preference"))
                beside = [json.loads(line) for line in (self.folder / "out.meta.jsonl").read_text().splitlines()]
                self.assertEqual([one["item"] for one in beside], self.names(rows) if "keep" not in options else [one["item"] for one in beside])
                self.assertEqual([one["row"] for one in beside], list(range(1, len(rows) + 1)))
                for one in beside:
                    self.assertEqual((one["judgments"], one["strength"]), (3, None if one["tie"] else 2))
                    self.assertAlmostEqual(one["agreement"], one["agreeing"] / 3)
                    self.assertAlmostEqual(sum(one["posterior"].values()), 1, delta=1e-5)
                    if not one["tie"] and one["agreeing"] == 3:
                        self.assertEqual(max(one["posterior"], key=one["posterior"].get), one["chosen"])

    def test_the_same_store_and_options_give_the_same_bytes(self):
        self.work_all()
        self.ok("backup", self.store, self.folder / "copy.assay", as_name="lea")
        for options in [[], ["--plain"], ["--ties", "keep"]]:
            files = []
            for store, seed in [(self.store, 1), (self.store, 2), (self.folder / "copy.assay", 3)]:
                self.ok("export", store, "-o", self.folder / "out.jsonl", "--manifest", self.folder / "m.json", *options, as_name="lea")
                files.append([(self.folder / name).read_bytes() for name in ("out.jsonl", "out.meta.jsonl", "m.json")])
            self.assertEqual(files[0], files[1])
            self.assertEqual(files[0], files[2])
            self.assertEqual(self.ok("export", self.store, "-o", "-", *options, as_name="lea").out.encode(), files[0][0])

    def test_every_item_is_explained(self):
        self.work_all()
        rows, result = self.export("--explain")
        lines = [line.split("\t") for line in result.err.splitlines() if "\t" in line]
        self.assertEqual(list(dict.fromkeys(line[0] for line in lines)), list(self.material))
        self.assertEqual(len(lines), len(self.material) + 2, "three responses are three pairs")
        for name, reason, words in lines:
            self.assertEqual(reason, OUTCOMES[word_of(name)], name)
            self.assertTrue(words)
        self.assertEqual(sum(line[1] == "exported" for line in lines), len(rows))

    def test_labels_of_the_file_count_only_when_asked(self):
        store = self.folder / "hh.assay"
        self.ok("init", store)
        self.ok("import", store, self.write("hh.jsonl", '{"chosen": "\\n\\nHuman: a\\n\\nAssistant: good", "rejected": "\\n\\nHuman: a\\n\\nAssistant: bad"}\n'))
        self.assertEqual(self.ok("export", store, "-o", "-").out, "")
        (row,) = self.ok("export", store, "-o", "-", "--labels").lines
        self.assertEqual((row["chosen"][0]["content"], row["rejected"][0]["content"]), ("good", "bad"))

    def test_a_failed_export_leaves_the_old_file(self):
        self.work("ana", 2)
        path = self.write("out.jsonl", "the old one\n")
        self.run_assay("export", self.store, "-o", path, "--manifest", self.folder / "no" / "m.json", as_name="lea", expect=4)
        self.assertEqual((self.folder / "out.jsonl").read_text(), "the old one\n")
        self.run_assay("export", self.store, "-o", self.folder / "no" / "out.jsonl", as_name="lea", expect=4)
        self.run_assay("export", self.store, "-o", self.folder, as_name="lea", expect=4)
        self.assertEqual([p.name for p in self.folder.iterdir() if "tmp" in p.name or ".new" in p.name or p.name.startswith(".")], [])

    def test_data_and_manifest_are_two_files(self):
        self.work("ana", 2)
        path = self.write("out.jsonl", "the old one\n")
        for manifest in [path, self.folder / "out.meta.jsonl"]:
            result = self.run_assay("export", self.store, "-o", path, "--manifest", manifest, as_name="lea", expect=2)
            self.assertIn("would stand where the data goes", result.err)
        result = self.run_assay("export", self.store, "-o", "-", "--manifest", "-", as_name="lea", expect=2)
        self.assertEqual(result.out, "")
        self.assertEqual((self.folder / "out.jsonl").read_text(), "the old one\n")

    def test_a_retired_or_promoted_item_is_no_longer_production(self):
        self.work_all()
        before, _ = self.export()
        self.ok("gold", self.store, "promote", "all-0", "--prefer", "r1", "--why", "clear", as_name="lea")
        after, result = self.export("--explain")
        self.assertEqual(len(after), len(before) - 1)
        self.assertIn("all-0\tgold", result.err)


if __name__ == "__main__":
    unittest.main()
