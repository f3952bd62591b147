"""The file: damage is found, a copy is whole while others write, two at a time, and a killed import leaves the old state or the new."""
import json
import os
import random
import signal
import sqlite3
import subprocess
import time
import unittest

from assay import ASSAY, Case, item
from player import Player

ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "USER": "lea", **{k: v for k, v in os.environ.items() if k.startswith(("ASAN", "UBSAN", "LSAN"))}}


class Store(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store)

    def fill(self, count=120, gold=30):
        self.ok("import", self.store, self.write_lines("items.jsonl", [item(n, category="law", meta={"n": n}) for n in range(count)] +
                                                       [item(5000 + n, category="law", gold={"prefer": "r1"}) for n in range(gold)]))

    def work(self):
        """Work of every sort, so that every table has rows."""
        self.fill()
        self.ok("people", self.store, "add", "ana", "--role", "annotator", as_name="lea")
        player = Player(self, "ana", clock="2026-11-02T08:00:00Z")
        for number in range(2):
            player.deal()
            player.play("ask 1 what is meant")
            player.play("aside 2 broken")
            player.play("aside 3 language")
            player.play("judge 4 tie")
            player.play("judge 4 a 2 80 because")
            player.judge_all(lambda line: "a 2 80 because", hand_in=number == 0)
        player.play("acknowledge")
        player.leave()
        self.ok("gold", self.store, "amend", "q-5001", "--prefer", "r2", "--why", "wrong", as_name="lea")
        self.ok("hold", self.store, "add", "--annotator", "ana", "--why", "a look", as_name="lea")
        self.ok("hold", self.store, "release", "1", "--why", "fine", as_name="lea")
        self.ok("questions", self.store, "answer", "1", "this", "--ruling", as_name="lea")
        self.ok("check", self.store, as_name="lea")

    # --- Check -------------------------------------------------------------------------------------------------------

    def damaged(self, *statements, keep_triggers=True):
        """A copy in which somebody ran these statements with sqlite3; triggers are put back, so that only the rows tell."""
        path = str(self.folder / "damaged.assay")
        for end in ["", "-wal", "-shm"]:
            if os.path.exists(path + end):
                os.unlink(path + end)
        self.ok("backup", self.store, path, as_name="lea")
        with sqlite3.connect(path) as store:
            triggers = store.execute("select name, sql from sqlite_schema where type = 'trigger'").fetchall()
            for name, _ in triggers:
                store.execute(f"drop trigger {name}")
            changed = 0
            for statement in statements:
                before = store.total_changes
                store.execute(statement)
                changed += store.total_changes - before
            for _, sql in triggers if keep_triggers else []:
                store.execute(sql)
        store.close()
        return path, changed

    DAMAGE = [
        "delete from judgment where id = (select max(id) from judgment)", "delete from judgment where id = 1", "update judgment set prefer = 1 where prefer = 0 and id = (select min(id) from judgment where prefer = 0)",
        "update judgment set strength = 3 where id = 5", "update judgment set at = at + 1 where id = 5", "update judgment set rationale = 'other' where id = 5", "update judgment set confidence = 1 where id = 7",
        "delete from event where n = (select max(n) from event where verb = 'judge')", "delete from event where n = 5", "update event set detail = 'other' where n = (select max(n) from event where detail <> '')", "update event set at = at + 1 where n = 6",
        "update event set person = 2 where n = 7 and person is not 2", "delete from retraction", "update gold_answer set prefer = 1 where gold = 1", "delete from gold where id = (select max(id) from gold)", "delete from gold_answer where gold = 3",
        "update settings set yaml = yaml || ' '", "update rubric set yaml = yaml || ' '", "delete from hold", "delete from hold_decision", "update hold set why = 'other'",
        "delete from queue where item = (select min(item) from queue)", "update queue set need = need + 5 where item = (select min(item) from queue)",
        "update serving set state = 0 where id = (select min(id) from serving where state = 1)", "delete from response where id = (select min(id) from response)", "delete from item where id = 3",
        "delete from prompt where id = 2", "update item set prompt = 99999 where id = 3", "update item set content = 99999 where id = 3", "delete from person where name = 'ana'", "update serving set shown = 'aa' where id = 4",
        "update item set lengths = '1' where id = 3", "insert into queue (track, lane, rank, item, round, need) select 1, 0, 1, id, 0, 1 from item where name = 'q-5000'",
        "create table extra (x)", "drop index gold_item", "create trigger sneaky after insert on judgment begin delete from event; end",
    ]

    def test_damage_to_rows_is_found(self):
        self.work()
        for statement in self.DAMAGE:
            with self.subTest(statement):
                path, changed = self.damaged("pragma foreign_keys = off", statement)
                if not statement.startswith(("create", "drop")):
                    self.assertGreater(changed, 0, "this damages nothing")
                result = self.run_assay("check", path, as_name="lea")
                self.assertIn(result.status, (1, 4), result.out)
                if result.status == 1:
                    self.assertGreaterEqual(result.out.count("\n"), 2)
                    self.assertIsInstance(self.run_assay("check", path, "--json", as_name="lea", expect=1).json, list)

    def test_triggers_taken_away_are_missed(self):
        self.work()
        path, _ = self.damaged("select 1", keep_triggers=False)
        result = self.run_assay("check", path, as_name="lea")
        self.assertIn(result.status, (1, 4))
        self.assertIn("trigger", result.out + result.err)

    def test_what_is_appended_cannot_be_changed_by_accident(self):
        self.work()
        with sqlite3.connect(self.store) as store:
            for statement in ["delete from judgment", "update judgment set prefer = 0", "delete from event", "update event set verb = 'x'"]:
                with self.assertRaises(sqlite3.DatabaseError, msg=statement):
                    store.execute(statement)
        store.close()
        self.ok("check", self.store, as_name="lea")

    def test_flipped_bytes_never_pass_as_other_text(self):
        self.work()
        path = str(self.folder / "flipped.assay")
        self.ok("backup", self.store, path, as_name="lea")
        with open(path, "rb") as file:
            whole = file.read()
        # what the chain covers; names and texts of items it does not
        hashed = lambda: (self.run_assay("log", path, "--json", as_name="lea").out,
                          [[one[key] for key in ("uid", "strength", "confidence", "rationale", "seconds", "at", "kind")] for one in self.run_assay("judgments", path, as_name="lea").lines])
        want = hashed()
        dice = random.Random(11)
        found = 0
        for round in range(24):
            broken = bytearray(whole)
            for _ in range(1 + round % 3):
                broken[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
            with open(path, "wb") as file:
                file.write(broken)
            for end in ["-wal", "-shm"]:
                if os.path.exists(path + end):
                    os.unlink(path + end)
            result = self.run_assay("check", path, as_name="lea")
            self.assertIn(result.status, (0, 1, 2, 4), result.err)  # 2: the name of who acts was hit
            found += result.status != 0
            if result.status == 0:
                self.assertEqual(hashed(), want)
            for command in ["items", "report", "judgments"]:
                self.assertIn(self.run_assay(command, path, as_name="lea").status, (0, 1, 2, 3, 4))
        self.assertGreater(found, 3)

    def test_a_cut_file_is_refused(self):
        self.work()
        path = str(self.folder / "cut.assay")
        self.ok("backup", self.store, path, as_name="lea")
        size = os.path.getsize(path)
        for length in [50, 100, 4096, 8192, size // 2, size - 8192, size - 1]:
            os.truncate(path, length) if length < os.path.getsize(path) else None
            result = self.run_assay("check", path, as_name="lea")
            self.assertIn(result.status, (1, 4), f"{length}: {result.err}")
            for end in ["", "-wal", "-shm"]:
                if os.path.exists(path + end):
                    os.unlink(path + end)
            self.ok("backup", self.store, path, as_name="lea")

    def test_check_and_every_reader_change_nothing(self):
        self.work()
        path = str(self.folder / "copy.assay")
        self.ok("backup", self.store, path, as_name="lea")
        before = self.read(path)
        for words in [["check"], ["items"], ["gold"], ["log"], ["report"], ["judgments"], ["hours"], ["people"], ["campaign"], ["rubric"], ["hold"], ["questions"], ["rulings"]]:
            self.ok(words[0], path, as_name="lea")
        self.assertEqual(self.read(path), before)

    def read(self, path):
        with open(path, "rb") as file:
            return file.read()

    # --- Backup --------------------------------------------------------------------------------------------------------

    def start(self, *words, **more):
        return subprocess.Popen([ASSAY, *map(str, words)], env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)

    def end(self, process):
        _, err = process.communicate(timeout=60)
        return process.returncode, err.decode()

    def test_a_copy_while_others_write_is_one_moment(self):
        self.fill(0, 30)
        files = [self.write_lines(f"part{n}.jsonl", [item(100000 + n * 1000 + k) for k in range(400)]) for n in range(6)]
        writer = subprocess.Popen(["sh", "-c", 'store=$1; shift; for f in "$@"; do "$ASSAY" import "$store" "$f" || exit 1; done', "sh", self.store, *files],
                                  env={**ENVIRONMENT, "ASSAY": ASSAY}, stderr=subprocess.DEVNULL)
        copies = []
        while True:
            done = writer.poll() is not None
            copy = self.folder / f"copy{len(copies)}.assay"
            self.ok("backup", self.store, copy)
            copies.append(copy)
            if done:
                break
        self.assertEqual(writer.returncode, 0)
        counts = []
        for copy in copies:
            self.ok("check", copy)
            counts.append(len(self.ok("items", copy, "--json").lines))
            self.assertEqual((counts[-1] - 30) % 400, 0, "half an import is in the copy")
        self.assertEqual(counts, sorted(counts))
        self.assertEqual(counts[-1], 2430)

    def test_a_copy_opens_like_the_store_and_replaces_nothing(self):
        self.work()
        copy = self.folder / "copy.assay"
        self.ok("backup", self.store, copy, as_name="lea")
        for words in [["items", "--json"], ["judgments"], ["log", "--json"], ["gold", "--json"], ["people", "--json"]]:
            self.assertEqual(self.ok(words[0], copy, *words[1:], as_name="lea").out, self.ok(words[0], self.store, *words[1:], as_name="lea").out)
        self.assertEqual(os.stat(copy).st_mode & 0o777, 0o600)
        before = self.read(copy)
        self.run_assay("backup", self.store, copy, as_name="lea", expect=4)
        self.assertEqual(self.read(copy), before)
        self.run_assay("backup", self.store, self.store, as_name="lea", expect=4)
        self.run_assay("backup", self.store, self.folder / "no" / "copy.assay", as_name="lea", expect=4)
        self.ok("check", self.store, as_name="lea")

    def test_a_copy_to_standard_output(self):
        self.work()
        copy = self.folder / "copy.assay"
        with open(copy, "wb") as out:
            subprocess.run([ASSAY, "backup", self.store, "-", "--as", "lea"], stdout=out, check=True, timeout=60)
        self.assertEqual(self.ok("judgments", copy, as_name="lea").out, self.ok("judgments", self.store, as_name="lea").out)
        self.ok("check", copy, as_name="lea")
        with open("/dev/full", "wb") as full:
            done = subprocess.run([ASSAY, "backup", self.store, "-", "--as", "lea"], stdout=full, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual((done.returncode, done.stderr.count(b"\n")), (4, 1))
        self.assertEqual([name for name in os.listdir(self.folder) if "copy-" in name or name == "-"], [])

    # --- Several at once -------------------------------------------------------------------------------------------------

    def test_imports_at_once(self):
        same = [item(n) for n in range(300)]
        files = [self.write_lines(f"own{n}.jsonl", same + [item(10000 + n * 1000 + k) for k in range(300)]) for n in range(4)]
        running = [self.start("import", self.store, path) for path in files]
        done = [self.end(process) for process in running]
        self.assertEqual([status for status, _ in done], [0] * len(done), done)
        names = [line["item"]["id"] for line in self.ok("items", self.store, "--json").lines]
        self.assertEqual(len(names), 1500)
        self.assertEqual(len(set(names)), 1500)
        self.ok("check", self.store)
        self.assertEqual(sum(event["verb"] == "import" for event in self.ok("log", self.store, "--json").lines), 4)

    def test_readers_while_somebody_writes(self):
        self.fill()
        writer = self.start("import", self.store, self.write_lines("more.jsonl", [item(20000 + k) for k in range(5000)]))
        counts = set()
        while writer.poll() is None:
            counts.add(len(self.ok("items", self.store, "--json").lines))
        self.assertEqual(self.end(writer)[0], 0)
        self.assertLessEqual(counts, {150, 5150})

    def test_two_leads_cannot_replace_each_others_settings(self):
        path = self.write("c.yaml", "campaign: c\ntracks: {preference: {rubric: preference.yaml, batch: 7}}\n")
        running = [self.start("campaign", self.store, "--set", path) for _ in range(6)]
        done = [self.end(process) for process in running]
        self.assertIn(0, [status for status, _ in done])
        for status, err in done:
            if status:
                self.assertIn("meanwhile", err)
        self.ok("check", self.store)

    # --- Killed ------------------------------------------------------------------------------------------------------------

    def test_killed_imports_leave_the_old_state_or_the_new(self):
        old = 150
        self.fill()
        count = 12000
        path = self.write("big.jsonl", "".join(json.dumps(item(30000 + k, prompt=f"{k} " + "x" * 300)) + "\n" for k in range(count)))
        copy = self.folder / "timed.assay"
        self.ok("backup", self.store, copy)
        start = time.monotonic()
        self.ok("import", copy, path)
        whole = time.monotonic() - start
        dice = random.Random(5)
        seen = set()
        for round in range(10):
            store = self.folder / f"round{round}.assay"
            self.ok("backup", self.store, store)
            process = self.start("import", store, path)
            try:  # any moment will do: this waits for a process that is to be killed at it
                process.wait(timeout=dice.uniform(0.02, 1.1) * whole)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            self.end(process)
            self.ok("check", store)
            have = self.ok("items", store, "--json").out.count("\n")
            self.assertIn(have, (old, old + count))
            seen.add(have)
            if round % 4 == 0:
                self.ok("import", store, path)
                self.assertEqual(self.ok("items", store, "--json").out.count("\n"), old + count)
                self.ok("check", store)
            for end in ["", "-wal", "-shm"]:
                if os.path.exists(str(store) + end):
                    os.unlink(str(store) + end)
        self.assertIn(old, seen, "none was killed in time: this shows nothing")

    def test_a_killed_init_leaves_no_half_store(self):
        for round in range(10):
            store = self.folder / f"new{round}.assay"
            process = self.start("init", store)
            try:
                process.wait(timeout=0.0005 * (round + 1))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            self.end(process)
            if store.exists():
                self.assertIn(self.run_assay("check", store).status, (0,), "a store that is there is whole")

    def test_an_interrupted_import_stores_nothing(self):
        self.fill()
        reader, writer = os.pipe()
        process = self.start("import", self.store, "-", stdin=reader)
        os.write(writer, json.dumps(item(7777)).encode() + b"\n")
        process.send_signal(signal.SIGTERM)
        os.close(writer)
        os.close(reader)
        self.end(process)
        names = [line["item"]["id"] for line in self.ok("items", self.store, "--json").lines]
        self.assertIn(len(names), (150, 151))
        self.ok("check", self.store)

    def test_a_full_disk_in_an_import_stores_nothing(self):
        self.fill()
        path = self.write_lines("more.jsonl", [item(40000 + k, prompt="x" * 2000) for k in range(3000)])
        before = self.ok("items", self.store, "--json").out
        limit = os.path.getsize(self.store) // 512 + 512  # blocks of 512 bytes: little more than there is
        done = subprocess.run(["sh", "-c", 'ulimit -f "$1"; trap "" XFSZ; exec "$2" import "$3" "$4"', "sh", str(limit), ASSAY, self.store, path], env=ENVIRONMENT, capture_output=True, text=True)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertEqual(self.ok("items", self.store, "--json").out, before)
        self.ok("check", self.store)


if __name__ == "__main__":
    unittest.main()
