#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the schema table from what the original server publishes. See README.md in this directory."""

import base64
import hashlib
import json
import sys
from pathlib import Path

META = "apimachinery/pkg/apis/meta/v1"
ALL_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
FORMATS = {"int32": "int32", "int64": "int64", "float64": "double", "bytes": "byte"}


def load(path):
    return json.loads(Path(path).read_text())


# Named lists that protobuf has as plain repeated fields, unlike other named lists, which get a message around them.
NOT_WRAPPED = {"v1.ValidationRules"}


def fail(message):
    raise SystemExit("schema-table: " + message)


def word(text):
    """A value that stands in the table as it is: the table separates by blanks."""
    if not text or any(c.isspace() for c in text):
        fail("cannot be written as one word: %r" % text)
    return text


def leaf(type_name):
    """The struct or scalar at the bottom of lists and maps."""
    while True:
        if type_name.startswith("wrapped[]"):
            type_name = type_name[len("wrapped[]"):]
        elif type_name.startswith("[]"):
            type_name = type_name[2:]
        elif type_name.startswith("map["):
            type_name = type_name[type_name.index("]") + 1:]
        else:
            return type_name


def is_struct(type_name):
    return "/" in type_name and not type_name.startswith(("[", "map[", "wrapped["))


def usual_go_name(type_name):
    """How Go prints a type that carries no name of its own; StructType derives the same."""
    if type_name.startswith("wrapped[]"):
        return usual_go_name(type_name[len("wrapped"):])
    if type_name.startswith("[]"):
        return "[]" + usual_go_name(type_name[2:])
    if type_name.startswith("map["):
        return "map[string]" + usual_go_name(type_name[type_name.index("]") + 1:])
    return "[]uint8" if type_name == "bytes" else type_name.split("/")[-1]


def usual_default(field):
    """The default that OpenAPI shows for a field that is always written."""
    if field.get("pointer") or field.get("omit"):
        return None
    return {"string": "", "int32": 0, "int64": 0, "bool": False, "float64": 0}.get(field["type"])


class OpenApi:
    """Definitions and their properties; those of an inlined struct are found in the structs around it."""

    def __init__(self, facts, types):
        self.types = types
        self.v2 = load(facts / "openapi/v2.json")["definitions"]
        self.v3 = {}
        for path in sorted((facts / "openapi/v3").glob("api*_v*.json")):
            for name, schema in load(path).get("components", {}).get("schemas", {}).items():
                if self.v3.setdefault(name, schema) != schema and "x-kubernetes-group-version-kind" not in schema:
                    fail("two schemas of " + name)
        self.around = {}
        for name, fields in types.items():
            for field in fields or []:
                if field.get("inline") and field["type"] in types:
                    self.around.setdefault(field["type"], []).append(name)

    @staticmethod
    def name(type_name):
        return "io.k8s." + type_name.replace("/", ".")

    def definition(self, type_name):
        """The definition that describes the fields of type_name, or None."""
        if self.name(type_name) in self.v2:
            return self.name(type_name)
        for outer in self.around.get(type_name, []):
            found = self.definition(outer)
            if found:
                return found
        return None

    def property(self, type_name, field):
        name = self.definition(type_name)
        if name is None:
            return None, None
        return (
            self.v2[name].get("properties", {}).get(field),
            self.v3.get(name, {}).get("properties", {}).get(field),
        )


