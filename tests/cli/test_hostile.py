"""Text that wants to do something to the terminal: no command prints a control character raw, whatever stands in the store, a file or a name."""
import json
import os
import re
import sqlite3
import subprocess
import unittest

from assay import ASSAY, Case, item
from player import Player
from test_access import LEAD, OWN, ROWS

# C0 without tab and newline, DEL, C1, and what turns the direction of text or hides it.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
EVIL = "\x1b[2J\x1b]0;title\x07\x9b31m\x85\u202eevil\u202c\u2066x\u2069\u200f\x08\x7f\r\u2028"
INVALID = [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe2\x82", b"\x9b31m"]


class Hostile(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store)
        lines = []
        for n in range(140):
            line = item(n, category="c", language="l", prompt=f"{n} {EVIL}", meta={EVIL: EVIL},
                        responses=[{"id": "r1", "content": f"one {n} {EVIL}", "model": "m"}, {"id": "r2", "content": f"two {n} {EVIL}"}])
            line["id"] = f"q-{n}"
            if n >= 100:
                line["gold"] = {"prefer": "r1", "explanation": "because " + EVIL}
            lines.append(line)
        self.lines = lines
        path = self.folder / f"file{EVIL}.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        self.path = str(path)
        self.clean(self.ok("import", self.store, self.path))
        self.name = "ana"
        self.ok("people", self.store, "add", self.name, "--role", "annotator", as_name="lea")
        player = Player(self, self.name)
        for number in range(2):
            player.deal()
            player.play("ask 1 what " + EVIL)
            player.judge_all(lambda line: "a 2 80 because " + EVIL, hand_in=number == 0)
        player.leave()
        self.ok("rulings", self.store, "add", "ruling " + EVIL, as_name="lea")
        self.ok("hold", self.store, "add", "--annotator", self.name, "--why", "why " + EVIL, as_name="lea")
        self.ok("questions", self.store, "answer", "1", "answer " + EVIL, as_name="lea")

    def clean(self, result):
        for text in [result.out, result.err]:
            found = CONTROL.search(text)
            if found:
                self.fail(f"printed {found.group()!r}: {text[max(0, found.start() - 60):found.end() + 20]!r}")
        return result

    def poison(self):
        """Names that no command would have let in: a store can come from anywhere."""
        with sqlite3.connect(self.store) as store:
            for name, in store.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
                store.execute(f"drop trigger {name}")
            for table in ["item", "category", "language", "model", "response"]:
                store.execute(f"update {table} set name = name || ?", [EVIL])
            store.execute("update source set name = name || ?", [EVIL])
            store.execute("update person set name = name || ? where name not in ('lea', 'ana')", [EVIL])
            store.execute("update person set name = ? where name = 'ana'", [self.name + EVIL])
            for name, column in store.execute("select m.name, p.name from sqlite_schema m join pragma_table_info(m.name) p where m.type = 'table' and p.name in ('why', 'detail', 'reason')").fetchall():
                if name != "serving":
                    store.execute(f"update {name} set {column} = {column} || ? where {column} is not null and typeof({column}) = 'text'", [EVIL])
        store.close()
        self.name += EVIL

    def test_every_command(self):
        words = {"STORE": self.store, "REF": self.ok("items", self.store, "--json", as_name="lea").lines[120]["ref"], "NAME": self.lines[120]["id"], "OTHER": self.lines[1]["id"],
                 "FILE": self.path, "OUT": str(self.folder / ("out" + EVIL)), "RUBRIC": self.write("r.yaml", "rubric: preference\nversion: 9\ntitle: \"\\e[2J\\u202e\"\nguideline: \"\\e[31m\"\n"),
                 "SETTINGS": self.write("s.yaml", "campaign: \"x\\e[2J\\u202e\"\ntracks: {preference: {rubric: r.yaml}}\n"), "ana": self.name, "ben": "ben" + EVIL, "lea2": "lea\u202e"}
        self.poison()
        printed = 0
        for access, _, text in ROWS:
            if access not in (LEAD, OWN):
                continue
            for as_name in [self.name, "lea"] if access == OWN else ["lea", "nobody" + EVIL]:
                for more in [[], ["--json"]]:
                    with self.subTest(text, by=as_name, json=bool(more)):
                        result = self.clean(self.run_assay(*[words.get(word, word) for word in text.split()], *more, as_name=as_name))
                        self.assertIn(result.status, (0, 1, 2, 3, 4))
                        printed += len(result.out)
        self.assertGreater(printed, 100000)

    def test_json_holds_the_text_itself(self):
        line = self.ok("items", self.store, "show", self.lines[3]["id"], "--json", as_name="lea").json["item"]
        self.assertEqual(line["messages"][0]["content"], self.lines[3]["prompt"])
        self.assertEqual(line["responses"][0]["id"], self.lines[3]["responses"][0]["id"])
        judged = self.ok("judgments", self.store, as_name="lea").lines
        self.assertEqual({one["rationale"] for one in judged}, {"because " + EVIL})
        self.assertEqual({one["annotator"] for one in judged}, {self.name})
        self.assertIn("why " + EVIL, [one["why"] for one in self.ok("hold", self.store, "--json", as_name="lea").json])
        self.assertEqual(self.ok("questions", self.store, "--json", as_name="lea").json[0]["answer"], "answer " + EVIL)

    def test_training_data_hold_the_text_itself(self):
        rows = self.ok("export", self.store, "-o", "-", "--open", "--held", "keep", as_name="lea").lines
        self.assertGreater(len(rows), 5)
        prompts = {line["prompt"] for line in self.lines}
        self.assertLessEqual({row["prompt"][0]["content"] for row in rows}, prompts)
        self.clean(self.ok("export", self.store, "-o", "-", "--explain", "--open", as_name="lea"))

    def test_errors_say_what_was_typed_and_no_more(self):
        for words in [["frob" + EVIL], ["items" + EVIL], ["items", "none" + EVIL], ["items", self.store, "show", "zz" + EVIL], ["items", self.store, "--opt" + EVIL], ["help", "x" + EVIL],
                      ["items", self.store, "x" + EVIL], ["export", self.store, "-o", "x", "--ties", EVIL], ["hours", self.store, "--annotator", "x" + EVIL], ["init", "no/such" + EVIL],
                      ["import", self.store, "none" + EVIL], ["import", self.store, self.path, "--track", "t" + EVIL], ["import", self.store, self.path, "--format", "f" + EVIL],
                      ["gold", self.store, "promote", self.lines[1]["id"], "--prefer", "x" + EVIL, "--why", "y"], ["rubric", "check", "none" + EVIL], ["judgments", self.store, "--since", EVIL],
                      ["people", self.store, "rename", "x" + EVIL, "y"], ["campaign", self.store, "--set", "none" + EVIL], ["backup", self.store, "no/" + EVIL]]:
            with self.subTest(repr(words)):
                result = self.clean(self.run_assay(*words, as_name="lea"))
                self.assertIn(result.status, (2, 3, 4))
                self.assertEqual(result.err.count("\n"), 1, result.err)

    def test_bad_files_with_hostile_text(self):
        for text in [json.dumps(item(1, **{"catgory" + EVIL: 1}), ensure_ascii=False), json.dumps(item(1, track="t" + EVIL)), json.dumps(item(1, gold={"prefer": EVIL})),
                     json.dumps(item(1, gold={"prefer": "r1", "use": EVIL})), EVIL, '{"' + EVIL + '": 1}', json.dumps({**self.lines[1], "prompt": "changed"}),
                     json.dumps({EVIL: 1, "x": 2})[:-1] + ', ' + json.dumps(EVIL) + ": 3}"]:
            with self.subTest(repr(text[:60])):
                result = self.clean(self.run_assay("import", self.store, self.write("bad.jsonl", text), as_name="lea"))
                self.assertIn(result.status, (0, 3), result.err)
        for text in ["\"\\e[2J\\u202e\": 1\n", "campaign: c\n\"\\e[31m\": 2\n", "campaign: c\ntracks: {\"\\e[2J\": {rubric: \"\\x9b.yaml\"}}\n", "rubric: r\ncriteria:\n  - {id: \"\\u202e\", ask: x, per: \"\\e\"}\n"]:
            with self.subTest(repr(text)):
                path = self.write("bad.yaml", text)
                for words in [["campaign", self.store, "--set", path], ["rubric", "check", path], ["import", self.store, path], ["export", self.store, "-o", "-", "--policy", path]]:
                    self.assertEqual(self.clean(self.run_assay(*words, as_name="lea")).status, 3)

    def test_rejects_are_safe_to_look_at(self):
        path = self.write("bad.jsonl", json.dumps(item(1, track="t" + EVIL), ensure_ascii=False) + "\n" + '{"x": "\\u001b' + EVIL + "\n")
        self.clean(self.run_assay("import", self.store, path, "--rejects", self.folder / "r.jsonl", as_name="lea", expect=1))
        self.assertIsNone(CONTROL.search((self.folder / "r.jsonl").read_text(encoding="utf-8")))

    def raw(self, *words, **more):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "USER": "lea"}
        environment.update({k: v for k, v in os.environ.items() if k.startswith(("ASAN", "UBSAN", "LSAN"))})
        done = subprocess.run([ASSAY.encode(), *words], capture_output=True, timeout=60, env={**environment, **more})
        for text in [done.stdout, done.stderr]:
            self.assertIsNone(CONTROL.search(text.decode("utf-8")))  # and what is printed is UTF-8
        return done

    def test_invalid_utf_8_on_the_command_line(self):
        store = self.store.encode()
        log = self.ok("log", self.store, as_name="lea").out
        for bad in INVALID:
            with self.subTest(bad):
                for words in [[b"items", store, b"--as", b"lea" + bad], [b"people", store, b"add", b"x" + bad, b"--role", b"lead"], [b"people", store, b"rename", self.name.encode(), b"y" + bad],
                              [b"items", store, b"show", bad], [b"rulings", store, b"add", b"text " + bad], [b"questions", store, b"answer", b"1", b"text " + bad], [bad], [b"help", bad], [b"items", store, bad],
                              [b"items", store, b"--" + bad], [b"hold", store, b"add", b"--annotator", self.name.encode(), b"--why", b"why " + bad],
                              [b"gold", store, b"promote", self.lines[2]["id"].encode(), b"--prefer", b"r2", b"--why", bad],
                              [b"gold", store, b"promote", self.lines[2]["id"].encode(), b"--prefer", b"r2", b"--why", b"x", b"--explanation", bad]]:
                    done = self.raw(*words)
                    self.assertEqual(done.returncode, 2, (words, done.stderr))
                    self.assertEqual(done.stderr.count(b"\n"), 1)
                self.assertEqual(self.raw(b"items", b"none" + bad).returncode, 4)
                self.assertEqual(self.raw(b"items", store, ASSAY_ANNOTATOR=b"lea" + bad).returncode, 2)
        self.assertEqual(self.ok("log", self.store, as_name="lea").out, log)

    def test_names_in_files_hold_no_control_characters(self):
        for bad in ["\x1b[2J", "\x07", "\x7f", "\x9b31m", "\x85", "a\nb"]:
            for more in [{"id": "q" + bad}, {"category": "c" + bad}, {"language": "l" + bad}, {"responses": [{"id": "r" + bad, "content": "x"}, {"id": "s", "content": "y"}]},
                         {"responses": [{"id": "r", "content": "x", "model": "m" + bad}, {"id": "s", "content": "y"}]}]:
                with self.subTest(repr(more)):
                    result = self.clean(self.run_assay("import", self.store, self.write_lines("n.jsonl", [item(1, **more)]), as_name="lea", expect=3))
                    self.assertEqual(result.err.count("\n"), 1)

    def test_names_that_cannot_be_typed(self):
        solo = str(self.folder / "solo.assay")
        self.ok("init", solo)
        self.clean(self.ok("people", solo, as_name="who" + EVIL.replace("\x00", "")))
        self.clean(self.ok("campaign", solo, as_name="who" + EVIL))


if __name__ == "__main__":
    unittest.main()
