// Writes, as JSON, the descriptions that the API server publishes with its schemas. They stand as comments in the Go
// sources of the k8s.io modules; this program reads them by the rules of kube-openapi (pkg/generators/openapi.go
// generateDescription, enum.go) for every schema that an explained resource reaches.
//
//	cd scripts/go-types && go mod tidy && go run ./descriptions ../../src/kubernetes/api/structure/v1.36.json \
//	    > ../../src/kubectl/explain/descriptions-v1.36.json
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"sort"
	"strings"
)

// A schema of the structure file, as far as this program looks at it.
type schema struct {
	Ref        string             `json:"$ref"`
	Items      *schema            `json:"items"`
	Additional *schema            `json:"additionalProperties"`
	Properties map[string]*schema `json:"properties"`
	Enum       []string           `json:"enum"`
	Kinds      []struct {
		Group, Version, Kind string
	} `json:"x-kubernetes-group-version-kind"`
}

type structure struct {
	Resources []struct{ GroupVersion, Kind string }
	Schemas   map[string]*schema
}

// What is printed: texts once each, and for every schema the number of its own text (-1: none) and those of its fields.
type output struct {
	Texts   []string       `json:"texts"`
	Schemas map[string]row `json:"schemas"`
}

type row struct {
	Own    int            `json:"own"`
	Fields map[string]int `json:"fields,omitempty"`
}

var (
	published structure
	out       = output{Schemas: map[string]row{}}
	numbers   = map[string]int{}
)

func main() {
	source, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = json.Unmarshal(source, &published)
	}
	if err != nil {
		log.Fatal(err)
	}
	served := map[string]bool{}
	for _, resource := range published.Resources {
		served[resource.GroupVersion+"/"+resource.Kind] = true
	}
	for _, id := range sortedKeys(published.Schemas) {
		readPackage(packageOf(id))
	}
	for _, resolve := range pending {
		resolve()
	}
	for _, id := range sortedKeys(published.Schemas) {
		for _, kind := range published.Schemas[id].Kinds {
			if served[strings.TrimPrefix(kind.Group+"/"+kind.Version+"/"+kind.Kind, "/")] {
				describe(id)
			}
		}
	}
	write()
}

// `io.k8s.api.core.v1.Pod` → `k8s.io/api/core/v1`.
func packageOf(id string) string {
	path := id[:strings.LastIndex(id, ".")]
	return "k8s.io/" + strings.ReplaceAll(strings.TrimPrefix(path, "io.k8s."), ".", "/")
}

func describe(id string) {
	if _, done := out.Schemas[id]; done {
		return
	}
	name := packageOf(id) + id[strings.LastIndex(id, "."):]
	found := declarations[name]
	if found == nil {
		log.Fatalf("no type %s for the schema %s", name, id)
	}
	this := row{Own: number(description(found.comment)), Fields: map[string]int{}}
	out.Schemas[id] = this
	comments := members(name)
	for _, field := range sortedKeys(published.Schemas[id].Properties) {
		property := published.Schemas[id].Properties[field]
		member, ok := comments[field]
		if !ok {
			log.Fatalf("no field %s in %s", field, name)
		}
		lines := append([]string{}, member.comment...)
		if enum := enums[member.typeName]; enum != nil {
			lines = append(lines, enum.lines()...)
			if fmt.Sprint(enum.sortedValues()) != fmt.Sprint(property.Enum) {
				log.Printf("%s.%s: values %v, published %v", name, field, enum.sortedValues(), property.Enum)
			}
		} else if property.Enum != nil {
			log.Printf("%s.%s: published values %v, none found", name, field, property.Enum)
		}
		if text := description(lines); text != "" {
			this.Fields[field] = number(text)
		}
		follow(property)
	}
}

func follow(property *schema) {
	if property == nil {
		return
	}
	if property.Ref != "" {
		describe(property.Ref)
	}
	follow(property.Items)
	follow(property.Additional)
}

func number(text string) int {
	if text == "" {
		return -1
	}
	if _, known := numbers[text]; !known {
		numbers[text] = len(out.Texts)
		out.Texts = append(out.Texts, text)
	}
	return numbers[text]
}

// One text and one schema a line, so that an update is a readable difference.
func write() {
	var b bytes.Buffer
	b.WriteString("{\"texts\":[")
	for i, text := range out.Texts {
		b.WriteString(separator(i) + compact(text))
	}
	b.WriteString("\n],\"schemas\":{")
	for i, id := range sortedKeys(out.Schemas) {
		b.WriteString(separator(i) + compact(id) + ":" + compact(out.Schemas[id]))
	}
	b.WriteString("\n}}\n")
	os.Stdout.Write(b.Bytes())
}

func separator(i int) string {
	if i == 0 {
		return "\n"
	}
	return ",\n"
}

func compact(value any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		log.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func sortedKeys[V any](table map[string]V) []string {
	keys := make([]string, 0, len(table))
	for key := range table {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