def describe_property(field, v2, v3):
    """What OpenAPI adds to a field, as words of the table."""
    words = []
    if v2 is None:
        return words
    if "x-kubernetes-list-type" in v2:
        words.append("list=" + v2["x-kubernetes-list-type"])
    if "x-kubernetes-list-map-keys" in v2:
        words.append("keys=" + ",".join(v2["x-kubernetes-list-map-keys"]))
    if "x-kubernetes-map-type" in v2:
        words.append("map=" + v2["x-kubernetes-map-type"])
    bottom = v2
    while "items" in bottom or isinstance(bottom.get("additionalProperties"), dict):
        bottom = bottom.get("items") or bottom["additionalProperties"]
    if "enum" in bottom:
        words.append("enum=" + ",".join(bottom["enum"]).replace(" ", "%20"))
    scalar = leaf(field["type"])
    if not is_struct(scalar) and bottom.get("format") != FORMATS.get(scalar):
        words.append("format=" + bottom.get("format", "none"))
    if v3 is not None and "allOf" not in v3:
        default, usual = v3.get("default"), usual_default(field)
        if default != usual:
            words.append("default=" + word(json.dumps(default)))
    if v2.get("x-kubernetes-patch-strategy") != field.get("patchStrategy"):
        words.append("openapipatch=" + v2.get("x-kubernetes-patch-strategy", "none"))
    if v2.get("x-kubernetes-patch-merge-key") != field.get("patchMergeKey"):
        words.append("openapikey=" + v2.get("x-kubernetes-patch-merge-key", "none"))
    return words


def field_line(type_name, field, api, required):
    flags = ""
    v3 = api.property(type_name, field["json"])[1] if field.get("json") else None
    flags += "u" if v3 is not None and "$ref" in v3 else ""
    flags += {"empty": "e", "zero": "z", None: ""}[field.get("omit")]
    flags += "p" if field.get("pointer") else ""
    flags += "i" if field.get("inline") else ""
    flags += "r" if field.get("json") in required else ""
    written = field["type"]
    if field.get("goType") in NOT_WRAPPED:
        written = written.replace("wrapped[]", "[]")
    words = [field.get("json") or "-", str(field.get("number", 0)), flags or ".", word(written)]
    go_name = field.get("goType", "").lstrip("*")
    if go_name and go_name != usual_go_name(field["type"]) and not field.get("inline"):
        words.append("go=" + word(go_name))
    if "patchStrategy" in field:
        words.append("patch=" + field["patchStrategy"])
    if "patchMergeKey" in field:
        words.append("key=" + field["patchMergeKey"])
    if field.get("json"):
        words += describe_property(field, *api.property(type_name, field["json"]))
    return " " + " ".join(words)


def flattened(types, type_name):
    names = []
    for field in types[type_name] or []:
        if field.get("inline"):
            names += flattened(types, field["type"]) if field["type"] in types else []
        elif field.get("json"):
            names.append(field["json"])
    return names


def type_lines(types, api, type_name):
    own = api.v2.get(api.name(type_name))
    seen = api.v2.get(api.definition(type_name) or "", {})
    required = seen.get("required", [])
    words = [type_name]
    if own is None:
        words.append("nodefinition")
    else:
        if "x-kubernetes-map-type" in own:
            words.append("map=" + own["x-kubernetes-map-type"])
        if "x-kubernetes-unions" in own:
            words.append("unions=" + word(json.dumps(own["x-kubernetes-unions"], separators=(",", ":"))))
        usual = [n for n in flattened(types, type_name) if n in required]
        if required != usual:
            words.append("required=" + ",".join(required))
    lines = [" ".join(words)]
    lines += [field_line(type_name, f, api, required) for f in types[type_name] or []]
    return lines


def write_types(facts, out, go_types, served):
    types = go_types["types"]
    api = OpenApi(facts, types)
    reached = set()

    def visit(name):
        name = leaf(name)
        if name in types and name not in reached and name != "time.Time":
            reached.add(name)
            for field in types[name] or []:
                visit(field["type"])

    for kind, type_name in go_types["kinds"].items():
        if kind.rsplit("/", 1)[0] in served:
            visit(type_name)
    for name in types:
        if name.startswith(META):
            visit(name)
    lines = []
    for name in sorted(reached):
        lines += type_lines(types, api, name)
    (out / "types.txt").write_text("\n".join(lines) + "\n")


def write_kinds(out, go_types):
    """One line per group version and Go package: which kinds may be named in apiVersion and kind."""
    packages = {}
    for kind, type_name in go_types["kinds"].items():
        group_version, name = kind.rsplit("/", 1)
        package, type_name = type_name.rsplit(".", 1)
        word_ = name if name == type_name else name + "=" + type_name
        packages.setdefault((group_version, package), []).append(word_)
    lines = [" ".join([gv, package] + sorted(kinds)) for (gv, package), kinds in sorted(packages.items())]
    (out / "kinds.txt").write_text("\n".join(lines) + "\n")


