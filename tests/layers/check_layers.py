#!/usr/bin/env python3
"""Holds the code to the rules of its floors: what a folder may include, who may name a third-party header, and who alone may
exit, start curses or prepare SQL. usage: check_layers.py SOURCE_DIRECTORY"""
import re
import sys
from pathlib import Path

ROOT = Path(sys.argv[1])

# Folder -> the folders that it may include from (besides itself). Longest prefix wins.
MAY = {
    "core/base": [],
    "core/text": ["core/base"],
    "core/hash": ["core/base"],
    "core/model": ["core/base"],
    "core/quality": ["core/base"],
    "core/work": ["core/base", "core/text", "core/hash", "core/model", "core/quality"],
    "core/report": ["core/base", "core/text", "core/hash", "core/model", "core/quality", "core/work"],
    "rubrics": ["core"],
    "store": ["core"],
    "ui": ["core"],
    "ui/annotate": ["core", "store", "rubrics", "ui"],
    "ui/lead": ["core", "store", "rubrics", "ui"],
    "ui/calibrate": ["core", "store", "rubrics", "ui"],
    "app": ["core", "store", "rubrics", "ui", "app"],
}

# Third-party header -> the only folder whose .c files may include it.
OWNERS = {
    r"n?cursesw?(/.*)?\.h|curses\.h|term\.h": "ui", r"md4c\.h": "ui", r"sqlite3\.h": "store", r"yaml\.h": "rubrics",
    r"(cjson/)?cJSON\.h": "app/exchange", r"zlib\.h": "app/exchange", r"utf8proc\.h": "core/text", r"sodium(/.*)?\.h|sodium\.h": "core/hash",
}

# A word that only these files may use, and why.
ONLY = [
    (r"\bexit\s*\(", ["app/main.c"], "only main leaves the program"),
    (r"\b_exit\s*\(", ["app/main.c", "ui/terminal", "ui/signals", "ui/child", "ui/run"], "only a forked child leaves so"),
    (r"\b(initscr|newterm|endwin)\s*\(", ["ui/terminal"], "only ui/terminal starts and ends curses"),
    (r"\bsqlite3_prepare\w*\s*\(", ["store/statement.c"], "only store/statement prepares SQL"),
    (r"\bsetlocale\s*\(", ["app/main.c"], "only main sets the locale"),
    (r"\b(time|clock_gettime|gettimeofday)\s*\(", ["app/world.c", "ui/", "store/transaction.c"], "the clock comes in as struct world"),
]

def folder_rule(path):
    parts = path.split("/")
    for n in range(len(parts) - 1, 0, -1):
        folder = "/".join(parts[:n])
        if folder in MAY:
            return folder
    return None

def strip_comments(text):
    text = re.sub(r'"(\\.|[^"\\\n])*"', lambda m: m.group(0) if m.group(0).endswith('.h"') else '""', text)
    return re.sub(r"//[^\n]*|/\*.*?\*/", lambda m: "\n" * m.group(0).count("\n"), text, flags=re.S)

problems = []
files = [p for d in ("core", "rubrics", "store", "ui", "app") for p in sorted((ROOT / d).rglob("*.[ch]"))]
for path in files:
    name = path.relative_to(ROOT).as_posix()
    mine = folder_rule(name)
    if mine is None:
        problems.append(f"{name}: stands in no known folder")
        continue
    text = strip_comments(path.read_text(encoding="utf-8"))
    for line_number, line in enumerate(text.split("\n"), 1):
        quoted = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if quoted:
            target = quoted.group(1)
            there = folder_rule(target)
            allowed = MAY[mine] + [mine]
            if there is None or not any(there == a or there.startswith(a + "/") for a in allowed):
                problems.append(f"{name}:{line_number}: {mine} may not include {target}")
        bracket = re.match(r"\s*#\s*include\s+<([^>]+)>", line)
        if bracket:
            for pattern, owner in OWNERS.items():
                if re.fullmatch(pattern, bracket.group(1)):
                    if path.suffix == ".h" or not (name.rsplit("/", 1)[0] == owner):
                        problems.append(f"{name}:{line_number}: <{bracket.group(1)}> belongs in .c files of {owner}/ alone")
        for pattern, owners, why in ONLY:
            if re.search(pattern, line) and not any(name.startswith(o) for o in owners):
                problems.append(f"{name}:{line_number}: {why}")

names = {}
for path in files:
    stem = path.name
    names.setdefault(stem, []).append(path.relative_to(ROOT).as_posix())

for problem in problems:
    print(problem)
print(f"{len(files)} files, {len(problems)} problems")
sys.exit(1 if problems or not files else 0)
