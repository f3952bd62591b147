"""Study A, a simulated study of twelve annotators with planted faults, through the command line: what a report must say of it."""
import json
import statistics
import unittest
from pathlib import Path

from assay import Case

CAMPAIGN = """campaign: study
seed: 7
tracks:
  study:
    rubric: study.yaml
    overlap: {each: 9}
    drift: {in_control: 0.85, out_of_control: 0.65, false_alarm_every: 558}
quality:
  - {track: study, category: all, min_gold_accuracy: 0.70, basis: lower, min_n: 100, min_alpha: 0.35, min_judgments: 9}
  - {track: study, category: "*", min_gold_accuracy: 0.80, min_n: 30}
  - {track: study, category: summarisation, min_gold_accuracy: 0.80, basis: lower, min_n: 500}
"""
RUBRIC = """rubric: study
title: Which is better?
scale: {strengths: [better, much better], tie: true, none: false}
confidence: {guess: 40, sure: 90}
"""


class StudyA(Case):
    @classmethod
    def setUpClass(cls):
        cls.done = {}

    def study(self):
        """The report and what it is to be held against; made once."""
        if not self.done:
            self.done["expected"] = json.loads(Path(self.shared("stats/studies/study_A_expected.json")).read_text())
            self.write("study.yaml", RUBRIC)
            self.ok("init", self.store, "--campaign", self.write("campaign.yaml", CAMPAIGN))
            self.ok("import", self.store, self.shared("stats/studies/study_A_items.jsonl.gz"))
            self.ok("import", self.store, "--judgments", self.shared("stats/studies/study_A_judgments.jsonl.gz"))
            self.done["report"] = self.ok("report", self.store, "--json").json
            self.done["check"] = self.run_assay("check", self.store).status
            self.done["text"] = [self.ok("report", self.store).out, self.ok("report", self.store, "--annotator", "ann09").out]
            self.done["gate"] = self.run_assay("gate", self.store, "--json")
        self.expected = self.done["expected"]
        self.report = self.done["report"]
        self.track = self.report["tracks"]["study"]
        self.annotators = self.track["annotators"]
        return self.expected

    def flagged(self, flag):
        return sorted(name for name, one in self.annotators.items() if flag in one["flags"])

    def test_counts(self):
        self.study()
        self.assertEqual(self.done["check"], 0)
        self.assertEqual(self.report["items"]["total"], 2000)
        self.assertEqual(self.report["items"]["gold"], 260)
        self.assertEqual(self.track["judgments"], 18000)
        self.assertEqual(sorted(self.annotators), sorted(self.expected["annotators"]))
        self.assertEqual(sum(one["judgments"] for one in self.annotators.values()), 18000)

    def test_agreement(self):
        expected = self.study()["agreement"]
        agreement = self.track["agreement"]
        for value, figure in [
                (expected["percent_agreement_choice"], agreement["direction"]["percent"]),
                (expected["kripp_nominal_choice"], agreement["direction"]["krippendorff_alpha"]),
                (expected["fleiss_general_choice"], agreement["direction"]["fleiss_kappa"]),
                (expected["ac1_choice"], agreement["direction"]["gwet_ac1"]),
                (expected["kripp_ordinal_score"], agreement["strength"]["krippendorff_alpha"]),
                (expected["ac2_ordinal_score"], agreement["strength"]["gwet_ac2"])]:
            self.assertAlmostEqual(figure["value"], value, delta=1e-9)
            self.assertLessEqual(figure["ci95"][0], value)
            self.assertGreaterEqual(figure["ci95"][1], value)
        for key, figure in [("kripp_nominal_choice", agreement["direction"]["krippendorff_alpha"]),
                            ("kripp_ordinal_score", agreement["strength"]["krippendorff_alpha"])]:
            interval = self.expected["agreement_bootstrap"][key]
            self.assertAlmostEqual(figure["ci95"][0], interval["p2_5"], delta=0.004)
            self.assertAlmostEqual(figure["ci95"][1], interval["p97_5"], delta=0.004)

    def test_agreement_by_category_and_person(self):
        expected = self.study()
        for name, values in expected["agreement_by_category"].items():
            self.assertAlmostEqual(self.track["by_category"][name]["direction"]["krippendorff_alpha"]["value"],
                                   values["kripp_nominal_choice"], delta=1e-9)
        for name, value in expected["kripp_nominal_without_annotator"].items():
            self.assertAlmostEqual(self.track["agreement"]["leave_one_out"][name]["value"], value, delta=1e-9)
        pairs = {"|".join(sorted((pair["a"], pair["b"]))): pair["cohen_kappa"] for pair in self.track["agreement"]["pairs"]}
        self.assertEqual(sorted(pairs), sorted(expected["pairwise_kappa"]))
        for name, values in expected["pairwise_kappa"].items():
            self.assertAlmostEqual(pairs[name]["value"], values["kappa"], delta=1e-9)
            self.assertEqual(pairs[name]["n"], values["n"])

    def test_gold(self):
        for name, values in self.study()["annotators"].items():
            gold = self.annotators[name]["gold"]
            self.assertEqual((gold["correct"], gold["n"]), (values["gold"]["correct"], values["gold"]["n"]))
            for end, value in zip(gold["accuracy"]["ci95"], values["gold"]["wilson"]):
                self.assertAlmostEqual(end, value, delta=1e-9)
            large = {category: one for category, one in values["by_category"].items() if one["n"] >= 10}
            self.assertEqual(sorted(gold["by_category"]), sorted(large))
            for category, one in large.items():
                self.assertAlmostEqual(gold["by_category"][category]["value"], one["accuracy"], delta=1e-9)

    def test_confidence(self):
        for name, values in self.study()["annotators"].items():
            confidence, calibration = self.annotators[name]["confidence"], values["calibration"]
            for key, value in [("brier", "brier"), ("reliability", "murphy_rel"), ("resolution", "murphy_res"),
                               ("uncertainty", "murphy_unc"), ("ece", "ece10_right_closed")]:
                self.assertAlmostEqual(confidence[key]["value"], calibration[value], delta=1e-9, msg=(name, key))

    def test_habits_and_retests(self):
        for name, values in self.study()["annotators"].items():
            one = self.annotators[name]
            first, retest = one["habits"]["first_shown"], values["test_retest"]
            self.assertAlmostEqual(first["value"], values["position"]["share"], delta=1e-9)
            self.assertEqual(first["n"], values["position"]["n"])
            longer = values["length"]
            self.assertAlmostEqual(one["habits"]["longer"]["value"], longer["longer_chosen"] / longer["n"], delta=1e-9)
            self.assertAlmostEqual(one["habits"]["ties"]["value"], values["tie_share"], delta=1e-9)
            self.assertAlmostEqual(one["median_seconds"], values["seconds"]["median"], delta=1e-9)
            self.assertAlmostEqual(one["retest"]["same"]["value"], retest["same_choice"] / retest["n"], delta=1e-9)
            self.assertEqual(one["retest"]["same"]["n"], retest["n"])

    def test_verdicts(self):
        verdicts = self.study()["verdicts"]
        self.assertEqual(self.flagged("position"), verdicts["position_p_below_1e4"])
        self.assertEqual(self.flagged("length"), verdicts["length_logit_p_below_1e4"])
        self.assertEqual(self.flagged("speed"), verdicts["median_seconds_below_third_of_team_median"])
        team = statistics.median(one["median_seconds"] for one in self.annotators.values())
        self.assertEqual(sorted(name for name, one in self.annotators.items() if one["median_seconds"] < team / 3),
                         verdicts["median_seconds_below_third_of_team_median"])
        self.assertEqual(sorted(name for name, one in self.annotators.items() if one["gold"]["accuracy"]["ci95"][1] < 0.75),
                         verdicts["gold_wilson_upper_below_75"])

    def test_aggregation(self):
        """Competence against the reference fit without priors, which 1,500 judgments a person leave little of."""
        expected = self.study()["aggregation"]["dawid_skene_gold_clamped"]["accuracy"]
        self.assertEqual(self.track["aggregation"]["items"], 2000)
        self.assertEqual(self.track["aggregation"]["gold_known"], 260)
        self.assertTrue(self.track["aggregation"]["converged"])
        for name, one in self.annotators.items():
            figure = one["competence"]
            self.assertAlmostEqual(figure["value"], expected[name], delta=0.02, msg=name)
            self.assertLess(figure["ci95"][0], figure["value"])
            self.assertEqual(figure["n"], one["habits"]["ties"]["n"])
            self.assertFalse(one["inverted"])

    def test_models(self):
        models = self.study() and self.track["models"]
        self.assertTrue(models["connected"])
        self.assertIsNone(models["note"])
        values = [one["strength"]["value"] for one in models["strengths"]]
        self.assertEqual(values, sorted(values, reverse=True))
        self.assertAlmostEqual(sum(values), 0, delta=1e-9)
        self.assertEqual(sum(one["strength"]["n"] for one in models["strengths"]), 2 * models["comparisons"])
        self.assertGreater(models["tie_parameter"]["ci95"][0], 0)

    def test_details_of_people(self):
        self.study()
        for name, one in self.annotators.items():
            gold, habits, confidence = one["gold"], one["habits"], one["confidence"]
            counts = gold["confusion"]["counts"]
            self.assertEqual(sum(map(sum, counts)), gold["n"], name)
            self.assertEqual(sum(counts[i][i] for i in range(4)), gold["correct"] + gold["wrong_strength"], name)
            self.assertEqual([sum(row) for row in counts], gold["confusion"]["references"])
            self.assertEqual(gold["mean_accepted"], 1)
            self.assertEqual(sum(figure["n"] for figure in gold["by_difficulty"].values()), gold["n"])
            self.assertEqual(sum(one_bin["matched"]["n"] for one_bin in confidence["bins"]), confidence["brier"]["n"])
            low, high = confidence["ece_band"]
            self.assertLess(low, high)
            self.assertEqual(sum(habits["strengths"].values()), habits["first_shown"]["n"])
            self.assertIsNone(habits["contradiction"]["value"])
            self.assertTrue(habits["contradiction"]["undefined"])
            self.assertEqual(one["retest"]["order_kept"]["n"] + one["retest"]["order_swapped"]["n"], one["retest"]["same"]["n"])
            peers = one["drift"]["with_peers"]
            clicker = self.expected["verdicts"]["roles"][name] == "random_clicker"
            self.assertEqual(peers["agree"] > peers["differ"], not clicker, name)
            if peers["share_from_peers"] is not None:
                self.assertLessEqual(peers["share_from_peers"], 1)

    def test_pooled(self):
        self.study()
        pooled = self.track["pooled"]
        self.assertEqual(pooled[0]["category"], "all")
        self.assertEqual(pooled[0]["gold_outcomes"], 1440)
        self.assertEqual(sum(one["gold_outcomes"] for one in pooled[1:]), 1440)
        self.assertGreater(pooled[0]["alarms"], 3 * pooled[0]["false_alarms_expected"])  # a team at 76 % against a bar of 85 %
        self.assertIn("is noticed after about 259 judgments", self.track["detector"]["buys"])

    def test_text(self):
        """Readable at 80 columns, with the details of one person apart."""
        self.study()
        whole, alone = self.done["text"]
        for text in (whole, alone):
            self.assertLessEqual(max(len(line) for line in text.splitlines()), 80)
        for words in ("Labels by everybody's competence", "Models (log strength", "The whole team against the bar"):
            self.assertIn(words, whole)
        for words in ("competence (by the labels)", "retests: order swapped", "detector with peers", "calibration error", "longest run"):
            self.assertIn(words, alone)
            self.assertNotIn(words, whole)

    def test_roles(self):
        planted = {role: name for name, role in self.study()["verdicts"]["roles"].items() if role != "normal"}
        self.assertEqual(self.flagged("agreement"), [planted["random_clicker"]])
        self.assertEqual(self.flagged("position"), [planted["position_biased"]])
        self.assertEqual(self.flagged("length"), [planted["length_biased"]])
        self.assertEqual(self.flagged("speed"), [planted["too_fast"]])
        self.assertIn(planted["overconfident"], self.flagged("confidence"))
        self.assertEqual(self.annotators[planted["overconfident"]]["confidence"]["verdict"], "surer than right")
        self.assertIn("reasoning", self.annotators[planted["category_weak"]]["gold"]["weak"])

    def test_drift(self):
        verdicts = self.study()["verdicts"]
        drift = verdicts["drift"]
        one = self.annotators[drift["annotator"]]["drift"]
        self.assertEqual((one["limit"], one["state"]), (13, "drift"))
        first = one["alarms"][0]
        self.assertEqual(first["before"]["n"] + first["since"]["n"] - 1, drift["cusum_first_alarm_after_change"])
        self.assertGreater(first["at"], drift["change_time"])
        self.assertEqual(first["kind"], "changed")
        self.assertGreater(first["held"], 0)
        alarms = {name: [alarm["before"]["n"] + alarm["since"]["n"] - 1 for alarm in person["drift"]["alarms"]]
                  for name, person in self.annotators.items()}
        # The traces start at 0, the program's detector with a head start: who was ever at 0 before has the same alarms.
        for name in ("ann01", "ann03", "ann05", "ann07", "ann08", "ann09"):
            self.assertEqual(alarms[name], verdicts["cusum_alarms"][name], name)
        for name, expected in verdicts["cusum_alarms"].items():
            self.assertEqual(bool(alarms[name]), bool(expected), name)
            if expected:
                self.assertLessEqual(alarms[name][0], expected[0], name)

    def test_held_judgments_count_in_figures(self):
        self.study()
        held = sum(one["held"] for one in self.annotators.values())
        self.assertGreater(held, 0)
        self.assertEqual(self.track["held"], held)

    def test_gate(self):
        self.study()
        gate = self.done["gate"]
        self.assertEqual(gate.status, 1)
        lines = [(line["category"], line["measure"], line["result"]) for line in gate.json["rules"]]
        fail = [(name, "gold_accuracy", "fail") for name in ("helpfulness", "reasoning", "creative", "harmlessness", "coding")]
        self.assertEqual(lines, [("all", "gold_accuracy", "pass"), ("all", "krippendorff_alpha", "pass"), ("all", "judgments", "fail"), *fail,
                                 ("summarisation", "gold_accuracy", "pass"), ("summarisation", "gold_accuracy", "too little data")])


if __name__ == "__main__":
    unittest.main()
