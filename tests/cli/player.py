"""Somebody who judges without a screen: work_driver (driver.c) held open, one verb and one answer at a time. WORK_DRIVER names it."""
import json
import os
import subprocess
from pathlib import Path

from assay import ASSAY


def find_driver():
    folder = Path(ASSAY).resolve().parent
    places = [os.environ.get("WORK_DRIVER"), folder / "work_driver", folder / "tests" / "work_driver"]
    for place in places:
        if place and Path(place).exists():
            return str(place)
    raise FileNotFoundError("work_driver is not built; WORK_DRIVER names it")


class Player:
    """One annotator at work on one track of a store. `items` (the lead's `items --json`) gives names and keys to references."""

    def __init__(self, case, name, track="preference", store=None, clock=None):
        self.case = case
        store = store or case.store
        self.process = subprocess.Popen([find_driver(), str(store), name, track], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env={"PATH": os.environ["PATH"], "TZ": "UTC", "LANG": "C.UTF-8"})
        case.addCleanup(self.leave)
        if clock:
            self.play("clock " + clock)

    def leave(self):
        if self.process:
            self.process.stdin.close()
            self.process.wait(60)
            self.process.stdout.close()
            status, self.process = self.process.returncode, None
            self.case.assertEqual(status, 0, "work_driver ended badly")

    def ask(self, verb):
        """The answer, whatever it is."""
        self.process.stdin.write(verb.encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        self.case.assertTrue(line, f"work_driver died at: {verb}")
        return json.loads(line)

    def play(self, verb):
        answer = self.ask(verb)
        self.case.assertEqual(answer["status"], 0, f"{verb}: {answer}")
        return answer

    def deal(self):
        return self.play("deal")

    def lines(self):
        return self.play("lines")["lines"]

    def judge_all(self, choose, hand_in=True):
        """Judges what is still to be done. choose(line) gives the words behind `judge POSITION`; lines say position and ref."""
        for line in self.lines():
            if line["state"] == "dealt":
                self.play(f"judge {line['position']} {choose(line)}")
        return self.play("hand-in") if hand_in else None

    def pane(self, columns=30, rows=60):
        return self.play(f"pane {columns} {rows}")["rows"]

    def figures(self):
        return self.play("figures")["figures"]


def items_by_ref(case, store=None, as_name=None):
    """What the lead sees of every item, by reference."""
    return {line["ref"]: line for line in case.ok("items", store or case.store, "--json", as_name=as_name).lines}


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def letter_of(line, response):
    """The stored letter of a response, by its id, for `judge`."""
    return LETTERS[[r["id"] for r in line["item"]["responses"]].index(response)]
