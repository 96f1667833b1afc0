import { describe, expect, it } from 'vitest';
import { goTemplate } from '@/kubectl/output/go-template';
import { cluster } from '../run';

const data = {
  kind: 'Pod',
  metadata: { name: 'web', labels: { app: 'web', tier: 'front' } },
  spec: { replicas: 3, containers: [{ name: 'c', image: 'nginx' }] },
};

// Upstream: text/template/exec.go, funcs.go.
describe('what a Go template writes', () => {
  it.each([
    [
      '{{.zz}} {{.zz.y}} {{index .metadata "zz"}} {{html .zz}} {{print .zz}}',
      '<no value> <no value> <no value> &lt;no value&gt; <nil>',
    ],
    ['{{range 3}}{{.}}{{end}} {{range $i := .spec.replicas}}{{$i}}{{end}}', '012 012'],
    ['{{range 4}}{{if eq . 1}}{{continue}}{{end}}{{if eq . 3}}{{break}}{{end}}{{.}}{{end}}', '02'],
    ['{{range $k, $v := .metadata.labels}}{{$k}}={{$v}};{{end}}', 'app=web;tier=front;'],
    ['{{define "T"}}[{{.}}]{{end}}{{template "T" .kind}}{{block "B" 1}}<{{.}}>{{end}}', '[Pod]<1>'],
    ['{{with .zz}}a{{else with .kind}}{{.}}{{end}}{{if .zz}}a{{else if .kind}}b{{end}}', 'Podb'],
    ['{{html "<a>"}} {{js "<a=\\"b\\">"}} {{urlquery "a b&c/"}}', '&lt;a&gt; \\u003Ca\\u003D\\"b\\"\\u003E a+b%26c%2F'],
    ['{{slice "abcdef" 1 3}} {{len "é"}} {{index "a" 0}} {{.kind | len}}', 'bc 2 97 3'],
    [
      '{{eq 1 2 1}} {{ne 1 2}} {{lt "a" "b"}} {{ge 2 3}} {{not ""}} {{and 1 0}} {{or 0 "x"}}',
      'true true true false true 0 x',
    ],
    ['{{printf "%d %T|%5d|%-4s|%05d|%x" .spec.replicas .spec.replicas 3 "a" 42 255}}', '3 int64|    3|a   |00042|ff'],
    ['{{printf "%d" "x"}} {{printf "%q"}} {{printf "x" 1}}', '%!d(string=x) %!q(MISSING) x%!(EXTRA int=1)'],
    ['{{print 1 2 "a" "b" 3}} {{1e3}} {{0x1F}} {{0.00001}}', '1 2ab3 1000 31 1e-05'],
    ['{{(index .spec.containers 0).name}} {{exists .spec "zz"}} {{base64decode "YWI="}}', 'c false ab'],
    ['a {{- 3 -}} b {{- /* c */ -}} c', 'a3bc'],
    ['{{$x := 1}}{{range 2}}{{$x = .}}{{end}}{{$x}}', '1'],
  ])('%s', (template, text) => {
    expect(goTemplate(template, data)).toBe(text);
  });
});

// Upstream: text/template/exec.go `errorf`.
describe('why a Go template stops', () => {
  it.each([
    [
      '{{index .spec 0}}',
      '2: executing "output" at <index .spec 0>: error calling index: value has type int; should be string',
    ],
    [
      '{{index .spec.containers 7}}',
      '2: executing "output" at <index .spec.containers 7>: error calling index: index out of range: 7',
    ],
    ['{{len .spec.replicas}}', '2: executing "output" at <len .spec.replicas>: error calling len: len of type int64'],
    [
      '{{len .zz}}',
      '2: executing "output" at <len .zz>: error calling len: reflect: call of reflect.Value.Type on zero Value',
    ],
    [
      '{{lt 1 "a"}}',
      '2: executing "output" at <lt 1 "a">: error calling lt: incompatible types for comparison: int and string',
    ],
    [
      '{{slice "abc" 2 1}}',
      '2: executing "output" at <slice "abc" 2 1>: error calling slice: invalid slice index: 2 > 1',
    ],
    [
      '{{base64decode "YWJ"}}',
      '2: executing "output" at <base64decode "YWJ">: error calling base64decode: base64 decode failed: illegal base64 data at input byte 0',
    ],
    [
      '{{base64decode .spec.replicas}}',
      '20: executing "output" at <.spec.replicas>: wrong type for value; expected string; got int64',
    ],
    [
      '{{.spec.containers.name}}',
      '7: executing "output" at <.spec.containers.name>: can\'t evaluate field name in type interface {}',
    ],
    ['{{with .kind}}{{.y}}{{end}}', '16: executing "output" at <.y>: can\'t evaluate field y in type string'],
    ['{{range .kind}}{{end}}', '8: executing "output" at <.kind>: range can\'t iterate over Pod'],
    ['{{template "Q"}}', '11: executing "output" at <{{template "Q"}}>: template "Q" not defined'],
    ['{{define "T"}}{{.y}}{{end}}{{template "T" 1}}', '16: executing "T" at <.y>: can\'t evaluate field y in type int'],
    ['{{nil}}', '2: executing "output" at <nil>: nil is not a command'],
    ['{{.kind "x"}}', '2: executing "output" at <.kind>: kind is not a method but has arguments'],
    ['{{index}}', '2: executing "output" at <index>: wrong number of args for index: want at least 1 got 0'],
    ['{{not 1 2}}', '2: executing "output" at <not>: wrong number of args for not: want 1 got 2'],
    ['{{call .kind}}', '2: executing "output" at <call .kind>: error calling call: non-function .kind of type string'],
  ])('%s', (template, message) => {
    expect(() => goTemplate(template, data)).toThrow(new Error(`template: output:1:${message}`));
  });

  it('counts lines', () => {
    expect(() => goTemplate('a\n  {{index .kind 9}}', data)).toThrow(
      'template: output:2:4: executing "output" at <index .kind 9>: error calling index: index out of range: 9',
    );
  });
});

