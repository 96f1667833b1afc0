package main

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
)

// Turns the lines of a comment into a description: paragraphs stay, lines of a paragraph are joined, indented lines
// keep lines of their own; markers, TODOs and all after `---` are left out.
func description(lines []string) string {
	text := ""
	unended := func() string {
		if text == "" {
			return ""
		}
		return text[:len(text)-1]
	}
	for _, line := range lines {
		if line == "---" {
			break
		}
		line = strings.TrimRight(line, " ")
		start := strings.TrimLeft(line, " ")
		if line == "" {
			text = unended() + "\n\n"
		} else if strings.HasPrefix(start, "TODO") || strings.HasPrefix(start, "+") {
			continue
		} else if line[0] == ' ' || line[0] == '\t' {
			text = unended() + "\n" + line + "\n"
		} else {
			text += line + " "
		}
	}
	return strings.TrimSpace(text)
}

func hasMarker(comment []string, name string) bool {
	for _, line := range comment {
		line = strings.TrimSpace(line)
		if line == "+"+name || strings.HasPrefix(line, "+"+name+"=") {
			return true
		}
	}
	return false
}

// A type of named strings whose comment says `+enum`, with its constants.
type enum struct{ values []enumValue }

type enumValue struct{ name, value, comment string }

// Of two constants with one value the longer comment counts.
func (e *enum) add(value enumValue) {
	for i, known := range e.values {
		if known.value == value.value {
			longer := len(value.comment) - len(known.comment)
			if longer > 0 || longer == 0 && known.comment > value.comment {
				e.values[i] = value
			}
			return
		}
	}
	e.values = append(e.values, value)
}

func (e *enum) sortedValues() []string {
	values := []string{}
	for _, one := range e.values {
		values = append(values, one.value)
	}
	sort.Strings(values)
	return values
}

var spaces = regexp.MustCompile(`\s+`)

// What is added to the comment of a field of this type.
func (e *enum) lines() []string {
	lines := []string{}
	for _, one := range e.values {
		comment := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(one.comment), one.name))
		lines = append(lines, fmt.Sprintf(" - `%q` %s", one.value, spaces.ReplaceAllString(comment, " ")))
	}
	if len(lines) == 0 {
		return nil
	}
	sort.Strings(lines)
	return append([]string{"", "Possible enum values:"}, lines...)
}
