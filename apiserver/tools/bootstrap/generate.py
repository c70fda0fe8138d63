#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes bootstrap/objects.txt: the objects that exist right after a server has started, one to a line.

Usage: generate.py FOLDER > apiserver/src/main/resources/io/fairlead/apiserver/bootstrap/objects.txt

FOLDER holds what the original lists right after it started, one file to a resource, with <time>, <uid> and the like in the
place of what differs from run to run. Left out is what belongs to one running original: its lease, its certificates.

A line: resource, namespace, name, labels, selectable fields, the object from its metadata on; separated by tabs. In the object
stand <time>, <date>, <network> for the range of cluster IPs and <first> for its first address.
"""
import json
import pathlib
import sys

LEFT_OUT = {("leases.coordination.k8s.io", None), ("configmaps", "extension-apiserver-authentication")}
FIRST = ["namespaces", "priorityclasses.scheduling.k8s.io", "servicecidrs.networking.k8s.io"]
PORT = 6443


def resource(path):
    group, _, plural = path.stem.split("_")
    return plural if group == "core" else f"{plural}.{group}"


def fields(name, item):
    if name == "namespaces":
        return {"status.phase": item["status"]["phase"]}
    if name == "services":
        return {"spec.clusterIP": "<first>", "spec.type": item["spec"]["type"]}
    return {}


def pairs(values):
    return ";".join(f"{key}={value}" for key, value in sorted(values.items()))


def line(name, item):
    metadata = item.pop("metadata")
    metadata.pop("uid")
    metadata.pop("resourceVersion")
    metadata.pop("creationTimestamp")
    item.pop("kind")
    item.pop("apiVersion")
    body = json.dumps({"metadata": metadata, **item}, separators=(",", ":"), ensure_ascii=False)
    body = body.replace('"<securePort>"', str(PORT)).replace("10.0.0.0/16", "<network>").replace("10.0.0.1", "<first>")
    columns = [name, metadata.get("namespace", ""), metadata["name"].replace("10.0.0.1", "<first>"),
               pairs(metadata.get("labels", {})), pairs(fields(name, item)), body[1:]]
    return "\t".join(columns)


def main():
    lines = []
    for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
        name = resource(path)
        content = json.loads(path.read_text())
        for item in content if isinstance(content, list) else content["items"]:
            if (name, None) in LEFT_OUT or (name, item["metadata"]["name"]) in LEFT_OUT:
                continue
            lines.append((FIRST.index(name) if name in FIRST else len(FIRST), line(name, item)))
    for _, text in sorted(lines, key=lambda each: each[0]):
        print(text)


main()
