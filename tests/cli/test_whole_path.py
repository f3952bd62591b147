"""Real transcripts all the way: import, every item judged through batches, hand-in, export; each row is what was preferred."""
import json

from assay import Case, unittest
from player import Player, items_by_ref

CAMPAIGN = """campaign: transcripts
tracks:
  safety: {rubric: t.yaml, batch: 100, gold: {rate: 0}, retest: {rate: 0}}
"""


class WholePath(Case):
    def test_real_transcripts_from_import_to_export(self):
        source = self.shared("hh-rlhf/harmless-base-test-rows0001-1300.jsonl")
        self.write("t.yaml", "rubric: t\n")
        self.ok("init", self.store, "--campaign", self.write("campaign.yaml", CAMPAIGN))
        self.ok("import", self.store, source)
        self.assertIn("0 items added, 1300 already there", self.ok("import", self.store, source).err)
        items = items_by_ref(self)
        self.assertEqual(len(items), 1300)
        ana = Player(self, "ana", "safety")
        preferred, batches = {}, 0
        while ana.deal()["batch"]:
            batches += 1
            for line in ana.lines():
                item = items[line["ref"]]["item"] if "item" in items[line["ref"]] else items[line["ref"]]
                choice = "ab"[line["position"] % 2]
                preferred[item["id"]] = (item, "ab".index(choice))
                ana.play(f"judge {line['position']} {choice} 2")
            ana.play("hand-in")
        ana.leave()
        self.assertEqual((batches, len(preferred)), (13, 1300))
        self.ok("check", self.store)
        result = self.ok("export", self.store, "-o", "-", "--manifest", self.folder / "m.json")
        rows = [json.loads(line) for line in result.out.splitlines()]
        manifest = json.loads((self.folder / "m.json").read_text())
        self.assertEqual(len(rows), 1296)  # four rows of the file have an empty side, which cannot train
        self.assertIn("4 left out", result.err)
        self.assertIn(str(len(rows)), json.dumps(manifest))
        expected = {self.conversation(item, k): self.conversation(item, 1 - k) for item, k in preferred.values()}
        for row in rows:
            self.assertEqual(list(row), ["prompt", "chosen", "rejected"])
            self.assertEqual(expected[self.text(row["prompt"], row["chosen"])], self.text(row["prompt"], row["rejected"]))
            self.assertIn(row["prompt"][-1]["role"], ("user", "tool"))

    @staticmethod
    def text(prompt, answer):
        return json.dumps([prompt, answer])

    def conversation(self, item, k):
        prompt = item.get("messages") or [{"role": "user", "content": item["prompt"]}]
        response = item["responses"][k]
        answer = response.get("messages") or [{"role": "assistant", "content": response["content"]}]
        return self.text(prompt, answer)


if __name__ == "__main__":
    unittest.main()
