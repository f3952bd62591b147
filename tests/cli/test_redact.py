"""An item is redacted: its words are nowhere in the file or beside it, what was judged stands, and everything says so."""
import contextlib
import json
import sqlite3
import subprocess
import time
import unittest
from pathlib import Path

from assay import ASSAY, Case, item
from player import Player, items_by_ref

CAMPAIGN = """campaign: pilot
seed: 5
tracks:
  preference: {rubric: preference.yaml, batch: 12, gold: {rate: 0.3}, retest: {rate: 0}}
"""
# Every text of the item, and what people wrote about it, has one of these; they stand nowhere else.
WORDS = ["PROMPTWORD", "FIRSTWORD", "SECONDWORD", "EXTRAWORD", "EXPLAINWORD", "RATIONALEWORD", "QUESTIONWORD", "ANSWERWORD", "GOLDWHYWORD", "DRAFTWORD"]


def secret_item(number, **more):
    filler = " and so on" * 900  # on pages of its own, too
    return item(number, prompt="PROMPTWORD" + filler, responses=[{"id": "r1", "content": "FIRSTWORD" + filler}, {"id": "r2", "content": "SECONDWORD"}],
                note="EXTRAWORD", **more)


class Redact(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store, "--campaign", self.write("pilot.yaml", CAMPAIGN))
        self.ok("people", self.store, "add", "ana", "--role", "annotator", as_name="lea")

    def lead(self, *words, **options):
        return self.ok(words[0], self.store, *words[1:], as_name="lea", **options)

    def there(self):
        """Which of the words are in the store, its log or whatever else lies beside it."""
        bytes_of = b"".join(path.read_bytes() for path in Path(self.store).parent.glob("work.assay*"))
        return {word for word in WORDS if word.encode() in bytes_of}

    def one(self, name):
        return next(line for line in items_by_ref(self, as_name="lea").values() if line["item"]["id"] == name)

    def work(self, lines):
        """Ana judges a batch with the item in it, asks about it, and the lead answers."""
        self.lead("import", self.write_lines("items.jsonl", lines))
        ana = Player(self, "ana", clock="2026-11-02T08:00:00Z")
        ana.deal()
        ref = self.one("q-7")["ref"]
        (position,) = [line["position"] for line in ana.lines() if line["ref"] == ref]
        ana.play(f"ask {position} QUESTIONWORD")
        self.lead("questions", "answer", "1", "ANSWERWORD")
        ana.judge_all(lambda line: "a 2 80 " + ("RATIONALEWORD" if line["ref"] == ref else "because"))
        ana.leave()
        return ref

    def test_nothing_of_it_is_left_in_the_file(self):
        lines = [item(n) for n in range(7)] + [secret_item(7)] + [item(n) for n in range(8, 12)]
        ref = self.work(lines)
        self.lead("gold", "promote", "q-7", "--prefer", "r1", "--explanation", "EXPLAINWORD", "--why", "GOLDWHYWORD")
        self.assertEqual(self.there(), set(WORDS) - {"DRAFTWORD"}, "or the search below shows nothing")
        before = self.ok("judgments", self.store, as_name="lea").lines
        self.lead("items", "redact", ref, "--why", "a takedown")
        self.assertEqual(self.there(), set())
        self.lead("check")
        after = self.ok("judgments", self.store, as_name="lea").lines
        self.assertEqual([one["uid"] for one in after], [one["uid"] for one in before])
        for old, new in zip(before, after):
            gone = new.pop("redacted", False)
            self.assertEqual(gone, new["item"] == "q-7")
            if gone:
                self.assertEqual((old.pop("rationale"), new.pop("rationale")), ("RATIONALEWORD", ""))
            self.assertEqual(old, new)
        line = self.one("q-7")
        self.assertTrue(line["redacted"] and line["retired"])
        self.assertEqual([response["content"] for response in line["item"]["responses"]], ["[redacted]"] * 2)
        self.assertEqual(line["item"]["messages"], [{"role": "user", "content": "[redacted]"}])
        self.assertIn("redacted", self.lead("items", "show", "q-7").out)
        self.assertRegex(self.lead("items").out, rf"{ref} .* gone ")
        event = self.lead("log", "--json").lines[-1]
        self.assertEqual((event["verb"], event["subject"], event["detail"]), ("redact", "item preference/q-7", "a takedown"))
        self.assertEqual({name for name in (one["item"]["id"] for one in items_by_ref(self, as_name="lea").values() if one["redacted"])}, {"q-7"})

    def test_an_import_brings_nothing_back(self):
        lines = [item(n) for n in range(6)] + [secret_item(7, gold={"prefer": "r2", "explanation": "EXPLAINWORD"})]
        path = self.write_lines("items.jsonl", lines)
        self.lead("import", path)
        self.lead("items", "redact", "q-7", "--why", "a takedown")
        self.assertEqual(self.there(), set())
        self.assertIn("0 ", self.lead("import", path).err)
        self.assertEqual(self.there(), set())
        self.assertTrue(self.one("q-7")["redacted"])
        self.assertEqual(len(items_by_ref(self, as_name="lea")), 7)
        self.lead("check")

    def test_it_leaves_the_queue_and_open_batches(self):
        lines = [secret_item(7)] + [item(n) for n in range(20, 31)]
        self.lead("import", self.write_lines("items.jsonl", lines))
        ref = self.one("q-7")["ref"]
        ana = Player(self, "ana", clock="2026-11-02T08:00:00Z")
        ana.deal()
        position = {line["ref"]: line["position"] for line in ana.lines()}[ref]
        ana.play(f"draft {position} rationale DRAFTWORD")
        self.assertIn("DRAFTWORD", self.there())
        self.lead("items", "redact", ref, "--why", "a takedown")
        self.assertEqual(self.there(), set())
        self.assertIn("taken out", ana.ask(f"draft {position} rationale DRAFTWORD")["error"])  # her terminal was open
        ana.leave()
        self.assertEqual(self.there(), set())
        ana = Player(self, "ana", clock="2026-11-02T09:00:00Z")
        self.assertEqual({line["state"] for line in ana.lines() if line["ref"] == ref}, {"aside"})
        ana.judge_all(lambda line: "a 2 80")
        ana.leave()
        self.assertEqual((self.one("q-7")["judgments"], self.one("q-7")["wanted"]), (0, 0))
        self.lead("check")

    def test_it_waits_for_who_reads_the_old_text(self):
        self.lead("import", self.write_lines("items.jsonl", [secret_item(7), item(8)]))
        with contextlib.closing(sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)) as reader:
            reader.execute("begin")
            reader.execute("select count(*) from item").fetchall()
            redacting = subprocess.Popen([ASSAY, "items", self.store, "redact", "q-7", "--why", "x", "--as", "lea"], stderr=subprocess.PIPE, text=True)
            time.sleep(1)
            self.assertIsNone(redacting.poll(), "it waits for the reader")
        self.assertIn("redacted q-7", redacting.communicate(timeout=90)[1])
        self.assertEqual(redacting.returncode, 0)
        self.assertEqual(self.there(), set())

    def test_an_export_counts_it_apart(self):
        ref = self.work([secret_item(7)] + [item(n) for n in range(20, 31)])
        manifest = self.folder / "m.json"
        export = ["-o", str(self.folder / "out.jsonl"), "--manifest", str(manifest), "--explain"]
        self.assertIn("FIRSTWORD", (self.lead("export", *export), (self.folder / "out.jsonl").read_text())[1])
        rows = json.loads(manifest.read_text())["rows"]
        self.lead("items", "redact", ref, "--why", "a takedown")
        explained = self.lead("export", *export).err
        self.assertRegex(explained, r"q-7\tredacted\t")
        self.assertIn("1 left out: its texts were taken out", explained)
        told = json.loads(manifest.read_text())
        self.assertEqual((told["rows"], told["left_out"]["redacted"]), (rows - 1, 1))
        text = (self.folder / "out.jsonl").read_text()
        self.assertEqual([word for word in WORDS + ["[redacted]"] if word in text], [])

    def test_a_prompt_that_others_have_stays(self):
        pair = [item(n, prompt="PROMPTWORD", responses=[{"id": "a", "content": word}, {"id": "b", "content": "x"}]) for n, word in ((1, "FIRSTWORD"), (2, "SECONDWORD"))]
        self.lead("import", self.write_lines("pair.jsonl", pair))
        self.assertIn("prompt stays", self.lead("items", "redact", "q-1", "--why", "x").err)
        self.assertEqual(self.there(), {"PROMPTWORD", "SECONDWORD"})
        self.assertNotIn("prompt stays", self.lead("items", "redact", "q-2", "--why", "x").err)
        self.assertEqual(self.there(), set())
        self.lead("items", "redact", "q-1", "--why", "again")
        self.lead("check")

    def test_the_same_item_on_another_track_goes_with_it(self):
        store = str(self.folder / "work.assay-two")
        self.ok("init", store, "--campaign", self.write("two.yaml", CAMPAIGN + "  second: {rubric: preference.yaml, batch: 12}\n"))
        path = self.write_lines("items.jsonl", [secret_item(7), item(8)])
        for track in ["preference", "second"]:
            self.ok("import", store, path, "--track", track)
        self.assertEqual(self.there(), {"PROMPTWORD", "FIRSTWORD", "SECONDWORD", "EXTRAWORD"})
        self.assertIn("2 tracks", self.ok("items", store, "redact", "q-7", "--track", "second", "--why", "x").err)
        self.assertEqual(self.there(), set())
        self.assertEqual([line["redacted"] for line in self.ok("items", store, "--json").lines], [True, False, True, False])
        self.ok("check", store)

    def test_it_is_the_leads_and_all_or_none(self):
        self.lead("import", self.write_lines("items.jsonl", [secret_item(7)]))
        there = self.there()
        self.run_assay("items", self.store, "redact", "q-7", "--why", "x", as_name="ana", expect=2)
        self.assertIn("nothere", self.run_assay("items", self.store, "redact", "q-7", "nothere", "--why", "x", as_name="lea", expect=2).err)
        self.assertEqual(self.there(), there)
        self.lead("items", "redact", "q-7")
        self.assertEqual(self.there(), set())
        (event,) = [event for event in self.ok("log", self.store, "--json", as_name="lea").lines if event["verb"] == "redact"]
        self.assertEqual(event["detail"], "no reason given")


if __name__ == "__main__":
    unittest.main()
