"""Items in: every shape that is read, every shape that is refused, and that a refusal leaves the store as it was."""
import gzip
import json
import sqlite3
import unittest
from pathlib import Path

from assay import Case, item


def dump(path):
    """The whole store as SQL text."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as store:
        store.create_function("queue_rank", 3, lambda *words: 0, deterministic=True)  # what the program itself brings along
        text = "\n".join(store.iterdump())
    store.close()
    return text


def line(**more):
    return json.dumps(item(1, **more), ensure_ascii=False)


def gold(**key):
    return line(gold=key)


def without(*keys):
    return json.dumps({k: v for k, v in item(1).items() if k not in keys})


def responses(*ones):
    return line(responses=list(ones))


DEEP = "[" * 100 + "]" * 100

# What stands in the file, and what the one line of the error must hold. The line number is that of the first bad line.
BAD_LINES = [
    # not JSON
    ("{", 1, []), ("nonsense", 1, []), ("null", 1, []), ("true", 1, []), ("17", 1, []), ('"text"', 1, []), ("[]", 1, ["array"]),
    ("{}", 1, []), ('{"id": "a" "prompt": "p"}', 1, []), ("{'id': 'a'}", 1, []), ('{"id": "a",}', 1, []), (line() + " trailing", 1, []),
    (line() + line(), 1, []), ('{"id": "a", "prompt": "p", "responses": ["x", "y"]', 1, []), ('{"id": "\\x41"}', 1, []), ('{"id": "\\u12g4"}', 1, []),
    ('{"id": "tab\there", "prompt": "p", "responses": ["x", "y"]}', 1, []), ('{"id": 01, "prompt": "p", "responses": ["x", "y"]}', 1, []),
    ('{"id": "a", "id": "b", "prompt": "p", "responses": ["x", "y"]}', 1, ["id", "twice"]),
    ('{"prompt": "p", "responses": ["x", "y"], "meta": {"a": 1, "a": 2}}', 1, ["a", "twice"]),
    ('{"id": "a", "prompt": "p", "responses": ["x", "y"], "meta": ' + DEEP + "}", 1, []),
    ('{"id": "a\\u0000b", "prompt": "p", "responses": ["x", "y"]}', 1, ["\\u0000"]),
    ('{"id": "\\ud800", "prompt": "p", "responses": ["x", "y"]}', 1, []), ('{"prompt": "p", "responses": ["x", "y"], "priority": NaN}', 1, []),
    ('{"prompt": "p", "responses": ["x", "y"], "priority": Infinity}', 1, []), ('{"prompt": "p", "responses": ["x", "y"], "priority": +1}', 1, []),
    (b'{"id": "a", "prompt": "\xff", "responses": ["x", "y"]}', 1, []), (b'{"id": "a", "prompt": "\xc0\xaf", "responses": ["x", "y"]}', 1, []),
    (b'{"id": "a", "prompt": "\xed\xa0\x80", "responses": ["x", "y"]}', 1, []), (b'{"id": "a", "prompt": "cut \xe2\x82", "responses": ["x", "y"]}', 1, []),
    (b'{"id": "a", "prompt": "p\x00q", "responses": ["x", "y"]}', 1, []), (b"\x00\x01\x02\x03", 1, []), (b"\x89PNG\r\n\x1a\n", 1, []),
    # behind good lines
    (line() + "\n{\n", 2, []), (line() + "\n\n\n{\n", 4, []), (line() + "\n" + line(id="b", responses=["x"]) + "\n", 2, ["responses"]),
    # id, track, category, language
    (line(id=""), 1, ["id"]), (line(id=7), 1, ["id"]), (line(id=["a"]), 1, ["id"]), (line(id="x" * 300), 1, ["id"]),
    (line(track="nowhere"), 1, ["track", "nowhere"]), (line(track=""), 1, ["track"]), (line(track=1), 1, ["track"]),
    (line(category=""), 1, ["category"]), (line(category=5), 1, ["category"]), (line(category="x" * 300), 1, ["category"]), (line(language=["en"]), 1, ["language"]),
    # prompt and messages
    (without("prompt"), 1, ["prompt"]), (line(prompt=""), 1, ["prompt"]), (line(prompt=3), 1, ["prompt"]), (line(prompt=None), 1, ["prompt"]),
    (line(messages=[{"role": "user", "content": "p"}]), 1, ["messages"]), (json.dumps({**json.loads(without("prompt")), "messages": []}), 1, ["messages"]),
    (json.dumps({**json.loads(without("prompt")), "messages": "p"}), 1, ["messages"]),
    (json.dumps({**json.loads(without("prompt")), "messages": ["p"]}), 1, ["messages"]),
    (json.dumps({**json.loads(without("prompt")), "messages": [{"role": "boss", "content": "p"}]}), 1, ["messages", "role", "boss"]),
    (json.dumps({**json.loads(without("prompt")), "messages": [{"role": "user"}]}), 1, ["messages", "content"]),
    (json.dumps({**json.loads(without("prompt")), "messages": [{"role": "user", "content": 3}]}), 1, ["content"]),
    (json.dumps({**json.loads(without("prompt")), "messages": [{"content": "p"}]}), 1, ["role"]),
    # responses
    (without("responses"), 1, ["responses"]), (line(responses=[]), 1, ["responses"]), (line(responses="xy"), 1, ["responses"]), (responses("x"), 1, ["responses"]),
    (responses(*[f"r{i}" for i in range(27)]), 1, ["responses", "26"]), (responses("x", "x"), 1, ["responses", "same"]), (responses("x", 3), 1, ["responses"]), (responses("x", None), 1, ["responses"]),
    (responses({"id": "a", "content": "x"}, {"id": "a", "content": "y"}), 1, ["responses", "a"]), (responses({"id": "a"}, "y"), 1, ["responses"]),
    (responses({"id": "", "content": "x"}, "y"), 1, ["responses", "id"]), (responses({"id": 1, "content": "x"}, "y"), 1, ["responses", "id"]),
    (responses({"content": ["x"]}, "y"), 1, ["responses", "content"]), (responses({"content": "x", "model": 4}, "y"), 1, ["model"]),
    (responses({"id": "a", "messages": []}, "y"), 1, ["messages"]), (responses({"id": "a", "content": "x", "messages": [{"role": "assistant", "content": "z"}]}, "y"), 1, ["responses"]),
    (responses({"id": "tie", "content": "x"}, {"id": "b", "content": "y"}), 1, ["tie"]), (responses({"id": "none", "content": "x"}, {"id": "b", "content": "y"}), 1, ["none"]),
    # keys that were meant
    (line(catgory="x"), 1, ["catgory", "category"]), (line(respones=[]), 1, ["respones", "responses"]), (line(prefer="r1"), 1, ["prefer", "gold"]),
    # priority
    (line(priority="high"), 1, ["priority"]), (line(priority=[1]), 1, ["priority"]), ('{"prompt": "p", "responses": ["x", "y"], "priority": 1e999}', 1, ["priority"]),
    # gold
    (line(gold="r1"), 1, ["gold"]), (line(gold=[]), 1, ["gold"]), (gold(), 1, ["gold", "prefer"]), (gold(prefer="r9"), 1, ["gold", "prefer", "r9"]),
    (gold(prefer=[]), 1, ["gold", "prefer"]), (gold(prefer=1), 1, ["gold", "prefer"]), (gold(prefer=["r1", "r9"]), 1, ["r9"]), (gold(prefer="A"), 1, ["gold", "prefer"]),
    (gold(prefer={"ranking": [["r1"]]}), 1, ["ranking"]), (gold(prefer={"ranking": [["r1"], ["r1"]]}), 1, ["ranking"]), (gold(prefer={"ranking": "r1>r2"}), 1, ["ranking"]),
    (gold(prefer={"ranking": [["r1", "r2", "r3"]]}), 1, ["ranking"]), (gold(prefer={"rank": [["r1"], ["r2"]]}), 1, ["gold"]),
    (gold(prefer="r1", strength=4), 1, ["strength"]), (gold(prefer="r1", strength=0), 1, ["strength"]), (gold(prefer="r1", strength=[3, 2]), 1, ["strength"]),
    (gold(prefer="r1", strength=[1, 2, 3]), 1, ["strength"]), (gold(prefer="r1", strength=1.5), 1, ["strength"]), (gold(prefer="r1", strength="much"), 1, ["strength"]),
    (gold(prefer="r1", difficulty="extreme"), 1, ["difficulty", "extreme"]), (gold(prefer="r1", use="secret"), 1, ["use", "secret"]),
    (gold(prefer="r1", explanation=5), 1, ["explanation"]), (gold(prefer="r1", explanatoin="x"), 1, ["explanatoin"]),
    # HH-RLHF
    ('{"chosen": "\\n\\nHuman: a\\n\\nAssistant: b"}', 1, ["rejected"]), ('{"chosen": 1, "rejected": 2}', 1, ["chosen"]),
    ('{"chosen": "no turns", "rejected": "none either"}', 1, ["chosen"]), ('{"chosen": "", "rejected": ""}', 1, ["chosen"]),
    ('{"chosen": "\\n\\nHuman: a\\n\\nAssistant: b", "rejected": "\\n\\nHuman: other\\n\\nAssistant: b"}', 1, ["rejected"]),
]

BAD_YAML = [
    ("- {id: a, prompt: p, responses: [x]}\n", "1", ["responses"]), ("- {id: a\n", "", []), ("- id: a\n  id: b\n  prompt: p\n  responses: [x, y]\n", "2", ["id"]),
    ("id: a\nprompt: p\nresponses: [x, y]\ngold: {prefer: r9}\n", "", ["prefer"]), ("just text\n", "1", []), ("- 1\n- 2\n", "1", []),
    ("- {id: a, prompt: p, responses: [x, y]}\n- {id: b, prompt: p, responses: [x, y], catgory: c}\n", "2", ["catgory", "category"]),
    ("a: &a [*a]\n", "", []), ("- {id: a, prompt: !!binary aGk=, responses: [x, y]}\n", "1", []), ("\t- bad\n", "1", []),
]


class Import(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store)

    def items(self):
        return [one["item"] for one in self.ok("items", self.store, "--json").lines]

    # --- What is read ------------------------------------------------------------------------------------------

    def test_a_native_line_comes_back_as_it_went_in(self):
        line = {"id": "q-17", "track": "preference", "category": "coding", "language": "en",
                "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "A \t tab,\nemoji 👩‍🚀, Ελλάδα, \u200f\u0645"},
                             {"role": "assistant", "content": "well"}, {"role": "user", "content": "go on"}],
                "responses": [{"id": "r1", "content": "one", "model": "m-7b"},
                              {"id": "r2", "messages": [{"role": "assistant", "content": "a"}, {"role": "tool", "content": "t"}, {"role": "assistant", "content": "b"}]},
                              {"id": "r3", "content": ""}],
                "gold": {"prefer": ["r1", "tie"], "strength": [2, 3], "explanation": "because", "difficulty": "hard", "use": "hidden"},
                "priority": 0.73, "meta": {"big": 9007199254740993, "deep": [{"x": None}]}, "extra": [1, 2]}
        result = self.ok("import", self.store, self.write_lines("items.jsonl", [line]))
        self.assertIn("1 item added", result.err)
        self.assertIn("native", result.err)
        self.assertEqual(self.items(), [line])
        self.assertIn("9007199254740993", self.ok("items", self.store, "--json").out)

    def test_short_forms(self):
        self.ok("import", self.store, "-", input='{"prompt": "p", "responses": ["x", {"content": "y"}]}\n')
        (line,) = self.items()
        self.assertEqual(line["messages"], [{"role": "user", "content": "p"}])
        self.assertEqual([r["content"] for r in line["responses"]], ["x", "y"])
        self.assertEqual(len({r["id"] for r in line["responses"]}), 2)
        self.assertTrue(line["id"])

    def test_a_missing_id_follows_the_content(self):
        text = '{"prompt": "p", "responses": ["x", "y"]}\n{"prompt": "p2", "responses": ["x", "y"]}\n'
        self.ok("import", self.store, "-", input=text)
        result = self.ok("import", self.store, "-", input='{"responses":["x","y"],"prompt":"p"}\n')
        self.assertIn("1 already there", result.err)
        self.assertEqual(len({one["id"] for one in self.items()}), 2)

    def test_every_kind_of_gold_key(self):
        keys = ["r1", "tie", "none", ["r1", "r2"], ["r2", "tie", "none"]]
        lines = [item(n, gold={"prefer": key, "use": "hidden"}) for n, key in enumerate(keys)]
        three = item(90, responses=["x", "y", "z"])
        three["responses"] = [{"id": f"r{n}", "content": str(n)} for n in range(1, 4)]
        three["gold"] = {"prefer": {"ranking": [["r2"], ["r1", "r3"]]}, "use": "training"}
        self.ok("import", self.store, self.write_lines("gold.jsonl", lines + [three]))
        self.assertEqual([one["gold"]["prefer"] for one in self.items()], keys + [three["gold"]["prefer"]])
        self.assertEqual(len(self.ok("gold", self.store, "--json").json), 6)

    def test_yaml_both_ways(self):
        self.ok("import", self.store, self.write("list.yaml", "- id: a\n  prompt: |\n    two\n    lines\n  responses: [x, 'yes']\n  category: no\n- {id: b, prompt: 12, responses: [x, y], gold: {prefer: tie}}\n"))
        self.ok("import", self.store, self.write("documents.yml", "id: c\nprompt: p\nresponses: [x, y]\n---\nid: d\nprompt: p\nresponses:\n  - {id: s, content: x}\n  - {id: t, content: y}\n"))
        a, b, c, d = self.items()
        self.assertEqual(a["messages"][0]["content"], "two\nlines\n")
        self.assertEqual((a["category"], a["responses"][1]["content"]), ("no", "yes"))
        self.assertEqual((b["messages"][0]["content"], b["gold"]["prefer"]), ("12", "tie"))
        self.assertEqual([r["id"] for r in d["responses"]], ["s", "t"])
        self.assertIn("2 already there", self.ok("import", self.store, self.folder / "list.yaml").err)
        self.assertIn("2 items added", self.ok("import", self.store, "-", input="id: e\nprompt: x\nresponses: [x, y]\n---\nid: f\nprompt: y\nresponses: [x, y]\n").err)

    def test_gzip_by_content_and_from_standard_input(self):
        path = self.write_lines("items.jsonl", [item(n) for n in range(20)])
        packed = gzip.compress(Path(path).read_bytes())
        self.ok("import", self.store, self.gzip(path))
        self.assertEqual(len(self.items()), 20)
        self.assertIn("20 already there", self.ok("import", self.store, "-", input=packed).err)
        self.assertIn("20 already there", self.ok("import", self.store, self.write("no-suffix", packed)).err)
        half = len(packed) // 2
        two = self.write("two.gz", gzip.compress(b"".join(json.dumps(item(n)).encode() + b"\n" for n in (50, 51))) + gzip.compress(json.dumps(item(52)).encode()))
        self.assertIn("3 items added", self.ok("import", self.store, two).err)
        before = dump(self.store)
        cut = self.run_assay("import", self.store, self.write("cut.gz", packed[:half]), expect=3)
        self.assertIn("cut.gz", cut.err)
        broken = bytearray(packed)
        broken[-6] ^= 0xFF
        self.run_assay("import", self.store, self.write("sum.gz", bytes(broken)), expect=3)
        self.assertEqual(dump(self.store), before)

    def test_line_ends_blank_lines_and_a_mark(self):
        one, two = json.dumps(item(1)), json.dumps(item(2))
        self.ok("import", self.store, self.write("a.jsonl", f"\ufeff{one}\r\n\r\n\n   \n{two}"))
        self.assertEqual([one["id"] for one in self.items()], ["q-1", "q-2"])
        self.assertEqual([one["line"] for one in self.ok("items", self.store, "--json").lines], [1, 5])

    def test_a_file_without_items_is_named(self):
        before = dump(self.store)
        for content in [b"", b"\n\n", gzip.compress(b"")]:
            self.refused("empty.jsonl", content, 0, ["no items"])
        self.assertEqual(dump(self.store), before)

    def test_text_is_kept_byte_for_byte(self):
        text = "e\u0301 \u00e9 \ufb01 \u202ehidden\u202c \x1b[31m red \x7f \u0085 \u2028 end"
        self.ok("import", self.store, self.write_lines("items.jsonl", [item(1, prompt=text)]))
        self.assertEqual(self.items()[0]["messages"][0]["content"], text)

    # --- Twice -------------------------------------------------------------------------------------------------

    def test_a_second_import_adds_nothing_and_says_so(self):
        path = self.write_lines("items.jsonl", [item(n) for n in range(30)])
        self.ok("import", self.store, path)
        before = self.ok("items", self.store, "--json").out
        result = self.ok("import", self.store, path)
        self.assertIn("0 items added", result.err)
        self.assertIn("30 already there", result.err)
        self.assertEqual(self.ok("items", self.store, "--json").out, before)

    def test_the_same_id_with_other_content_is_named_by_line(self):
        self.ok("import", self.store, self.write_lines("a.jsonl", [item(1), item(2)]))
        before = dump(self.store)
        for change in [{"prompt": "Another question?"}, {"responses": [{"id": "r1", "content": "x"}, {"id": "r2", "content": "y"}]},
                       {"responses": list(reversed(item(2)["responses"]))}]:
            path = self.write_lines("b.jsonl", [item(3), item(1), item(2, **change)])
            result = self.run_assay("import", self.store, path, expect=3)
            self.assertRegex(result.err, r"b\.jsonl:3: .*q-2")
            self.assertEqual(dump(self.store), before)
        result = self.run_assay("import", self.store, self.write_lines("c.jsonl", [item(4), item(4, prompt="Other?")]), expect=3)
        self.assertRegex(result.err, r"c\.jsonl:2: .*q-4")
        self.assertEqual(dump(self.store), before)

    def test_several_files_are_stored_together_or_not_at_all(self):
        before = dump(self.store)
        good = self.write_lines("good.jsonl", [item(1)])
        bad = self.write("bad.jsonl", json.dumps(item(2)) + "\n{\n")
        result = self.run_assay("import", self.store, good, bad, expect=3)
        self.assertEqual((result.out, result.err.count("\n")), ("", 1))
        self.assertIn("bad.jsonl:2", result.err)
        self.run_assay("import", self.store, good, self.folder / "none.jsonl", expect=4)
        self.assertIn("other.jsonl:1: id", self.run_assay("import", self.store, good, self.write_lines("other.jsonl", [item(1, prompt="Other?")]), expect=3).err)
        self.assertEqual(dump(self.store), before)
        self.ok("import", self.store, good, self.write_lines("more.jsonl", [item(2, gold={"prefer": "r1"}), item(1)]), "--dry-run")
        self.assertEqual(dump(self.store), before)
        result = self.ok("import", self.store, good, self.folder / "more.jsonl", "--json")
        self.assertEqual(result.err, "")
        self.assertEqual([(one["format"], one["lines"], one["added"], one["already_there"], one["gold"], one["rejected"]) for one in result.json],
                         [("native", 1, 1, 0, 0, 0), ("native", 2, 1, 1, 1, 0)])
        self.assertEqual([one["id"] for one in self.items()], ["q-1", "q-2"])
        self.assertEqual(self.ok("check", self.store).status, 0)

    # --- Tracks ------------------------------------------------------------------------------------------------

    def test_tracks(self):
        self.write("campaign.yaml", "campaign: two\ntracks:\n  helpfulness: {rubric: helpfulness.yaml}\n  safety: {rubric: safety.yaml}\n")
        store = str(self.folder / "two.assay")
        self.ok("init", store, "--campaign", self.folder / "campaign.yaml")
        path = self.write_lines("items.jsonl", [item(1), item(2)])
        result = self.run_assay("import", store, path)
        self.assertIn(result.status, (2, 3))
        self.assertIn("track", result.err)
        self.ok("import", store, path, "--track", "safety")
        self.ok("import", store, path, "--track", "helpfulness")
        self.ok("import", store, self.write_lines("own.jsonl", [item(3, track="safety")]))
        self.assertEqual([(one["item"]["id"], one["item"]["track"]) for one in self.ok("items", store, "--json").lines],
                         [("q-1", "safety"), ("q-2", "safety"), ("q-1", "helpfulness"), ("q-2", "helpfulness"), ("q-3", "safety")])
        self.assertEqual(len(self.ok("items", store, "--track", "safety", "--json").lines), 3)
        self.run_assay("import", store, path, "--track", "saftey", expect=2)
        self.assertIn("q-1", self.run_assay("items", store, "show", "q-1", expect=2).err)
        self.ok("items", store, "show", "q-1", "--track", "safety")

    # --- Rejects, dry run ----------------------------------------------------------------------------------------

    def test_rejects_take_the_bad_lines_with_their_reasons(self):
        lines = [json.dumps(item(1)), "{", json.dumps(item(2)), json.dumps(item(3, responses=["x"])), json.dumps(item(1, prompt="Other?")), json.dumps(item(4))]
        path = self.write("mixed.jsonl", "\n".join(lines) + "\n")
        result = self.run_assay("import", self.store, path, "--rejects", self.folder / "rejects.jsonl", expect=1)
        self.assertIn("3 lines rejected", result.err)
        self.assertEqual([one["id"] for one in self.items()], ["q-1", "q-2", "q-4"])
        rejects = [json.loads(line) for line in (self.folder / "rejects.jsonl").read_text().splitlines()]
        self.assertEqual([one["line"] for one in rejects], [2, 4, 5])
        self.assertEqual([one["text"] for one in rejects], [lines[1], lines[3], lines[4]])
        for one in rejects:
            self.assertTrue(one["error"])
            self.assertIn("mixed.jsonl", one["file"])
        self.assertEqual(self.ok("check", self.store).status, 0)

    def test_rejects_without_a_bad_line(self):
        self.ok("import", self.store, self.write_lines("a.jsonl", [item(1)]), "--rejects", self.folder / "rejects.jsonl")
        self.assertEqual((self.folder / "rejects.jsonl").read_bytes(), b"")

    def test_rejects_do_not_replace_what_is_read(self):
        path = self.write("bad.jsonl", "x\n")
        self.assertIn("would replace", self.run_assay("import", self.store, path, "--rejects", path, expect=2).err)
        self.assertEqual((self.folder / "bad.jsonl").read_text(), "x\n")
        result = self.run_assay("import", self.store, path, "--rejects", "-", expect=1)
        self.assertEqual(len(result.lines), 1)
        self.assertIn("bad.jsonl: 0 items added, 1 line rejected\n", result.err)
        self.run_assay("import", self.store, path, "--rejects", "-", "--json", expect=2)

    def test_rejects_that_cannot_be_written_store_nothing(self):
        before = dump(self.store)
        self.run_assay("import", self.store, self.write_lines("a.jsonl", [item(1)]), "--rejects", self.folder / "no" / "r.jsonl", expect=4)
        self.assertEqual(dump(self.store), before)

    def test_a_dry_run_stores_nothing_and_finds_the_same(self):
        before = dump(self.store)
        good = self.write_lines("good.jsonl", [item(1), item(2, gold={"prefer": "r1"})])
        result = self.ok("import", self.store, good, "--dry-run")
        self.assertIn("2 items would be added", result.err)
        bad = self.write("bad.jsonl", json.dumps(item(1)) + "\n" + json.dumps(item(1, prompt="Other?")) + "\n")
        self.assertIn("bad.jsonl:2", self.run_assay("import", self.store, bad, "--dry-run", expect=3).err)
        self.run_assay("import", self.store, bad, "--dry-run", "--rejects", self.folder / "r.jsonl", expect=1)
        self.assertEqual(dump(self.store), before)

    # --- HH-RLHF and labels ------------------------------------------------------------------------------------

    HH = ('{"chosen": "\\n\\nHuman: Hi\\n\\nAssistant: Hello\\n\\nHuman: Why?\\n\\nAssistant: Good", '
          '"rejected": "\\n\\nHuman: Hi\\n\\nAssistant: Hello\\n\\nHuman: Why?\\n\\nAssistant: Bad"}\n')

    def test_a_transcript_becomes_common_turns_and_what_differs(self):
        result = self.ok("import", self.store, self.write("hh.jsonl", self.HH))
        self.assertIn("taken for hh", result.err)
        (line,) = self.items()
        self.assertEqual(line["messages"], [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}, {"role": "user", "content": "Why?"}])
        self.assertEqual(sorted(r["content"] for r in line["responses"]), ["Bad", "Good"])
        self.assertIn("1 already there", self.ok("import", self.store, self.folder / "hh.jsonl").err)

    def test_labels_three_ways(self):
        path = self.write("hh.jsonl", self.HH)
        for labels, judgments, keys in [("drop", 0, 0), ("judgments", 1, 0), ("gold", 0, 1)]:
            with self.subTest(labels):
                store = str(self.folder / f"{labels}.assay")
                self.ok("init", store)
                self.ok("import", store, path, "--labels", labels)
                self.ok("import", store, path, "--labels", labels)
                lines = self.ok("judgments", store).lines
                gold = self.ok("gold", store, "--json").json
                self.assertEqual((len(lines), len(gold)), (judgments, keys))
                (chosen,) = [r for r in self.ok("items", store, "--json").lines[0]["item"]["responses"] if r["content"] == "Good"]
                for one in lines:
                    self.assertEqual((one["role"], one["prefer"]), ("source", chosen["id"]))
                    self.assertIn("hh", one["annotator"])
                for one in gold:
                    self.assertEqual(one["gold"]["prefer"], chosen["id"])
        self.run_assay("import", self.store, path, "--labels", "maybe", expect=2)

    def test_a_format_can_be_named_and_must_fit(self):
        self.ok("import", self.store, self.write("hh.jsonl", self.HH), "--format", "hh")
        self.run_assay("import", self.store, self.write_lines("a.jsonl", [item(1)]), "--format", "hh", expect=3)
        self.run_assay("import", self.store, self.folder / "hh.jsonl", "--format", "native", expect=3)
        self.assertIn("parquet", self.run_assay("import", self.store, self.folder / "a.jsonl", "--format", "parquet", expect=2).err)

    def test_real_transcripts(self):
        path = self.shared("hh-rlhf/harmless-base-test-rows0001-1300.jsonl")
        result = self.ok("import", self.store, path)
        self.assertIn("1300 items added", result.err)
        self.assertIn("0 items added", self.ok("import", self.store, path).err)
        lines = self.ok("items", self.store, "--json").lines
        rows = [json.loads(row) for row in Path(path).read_text(encoding="utf-8").split("\n") if row]
        self.assertEqual(len(lines), len(rows))
        chosen = {one["item"]: one["prefer"] for one in self.ok("judgments", self.store).lines}
        self.assertEqual(len(chosen), 1300)
        first = sum(line["item"]["responses"][0]["id"] == chosen[line["item"]["id"]] for line in lines)
        self.assertLess(abs(first - 650), 100, "the stored order must not tell which side was chosen")
        turns = {"user": "\n\nHuman:", "assistant": "\n\nAssistant:"}
        for number, (line, row) in enumerate(zip(lines, rows), 1):
            for response in line["item"]["responses"]:
                side = row["chosen" if response["id"] == chosen[line["item"]["id"]] else "rejected"]
                answer = response.get("messages", [{"role": "assistant", "content": response.get("content")}])
                whole = "".join(turns[m["role"]] + (" " + m["content"] if m["content"] else "") for m in line["item"]["messages"] + answer)
                self.assertEqual(" ".join(whole.split()), " ".join(side.split()), f"row {number}")
        for number in (87, 517, 926, 1104):  # an empty last turn in chosen
            self.assertIn("", [r["content"] for r in lines[number - 1]["item"]["responses"]])
        self.assertTrue(any("messages" in r for r in lines[1254]["item"]["responses"]), "row 1255 differs before the last turn")
        packed = self.shared("hh-rlhf/harmless-base-test-rows0001-0100.jsonl.gz")
        self.assertIn("100 already there", self.ok("import", self.store, packed).err)
        self.ok("check", self.store)

    # --- What is refused ---------------------------------------------------------------------------------------

    def refused(self, name, content, line, parts):
        result = self.run_assay("import", self.store, self.write(name, content))
        self.assertEqual(result.status, 3, f"{content!r}: {result.err}")
        self.assertEqual(result.out, "")
        self.assertEqual(result.err.count("\n"), 1, result.err)
        self.assertLess(len(result.err), 1100)
        where = f"{name}:{line}" if line else name
        self.assertTrue(result.err.startswith("assay: "), result.err)
        self.assertIn(where, result.err)
        for part in parts:
            self.assertIn(part, result.err)

    def test_bad_lines(self):
        self.assertGreaterEqual(len(BAD_LINES) + len(BAD_YAML), 60)
        self.ok("import", self.store, self.write_lines("first.jsonl", [item(n) for n in range(100, 105)]))
        before, items, log = dump(self.store), self.ok("items", self.store, "--json").out, self.ok("log", self.store).out
        for content, line, parts in BAD_LINES:
            with self.subTest(content[:70]):
                self.refused("bad.jsonl", content, f"{line}:", parts)
        for content, line, parts in BAD_YAML:
            with self.subTest(content[:70]):
                self.refused("bad.yaml", content, line, parts)
        self.assertEqual(dump(self.store), before)
        self.assertEqual(self.ok("items", self.store, "--json").out, items)
        self.assertEqual(self.ok("log", self.store).out, log)

    def test_files_that_cannot_be_read(self):
        before = dump(self.store)
        for path in [self.folder / "none.jsonl", self.folder]:
            result = self.run_assay("import", self.store, path)
            self.assertEqual(result.status, 4, result.err)
            self.assertEqual(result.err.count("\n"), 1)
        self.assertEqual(dump(self.store), before)


if __name__ == "__main__":
    unittest.main()
