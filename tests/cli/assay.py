"""Runs the program as a user would, for the tests of this folder. ASSAY names the binary."""
import gzip
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ASSAY = os.environ.get("ASSAY", "build/release/assay")
SOURCE = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("ASSAY_SHARED_DATA", SOURCE.parent / "shared" / "data"))


class Result:
    def __init__(self, done):
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


class Case(unittest.TestCase):
    """A test with a folder of its own, and `run_assay`."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="assay-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.store = str(self.folder / "work.assay")

    def run_assay(self, *arguments, input=None, as_name=None, environment=None, expect=None):
        variables = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8", "USER": "tester", "TZ": "UTC"}
        variables.update({k: v for k, v in os.environ.items() if k.startswith(("ASAN", "UBSAN", "LSAN"))})
        variables.update(environment or {})
        command = [ASSAY, *map(str, arguments)] + (["--as", as_name] if as_name else [])
        if isinstance(input, str):
            input = input.encode()
        done = subprocess.run(command, input=input if input is not None else b"", capture_output=True, env=variables, timeout=120)
        done.stdout = done.stdout.decode("utf-8")  # strict: what is printed is valid UTF-8
        done.stderr = done.stderr.decode("utf-8")
        result = Result(done)
        if expect is not None:
            self.assertEqual(result.status, expect, f"{command}\n{result.out}\n{result.err}")
        return result

    def ok(self, *arguments, **options):
        return self.run_assay(*arguments, expect=0, **options)

    def write(self, name, text):
        path = self.folder / name
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, encoding="utf-8")
        return str(path)

    def write_lines(self, name, objects):
        return self.write(name, "".join(json.dumps(o) + "\n" for o in objects))

    def gzip(self, path):
        with open(path, "rb") as plain, gzip.open(path + ".gz", "wb") as packed:
            packed.write(plain.read())
        return path + ".gz"

    def shared(self, name):
        """A file of the public data, or the test says that it skips."""
        path = DATA / name
        if not path.exists():
            self.skipTest(f"{name} is not here")
        return str(path)


def item(number, **more):
    """A native item line."""
    line = {"id": f"q-{number}", "prompt": f"Question {number}?",
            "responses": [{"id": "r1", "content": f"First answer to {number}."}, {"id": "r2", "content": f"Second answer to {number}, longer."}]}
    line.update(more)
    return line


if __name__ == "__main__":
    unittest.main()
