// Writes, as JSON, how the Go types behind the Kubernetes API read and write JSON: the facts that the published
// schemas leave out (names of Go types, embedded structs, omitempty, pointers) and that error texts are made of.
//
//	cd scripts/go-types && go mod tidy && go run . GROUP/VERSION… > types.json
//
// scripts/generate-api-schema.mjs reads them.
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"sort"
	"strings"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistrationv1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

// The groups and versions that the API server serves by default.
var served = map[string]bool{}

type output struct {
	// Every kind of a served version, by "group/version/Kind", and its Go type.
	Kinds map[string]string `json:"kinds"`
	// Kinds of versions that the server knows but does not serve.
	Unserved map[string][]string `json:"unserved"`
	// Fields of every struct in Go's order: JSON name, Go type, then "inline", "omitempty", "omitzero", "patch=…".
	Structs map[string][][]string `json:"structs"`
	// What stands behind named types that are not structs.
	Named map[string]string `json:"named"`
}

var out = output{map[string]string{}, map[string][]string{}, map[string][][]string{}, map[string]string{}}

// Types that read and write themselves.
var opaque = map[string]bool{
	"intstr.IntOrString": true, "resource.Quantity": true, "meta/v1.Time": true, "meta/v1.MicroTime": true,
	"meta/v1.Duration": true, "meta/v1.FieldsV1": true, "runtime.RawExtension": true,
	"apiextensions/v1.JSON": true, "apiextensions/v1.JSONSchemaPropsOrBool": true,
	"apiextensions/v1.JSONSchemaPropsOrArray": true, "apiextensions/v1.JSONSchemaPropsOrStringArray": true,
}

func id(t reflect.Type) string {
	path := strings.Split(t.PkgPath(), "/")
	last := path[len(path)-1]
	if strings.HasPrefix(last, "v") && len(path) > 1 {
		return path[len(path)-2] + "/" + last + "." + t.Name()
	}
	return last + "." + t.Name()
}

func expression(t reflect.Type) string {
	if t.Name() != "" && t.PkgPath() != "" {
		visit(t)
		return id(t)
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + expression(t.Elem())
	case reflect.Slice:
		return "[]" + expression(t.Elem())
	case reflect.Map:
		return "map[" + expression(t.Key()) + "]" + expression(t.Elem())
	}
	return t.Kind().String()
}

func visit(t reflect.Type) {
	name := id(t)
	if opaque[name] || out.Structs[name] != nil || out.Named[name] != "" {
		return
	}
	if t.Kind() != reflect.Struct {
		out.Named[name] = "?"
		switch t.Kind() {
		case reflect.Slice:
			out.Named[name] = "[]" + expression(t.Elem())
		case reflect.Map:
			out.Named[name] = "map[" + expression(t.Key()) + "]" + expression(t.Elem())
		default:
			out.Named[name] = t.Kind().String()
		}
		return
	}
	fields := [][]string{}
	out.Structs[name] = fields
	for i := 0; i < t.NumField(); i++ {
		field := t.Field(i)
		tag := strings.Split(field.Tag.Get("json"), ",")
		if tag[0] == "-" || !field.IsExported() {
			continue
		}
		key, words := tag[0], []string{expression(field.Type)}
		if field.Anonymous && key == "" {
			key = field.Name
			words = append(words, "inline")
		} else if key == "" {
			key = field.Name
		}
		for _, option := range tag[1:] {
			if option == "omitempty" || option == "omitzero" {
				words = append(words, option)
			}
		}
		if strategy := field.Tag.Get("patchStrategy"); strategy != "" {
			words = append(words, "patch="+strategy)
			if mergeKey := field.Tag.Get("patchMergeKey"); mergeKey != "" {
				words = append(words, "key="+mergeKey)
			}
		}
		fields = append(fields, append([]string{key}, words...))
	}
	out.Structs[name] = fields
}

func main() {
	_ = apiextensionsv1.AddToScheme(scheme.Scheme)
	_ = apiregistrationv1.AddToScheme(scheme.Scheme)
	for _, gv := range os.Args[1:] {
		served[gv] = true
	}
	for gvk, t := range scheme.Scheme.AllKnownTypes() {
		gv := gvk.GroupVersion().String()
		if gvk.Version == "__internal" {
			continue
		}
		if served[gv] {
			visit(t)
			out.Kinds[gv+"/"+gvk.Kind] = id(t)
		} else if !strings.HasSuffix(gvk.Kind, "Options") && gvk.Kind != "WatchEvent" {
			out.Unserved[gv] = append(out.Unserved[gv], gvk.Kind)
		}
	}
	for _, kinds := range out.Unserved {
		sort.Strings(kinds)
	}
	visit(reflect.TypeOf(metav1.Status{}))
	visit(reflect.TypeOf(metav1.DeleteOptions{}))
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	_ = encoder.Encode(out)
}
