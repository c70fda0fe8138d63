#!/usr/bin/env python3
"""Turns a folder of recordings of the original into the data of this module.

usage: import-recordings.py RECORDINGS

Request scripts and their answers become one file a topic, one line a step; a line with `script` begins a script. Controllers'
scenarios become one file each. Run again when there are new recordings; needs PyYAML.
"""
import glob
import json
import os
import shutil
import sys

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "../src/main/resources/io/fairlead/compatibility")


def line(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False) + "\n"


def requests(source):
    for path in sorted(glob.glob(f"{source}/scripts/*/*.yaml")):
        area, topic = path.split("/")[-2:]
        topic = topic.removesuffix(".yaml")
        with open(path) as f:
            scripts = [s for s in yaml.load_all(f, yaml.CSafeLoader) if s]
        with open(f"{source}/answers/{area}/{topic}.json") as f:
            recorded = json.load(f)
        assert len(scripts) == len(recorded), path
        target = f"{DATA}/requests/{area}/{topic}.jsonl"
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w") as out:
            for script, answers in zip(scripts, recorded):
                out.write(line({"script": {k: v for k, v in script.items() if k != "steps"}}))
                answers = iter(answers["steps"])
                for step in script["steps"]:
                    if step.get("silent") or "sleep" in step:
                        out.write(line({"step": step}))
                        continue
                    answer = next(answers)
                    assert answer["step"] == step, (path, step)
                    out.write(line({"step": step, "answer": answer["answer"]}))
                assert next(answers, None) is None, path


def scenarios(source):
    for folder in sorted(glob.glob(f"{source}/behaviour/*/*/")):
        area, name = folder.rstrip("/").split("/")[-2:]
        target = f"{DATA}/scenarios/{area}/{name}.jsonl"
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(f"{folder}/scenario.yaml") as f:
            parts = {"scenario": yaml.load(f, yaml.CSafeLoader)}
        for part in ("trace", "final", "events", "varies"):
            file = f"{folder}/{part}.json"
            parts[part] = json.load(open(file)) if os.path.exists(file) else []
        with open(target, "w") as out:
            for part, value in parts.items():
                out.write(line({part: value}))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for part in ("requests", "scenarios"):
        shutil.rmtree(f"{DATA}/{part}", ignore_errors=True)
    requests(sys.argv[1])
    scenarios(sys.argv[1])
