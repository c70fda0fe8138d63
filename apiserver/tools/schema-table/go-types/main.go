// SPDX-License-Identifier: Apache-2.0

// Prints, as JSON, what the Go types of the Kubernetes API say about their fields: JSON name, protobuf number and type,
// strategic-merge strategy and key. Facts only: names and numbers.
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sort"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

type field struct {
	JSON     string `json:"json,omitempty"`     // name in JSON; empty for an inlined struct
	Inline   bool   `json:"inline,omitempty"`   // its fields belong to the parent in JSON, but to a message of their own in protobuf
	Omit     string `json:"omit,omitempty"`     // left out of JSON when "empty" (a struct never is) or "zero"; absent: always written
	Pointer  bool   `json:"pointer,omitempty"`  // absent and zero differ
	Number   int    `json:"number,omitempty"`   // protobuf field number; absent: not in protobuf
	Wire     string `json:"wire,omitempty"`     // bytes, varint, fixed64
	Packed   bool   `json:"packed,omitempty"`
	Proto2   bool   `json:"always,omitempty"` // written even when zero: proto2 optional whose Go type is not a pointer
	Type     string `json:"type"`
	GoType   string `json:"goType,omitempty"`
	Strategy string `json:"patchStrategy,omitempty"`
	MergeKey string `json:"patchMergeKey,omitempty"`
}

var types = map[string][]field{}

func main() {
	s := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{scheme.AddToScheme, apiextensions.AddToScheme, apiregistration.AddToScheme} {
		utilruntime.Must(add(s))
	}
	kinds := map[string]string{}
	for gvk, t := range s.AllKnownTypes() {
		if gvk.Version == runtime.APIVersionInternal {
			continue
		}
		name := gvk.Kind
		kinds[strings.TrimPrefix(gvk.Group+"/"+gvk.Version, "/")+"/"+name] = visit(t)
	}
	for _, each := range []any{metav1.PartialObjectMetadata{}, metav1.PartialObjectMetadataList{}, metav1.Status{}, metav1.WatchEvent{}, runtime.Unknown{}} {
		visit(reflect.TypeOf(each))
	}
	print(kinds)
}

// print writes one type or kind a line.
func print(kinds map[string]string) {
	line := func(key string, value any, last bool) {
		b, err := json.Marshal(value)
		utilruntime.Must(err)
		comma := ","
		if last {
			comma = ""
		}
		fmt.Printf("  %q: %s%s\n", key, b, comma)
	}
	fmt.Println("{\n\"kinds\": {")
	names := slices.Sorted(maps.Keys(kinds))
	for i, name := range names {
		line(name, kinds[name], i == len(names)-1)
	}
	fmt.Println("},\n\"types\": {")
	names = slices.Sorted(maps.Keys(types))
	for i, name := range names {
		line(name, types[name], i == len(names)-1)
	}
	fmt.Println("}\n}")
}

// visit records the struct t and all it reaches, and returns the name by which fields refer to it.
func visit(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return visit(t.Elem())
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "bytes"
		}
		if t.Name() != "" {
			return "wrapped[]" + visit(t.Elem()) // a message of its own with one repeated field, number 1
		}
		return "[]" + visit(t.Elem())
	case reflect.Map:
		return "map[" + visit(t.Key()) + "]" + visit(t.Elem())
	case reflect.Struct:
		name := strings.ReplaceAll(t.PkgPath(), "k8s.io/", "") + "." + t.Name()
		if _, known := types[name]; known {
			return name
		}
		types[name] = nil
		var fields []field
		for i := range t.NumField() {
			f := t.Field(i)
			if !f.IsExported() {
				continue
			}
			if e, ok := describe(f); ok {
				fields = append(fields, e)
			}
		}
		sort.SliceStable(fields, func(i, j int) bool { return fields[i].Number < fields[j].Number })
		types[name] = fields
		return name
	default:
		return t.Kind().String()
	}
}

func describe(f reflect.StructField) (field, bool) {
	e := field{Strategy: f.Tag.Get("patchStrategy"), MergeKey: f.Tag.Get("patchMergeKey")}
	tag := strings.Split(f.Tag.Get("json"), ",")
	e.JSON = tag[0]
	for _, option := range tag[1:] {
		switch option {
		case "inline":
			e.Inline = true
		case "omitempty":
			if e.Omit == "" {
				e.Omit = "empty"
			}
		case "omitzero":
			e.Omit = "zero"
		}
	}
	if f.Anonymous && tag[0] == "" {
		e.Inline = true
	}
	proto := f.Tag.Get("protobuf")
	if e.JSON == "-" || (e.JSON == "" && !e.Inline && proto == "") {
		if proto == "" {
			return e, false
		}
		e.JSON = ""
	}
	e.Pointer = f.Type.Kind() == reflect.Pointer
	e.Type = visit(f.Type)
	e.GoType = f.Type.String()
	if proto != "" && proto != "-" {
		parts := strings.Split(proto, ",")
		e.Wire = parts[0]
		for _, c := range parts[1] {
			e.Number = e.Number*10 + int(c-'0')
		}
		for _, part := range parts[2:] {
			e.Packed = e.Packed || part == "packed"
		}
		kind := f.Type.Kind()
		e.Proto2 = kind != reflect.Pointer && kind != reflect.Slice && kind != reflect.Map
	}
	return e, true
}