// Upstream: text/template/parse/parse.go, lex.go.
describe('what is no Go template', () => {
  it.each([
    ['{{', 'unclosed action'],
    ['{{.kind}', "bad character U+007D '}'"],
    ['{{if}}', 'missing value for if'],
    ['{{if .x}}', 'unexpected EOF'],
    ['{{.a | 3}}', 'non executable command in pipeline stage 2'],
    ['{{"x', 'unterminated quoted string'],
    ['{{"x\\q"}}', 'invalid syntax'],
    ['{{foo}}', 'function "foo" not defined'],
    ['{{$x}}', 'undefined variable "$x"'],
    ['{{end}}', 'unexpected {{end}}'],
    ['{{else}}', 'unexpected {{else}}'],
    ['{{break}}', '{{break}} outside {{range}}'],
    ['{{range $a, $b, $c := .x}}{{end}}', 'too many declarations in range'],
    ['{{define "T"}}a{{end}}{{define "T"}}b{{end}}', 'template: multiple definition of template "T"'],
    ['{{template}}', 'unexpected "}}" in template clause'],
    ['{{(.kind}}', 'unclosed left paren'],
    ['{{08}}', 'integer overflow: "08"'],
  ])('%s', (template, message) => {
    expect(() => goTemplate(template, data)).toThrow(new Error(`template: output:1: ${message}`));
  });
});

// Upstream: cli-runtime/pkg/printers/template.go `PrintObj`.
describe('kubectl get -o go-template', () => {
  const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: "1"\n';

  it('prints what was written, the template and the object before the error', () => {
    const { stdout, stderr, code } = cluster(manifest)([
      'get',
      'cm',
      'c',
      '-o',
      'go-template={{.kind}} {{index .data 0}}',
    ]);
    const failure =
      'template: output:1:12: executing "output" at <index .data 0>: error calling index: value has type int; should be string';
    expect(stdout).toContain(
      `ConfigMap Error executing template: ${failure}. Printing more information for debugging the template:\n` +
        '\ttemplate was:\n\t\t{{.kind}} {{index .data 0}}\n\traw data was:\n\t\t{"apiVersion":"v1","data":{"a":"1"},"kind":"ConfigMap",',
    );
    expect(stdout).toContain(
      '\n\tobject given to template engine was:\n\t\tmap[apiVersion:v1 data:map[a:1] kind:ConfigMap ',
    );
    expect(stderr).toBe(`error: error executing template "{{.kind}} {{index .data 0}}": ${failure}\n`);
    expect(code).toBe(1);
  });

  it('says which key is missing when keys may not be missing', () => {
    const { stderr } = cluster(manifest)([
      'get',
      'cm',
      'c',
      '-o',
      'go-template={{.zz}}',
      '--allow-missing-template-keys=false',
    ]);
    expect(stderr).toBe(
      'error: error executing template "{{.zz}}": template: output:1:2: executing "output" at <.zz>: map has no entry for key "zz"\n',
    );
  });

  it('ends what would never end', () => {
    const run = (template: string) => cluster(manifest)(['get', 'cm', 'c', '-o', `go-template=${template}`]).stderr;
    expect(run('{{define "R"}}{{template "R"}}{{end}}{{template "R"}}')).toContain(
      'exceeded maximum template depth (100000)',
    );
    expect(run('{{range 999999999}}{{end}}')).toContain('more than 1000000 steps are not simulated');
  });
});
