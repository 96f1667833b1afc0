package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
)

// A type of a Go package. Names are written `k8s.io/api/core/v1.Pod`.
type declaration struct {
	comment []string
	fields  []field
	// The type it stands for, where it is no struct: "string" or another name.
	behind string
}

type field struct {
	name, json string
	embedded   bool
	// The type without pointers; lists and maps have none.
	typeName string
	comment  []string
}

var (
	declarations = map[string]*declaration{}
	enums        = map[string]*enum{}
	packages     = map[string]bool{}
	// Constants by name, and those whose value is another constant, read later.
	constants = map[string]string{}
	pending   = []func(){}
)

type reader struct {
	path    string
	set     *token.FileSet
	ending  map[int]*ast.CommentGroup // comments of the file at hand, by their last line
	imports map[string]string
}

// Reads the types and constants of a package, once.
func readPackage(path string) {
	if packages[path] {
		return
	}
	packages[path] = true
	folder, err := exec.Command("go", "list", "-f", "{{.Dir}}", path).Output()
	if err != nil {
		log.Fatalf("go list %s: %v", path, err)
	}
	names, _ := filepath.Glob(filepath.Join(strings.TrimSpace(string(folder)), "*.go"))
	files := []*ast.File{}
	readers := []*reader{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.ParseComments)
		if err != nil {
			log.Fatal(err)
		}
		this := &reader{path, set, map[int]*ast.CommentGroup{}, map[string]string{}}
		for _, group := range file.Comments {
			this.ending[set.Position(group.End()).Line] = group
		}
		for _, one := range file.Imports {
			target, _ := strconv.Unquote(one.Path.Value)
			alias := filepath.Base(target)
			if one.Name != nil {
				alias = one.Name.Name
			}
			this.imports[alias] = target
		}
		files, readers = append(files, file), append(readers, this)
	}
	// Types first: a constant may stand in a file before its type's.
	for i, file := range files {
		readers[i].each(file, token.TYPE, readers[i].readType)
	}
	for i, file := range files {
		readers[i].each(file, token.CONST, readers[i].readConstant)
	}
}

func (r *reader) each(file *ast.File, kind token.Token, read func(ast.Spec)) {
	for _, one := range file.Decls {
		if group, ok := one.(*ast.GenDecl); ok && group.Tok == kind {
			for _, spec := range group.Specs {
				read(spec)
			}
		}
	}
}

// The comment that ends on the line before: what gengo takes for a declaration's own.
func (r *reader) commentBefore(pos token.Pos) []string {
	text := r.ending[r.set.Position(pos).Line-1].Text() // no comment has no text
	return strings.Split(strings.TrimRight(text, "\n"), "\n")
}

func (r *reader) readType(spec ast.Spec) {
	this := spec.(*ast.TypeSpec)
	name := r.path + "." + this.Name.Name
	found := &declaration{comment: r.commentBefore(this.Name.Pos())}
	declarations[name] = found
	object, isStruct := this.Type.(*ast.StructType)
	if !isStruct {
		found.behind = r.typeName(this.Type)
		if found.behind == "string" && hasMarker(found.comment, "enum") {
			enums[name] = &enum{}
		}
		return
	}
	for _, one := range object.Fields.List {
		tag := ""
		if one.Tag != nil {
			text, _ := strconv.Unquote(one.Tag.Value)
			tag = strings.Split(reflect.StructTag(text).Get("json"), ",")[0]
		}
		typeName, comment := r.typeName(one.Type), r.commentBefore(one.Pos())
		if len(one.Names) == 0 {
			found.fields = append(found.fields, field{typeName, tag, tag == "", typeName, comment})
		}
		for _, name := range one.Names {
			found.fields = append(found.fields, field{name.Name, tag, false, typeName, comment})
		}
	}
}

func (r *reader) readConstant(spec ast.Spec) {
	this := spec.(*ast.ValueSpec)
	declared := enums[r.typeName(this.Type)]
	for i, name := range this.Names {
		if i >= len(this.Values) {
			break
		}
		target, value := declared, this.Values[i]
		// `const X = Kind("x")` has a type, too.
		if call, ok := value.(*ast.CallExpr); ok && len(call.Args) == 1 {
			target, value = enums[r.typeName(call.Fun)], call.Args[0]
		}
		comment := strings.Join(r.commentBefore(name.Pos()), " ")
		if literal, ok := value.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			text, _ := strconv.Unquote(literal.Value)
			constants[r.path+"."+name.Name] = text
			if target != nil {
				target.add(enumValue{name.Name, text, comment})
			}
		} else if other := r.typeName(value); target != nil && other != "" {
			pending = append(pending, func() {
				if text, known := constants[other]; known {
					target.add(enumValue{name.Name, text, comment})
				}
			})
		}
	}
}

func (r *reader) typeName(expression ast.Expr) string {
	switch this := expression.(type) {
	case *ast.StarExpr:
		return r.typeName(this.X)
	case *ast.Ident:
		if this.Name == "string" || !this.IsExported() {
			return this.Name
		}
		return r.path + "." + this.Name
	case *ast.SelectorExpr:
		if from, ok := this.X.(*ast.Ident); ok {
			return r.imports[from.Name] + "." + this.Sel.Name
		}
	}
	return ""
}

// The fields of a struct by their JSON names, those of embedded structs among them.
func members(name string) map[string]field {
	all := map[string]field{}
	found := declarations[name]
	if found == nil {
		return all
	}
	if found.behind != "" {
		return members(found.behind)
	}
	for _, one := range found.fields {
		if one.embedded {
			for key, inner := range members(one.typeName) {
				if _, taken := all[key]; !taken {
					all[key] = inner
				}
			}
		} else if one.json != "-" {
			key := one.json
			if key == "" {
				key = one.name
			}
			all[key] = one
		}
	}
	return all
}
