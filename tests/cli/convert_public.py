"""Turns public agreement data into item and judgment lines.

    convert_public.py ukpconvarg1 FILE.jsonl… ITEMS JUDGMENTS
    convert_public.py recipes FILE.json ITEMS JUDGMENTS

ukpconvarg1: pairs of arguments (some of them equal, so that each gets its number before it), each judged by named people. recipes: texts rated 1 to 6 on six scales by people without names; two texts make
an item, the n-th score of a text is taken for that of person n, and who rated both prefers the one with the higher overall score.
"""
import json
import sys
from itertools import zip_longest
from pathlib import Path

SCALES = ["grammar", "fluency", "verbosity", "structure", "success", "overall"]
RECIPES_RUBRIC = "rubric: recipes\ntitle: How good is the recipe?\ncriteria:\n" + "".join(
    f"  - {{id: {scale}, ask: How good is its {scale}?, per: response, scale: [1, 6]}}\n" for scale in SCALES)


def moment(text):
    """2016-02-14 19:22:33.0 UTC → 2016-02-14T19:22:33.000Z"""
    day, clock, _ = text.split(" ")
    return f"{day}T{clock.split('.')[0]}.000Z"


def ukpconvarg1(paths):
    items, judgments = [], []
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            pair = json.loads(line)
            name = f"{Path(path).stem}/{pair['id']}"
            items.append({"id": name, "category": Path(path).stem[:60], "prompt": f"{pair['prompt']}: {pair['stance']}",
                          "responses": [{"id": side, "content": f"Argument {number}: {pair['response_' + side]}"} for number, side in ((1, "a"), (2, "b"))]})
            judgments += [{"item": name, "annotator": one["annotator"], "prefer": one["choice"], "rationale": one["reason"],
                           "at": moment(one["submitted"])} for one in pair["judgments"]]
    return items, judgments


def recipes(path):
    texts = json.loads(Path(path).read_text(encoding="utf-8"))["instances"]
    scores = [[one["annotations"][scale]["individual_human_scores"] for scale in SCALES] for one in texts]
    items, judgments = [], []
    for i in range(0, len(texts), 2):
        items.append({"id": f"recipes-{i}", "prompt": "Which recipe is better written?",
                      "responses": [{"id": "r1", "content": texts[i]["instance"]}, {"id": "r2", "content": texts[i + 1]["instance"]}]})
        for person, both in enumerate(zip_longest(zip(*scores[i]), zip(*scores[i + 1]))):
            overall = [one[-1] if one else 0 for one in both]
            judgments.append({"item": f"recipes-{i}", "annotator": f"rater{person:02}",
                              "prefer": "tie" if overall[0] == overall[1] else "r1" if overall[0] > overall[1] else "r2",
                              "ratings": {scale: {f"r{r + 1}": one[k] for r, one in enumerate(both) if one}
                                          for k, scale in enumerate(SCALES)}})
    return items, judgments


def write(path, lines):
    Path(path).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    source, *files, to_items, to_judgments = sys.argv[1:]
    made = recipes(*files) if source == "recipes" else ukpconvarg1(files)
    write(to_items, made[0])
    write(to_judgments, made[1])