def storage_hash(kind):
    return base64.b64encode(hashlib.sha256(kind.encode()).digest()[:8]).decode()


def storage_words(group, version, resource, entry):
    """The published hash of the version that objects are stored in, and that version where it is not the served one."""
    found = entry.get("storageVersionHash")
    kind = resource["responseKind"]["kind"]
    if found is None:
        return []
    words = ["hash=" + found]
    if found == storage_hash("%s/%s/%s" % (group, version, kind)):
        return words
    for stored in ["/v1"] + [group + "/" + each for each in ["v2", "v1", "v1beta2", "v1beta1", "v1alpha2", "v1alpha1"]]:
        if found == storage_hash("%s/%s" % (stored, kind)):
            return words + ["storage=" + stored.lstrip("/")]
    fail("no stored version gives the hash of %s %s %s" % (group, version, kind))


def verbs(names):
    return "*" if names == ALL_VERBS else ",".join(names)


def kind_word(group, version, response):
    other = response["group"], response["version"]
    return response["kind"] if other in [("", ""), (group, version)] else "/".join(other + (response["kind"],))


def deletion_words(group, version, resource, openapi):
    """What a delete that happens at once answers, if it is the object and not a Status."""
    base = "/apis/%s/%s" % (group, version) if group else "/api/" + version
    scope = "/namespaces/{namespace}" if resource["scope"] == "Namespaced" else ""
    item = openapi["paths"].get("%s%s/%s/{name}" % (base, scope, resource["resource"]), {})
    answer = item.get("delete", {}).get("responses", {}).get("200")
    if answer is None or answer["content"]["application/json"]["schema"]["$ref"].endswith(".Status"):
        return []
    return ["deletes=object"]


def resource_lines(group, version, resource, legacy, openapi):
    entry = legacy[resource["resource"]]
    words = [
        resource["resource"],
        resource["singularResource"] or "-",
        kind_word(group, version, resource["responseKind"]),
        resource["scope"][0],
        verbs(resource["verbs"]),
    ]
    if "shortNames" in resource:
        words.append("short=" + ",".join(resource["shortNames"]))
    if "categories" in resource:
        words.append("categories=" + ",".join(resource["categories"]))
    words += storage_words(group, version, resource, entry) + deletion_words(group, version, resource, openapi)
    lines = [" " + " ".join(words)]
    for sub in resource.get("subresources", []):
        words = [sub["subresource"], kind_word(group, version, sub["responseKind"]), verbs(sub["verbs"])]
        for accepted in sub.get("acceptedTypes", []):
            fail("acceptedTypes of %s are not in the table's format: %s" % (resource["resource"], accepted))
        lines.append("  " + " ".join(words))
    return lines


def write_resources(facts, out):
    """Groups in the order of discovery, versions in the order of preference."""
    discovery = facts / "discovery"
    lines, served = [], []
    groups = load(discovery / "aggregated_api.json")["items"] + load(discovery / "aggregated_apis.json")["items"]
    for group in groups:
        name = group["metadata"].get("name", "")
        for version in group["versions"]:
            group_version = (name + "/" + version["version"]).lstrip("/")
            served.append(group_version)
            lines.append(group_version)
            path = "api_v1.json" if not name else "apis_%s_%s.json" % (name, version["version"])
            legacy = {r["name"]: r for r in load(discovery / path)["resources"]}
            openapi = load(facts / "openapi/v3" / path)
            for resource in version["resources"]:
                lines += resource_lines(name, version["version"], resource, legacy, openapi)
    (out / "resources.txt").write_text("\n".join(lines) + "\n")
    return served


def main():
    if len(sys.argv) != 3:
        fail("usage: generate.py <facts folder> <folder to write to>")
    facts, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    go_types = load(facts / "go-types.json")
    served = write_resources(facts, out)
    write_kinds(out, go_types)
    write_types(facts, out, go_types, served)


main()
