"""One store on a host that people share: what stands beside it belongs to whom it belongs, two users of a group work on it, and a copy taken
while others work can take its place."""
import grp
import os
import shutil
import sqlite3
import stat
import subprocess
import threading
import unittest

from assay import ASSAY, Case, item
from player import Player


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


class SharedHost(Case):
    def setUp(self):
        super().setUp()
        self.ok("init", self.store)
        self.ok("import", self.store, self.write_lines("items.jsonl", [item(n) for n in range(600)] +
                                                       [item(5000 + n, gold={"prefer": "r1"}) for n in range(60)]))
        self.ok("people", self.store, "add", "ana", "--role", "annotator", as_name="lea")
        self.ok("people", self.store, "add", "dov", "--role", "annotator", as_name="lea")

    def test_side_files_and_copies_have_the_stores_mode(self):
        for wanted in (0o660, 0o600, 0o640):
            os.chmod(self.store, wanted)
            old = os.umask(0o077)
            try:
                player = Player(self, "ana")
                player.deal()
                copy = self.folder / f"copy-{wanted:o}.assay"
                self.ok("backup", self.store, copy, as_name="lea")
            finally:
                os.umask(old)
            for path in [self.store + "-wal", self.store + "-shm", copy]:
                self.assertEqual(oct(mode(path)), oct(wanted), path)
            player.leave()

    @unittest.skipUnless(os.geteuid() == 0 and shutil.which("setpriv"), "two real users need root and setpriv")
    def test_two_users_of_a_group(self):
        """In a folder with the setgid bit and in one without."""
        group, users = 54321, (54322, 54323)

        def run(user, *words, expect=0):
            done = subprocess.run(["setpriv", f"--reuid={user}", f"--regid={user}", f"--groups={user},{group}", ASSAY, *map(str, words)],
                                  capture_output=True, text=True, cwd="/", env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": "/"})
            self.assertEqual(done.returncode, expect, done.stderr)
            return done

        binary = self.folder / "assay"  # where these users can run it
        shutil.copy(ASSAY, binary)
        os.chmod(binary, 0o755)
        os.chmod(self.folder, 0o755)
        globals()["ASSAY"] = str(binary)
        self.addCleanup(globals().__setitem__, "ASSAY", ASSAY)
        for setgid in (True, False):
            folder = self.folder / f"shared-{setgid}"
            folder.mkdir()
            store = folder / "work.assay"
            shutil.copy(self.store, store)
            os.chown(store, users[0], group)
            os.chmod(store, 0o660)
            os.chown(folder, users[0], group)
            os.chmod(folder, 0o2770 if setgid else 0o770)
            reader = sqlite3.connect(f"file:{store}?mode=ro", uri=True)  # holds the side files in being
            for turn in range(3):
                for user, other in (users, users[::-1]):
                    run(user, "rulings", store, "add", f"ruling {turn} of {user}", "--as", "lea")
                    reader.execute("select count(*) from ruling").fetchone()
                    for end in ("-wal", "-shm"):
                        about = os.stat(f"{store}{end}")
                        self.assertEqual((about.st_gid, oct(stat.S_IMODE(about.st_mode))), (group, oct(0o660)), f"{end} {setgid}")
                    run(other, "check", store, "--as", "lea")
            reader.close()
            self.assertEqual(run(users[0], "rulings", store, "--as", "lea").stdout.count("ruling "), 6)
            copy = folder / "copy.assay"
            run(users[1], "backup", store, copy, "--as", "lea")
            about = os.stat(copy)
            self.assertEqual((about.st_uid, about.st_gid, oct(stat.S_IMODE(about.st_mode))), (users[1], group, oct(0o660)))
            run(users[0], "rulings", copy, "add", "on the copy", "--as", "lea")

    def test_a_copy_taken_while_others_work_takes_the_stores_place(self):
        copies, failed = [], []

        def work(name):
            try:
                player = Player(self, name)
                for _ in range(2):
                    player.deal()
                    player.judge_all(lambda line: "a 2 80 because")
                player.deal()
                for position in range(1, 11):
                    player.play(f"judge {position} b 1 60 later")
                player.leave()
            except Exception as error:  # said in the test's own thread
                failed.append(error)

        threads = [threading.Thread(target=work, args=(name,)) for name in ("ana", "dov")]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            copies.append(self.folder / f"copy{len(copies)}.assay")
            self.ok("backup", self.store, copies[-1], as_name="lea")
        for thread in threads:
            thread.join()
        self.assertEqual(failed, [])
        self.assertGreater(len(copies), 2)
        counts = []
        for copy in copies:
            self.ok("check", copy, as_name="lea")
            counts.append(len(self.ok("judgments", copy, as_name="lea").lines))
        self.assertEqual(counts, sorted(counts))
        last = self.folder / "last.assay"
        self.ok("backup", self.store, last, as_name="lea")
        judgments = self.ok("judgments", self.store, as_name="lea").out
        self.assertEqual(judgments.count("\n"), 2 * 110)
        for end in ("", "-wal", "-shm"):  # the disk is gone; the copy takes its place
            if os.path.exists(self.store + end):
                os.unlink(self.store + end)
        os.rename(last, self.store)
        self.ok("check", self.store, as_name="lea")
        self.assertEqual(self.ok("judgments", self.store, as_name="lea").out, judgments)
        player = Player(self, "ana")  # and work goes on in the open batch
        self.assertEqual([line["state"] for line in player.lines()].count("judged"), 10)
        player.judge_all(lambda line: "a 2 80 after the restore")
        player.deal()
        player.leave()
        self.assertGreater(self.ok("judgments", self.store, as_name="lea").out.count("\n"), 2 * 110)
        self.ok("export", self.store, "-o", self.folder / "out.jsonl", as_name="lea")
        self.ok("check", self.store, as_name="lea")


if __name__ == "__main__":
    unittest.main()
