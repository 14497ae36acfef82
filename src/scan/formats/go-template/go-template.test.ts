/** Templates and functions do what the documentation of text/template and of sprig says, and hostile ones end. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readYaml } from "../yaml/read-yaml.ts";
import { renderTemplate } from "./evaluate.ts";
import type { Rendered } from "./output.ts";
import { parseTemplate } from "./parse-template.ts";
import { roomOf, TemplateOverrun, type TemplateProblem } from "./room.ts";
import { templateFunctions } from "./template-functions.ts";
import { textOfFile } from "./traced-text.ts";
import { dict, valueOfNode, withGaps } from "./value.ts";

const values = `a: hi
num: 8
big: 1000000
f: 1.5
t: true
z: false
e: ""
l: [c, a, b, a]
m: {x: 1, yy: two, z: {q: deep, w: false}}
m2: {x: 9, k: new, z: {q: over, r: more}}
em: {}
el: []
multi: "line1\\nline2\\n"
`;

interface Result {
  readonly text: string;
  readonly rendered: Rendered;
  readonly problems: readonly TemplateProblem[];
}

function render(text: string, given = values): Result {
  const parsed = parseTemplate(text);
  assert.ok("body" in parsed, "message" in parsed ? parsed.message : "");
  const room = roomOf();
  const source = textOfFile({ path: "t.yaml", text });
  const templates = new Map([...parsed.defined].map(([name, body]) => [name, { body, source }]));
  const { documents } = readYaml({ path: "values.yaml", text: given });
  const dot = dict([["Values", valueOfNode(documents[0]?.node, room.unknowns)]]);
  const set = { templates, functions: templateFunctions, room };
  const rendered = renderTemplate(set, { body: parsed.body, source }, dot);
  return { text: withGaps(rendered.text), rendered, problems: room.problems };
}

type Table = readonly (readonly [template: string, expected: string])[];

function check(table: Table): void {
  for (const [template, expected] of table) {
    const { text, problems } = render(template);
    assert.deepEqual([text, problems.map(({ message }) => message)], [expected, []], template);
  }
}

describe("text/template", () => {
  test("one-line templates of its documentation", () => {
    check(
      [
        '{{"\\"output\\""}}',
        '{{`"output"`}}',
        '{{printf "%q" "output"}}',
        '{{"output" | printf "%q"}}',
        '{{printf "%q" (print "out" "put")}}',
        '{{"put" | printf "%s%s" "out" | printf "%q"}}',
        '{{"output" | printf "%s" | printf "%q"}}',
        '{{with "output"}}{{printf "%q" .}}{{end}}',
        '{{with $x := "output" | printf "%q"}}{{$x}}{{end}}',
        '{{with $x := "output"}}{{printf "%q" $x}}{{end}}',
        '{{with $x := "output"}}{{$x | printf "%q"}}{{end}}',
      ].map((template) => [template, '"output"'] as const),
    );
  });

  test("actions, variables and templates", () => {
    check([
      ["{{23 -}} < {{- 45}}", "23<45"],
      ['a  {{- "x" -}}  b\n\n  {{- /* c */ -}}\n  c {{/* d\ne */}}e', "axbc e"],
      ["{{- if true }}\n z\n{{- end }}\n", "\n z\n"],
      ["{{if .Values.z}}T{{else if .Values.e}}E{{else}}F{{end}}", "F"],
      ["{{with .Values.em}}x{{else with .Values.m}}{{.x}}{{end}}", "1"],
      ["{{range $k, $v := .Values.m}}{{$k}}={{$v}};{{end}}", "x=1;yy=two;z=map[q:deep w:false];"],
      ["{{range $i, $e := .Values.l}}{{$i}}{{$e}}{{end}}{{range .Values.el}}x{{else}}empty{{end}}", "0c1a2b3aempty"],
      ["{{range $i := until 5}}{{if eq $i 3}}{{break}}{{end}}{{if eq $i 1}}{{continue}}{{end}}{{$i}}{{end}}", "02"],
      ["{{range 3}}{{.}}{{end}}", "012"],
      ["{{$x := 1}}{{if true}}{{$x = 2}}{{$x := 3}}{{end}}{{$x}}", "2"],
      ['{{define "T1"}}ONE{{end}}{{define "T3"}}{{template "T1"}} {{.}}{{end}}{{template "T3" 2}}', "ONE 2"],
      ['{{block "b" .Values}}{{.a}}{{end}}', "hi"],
      ["{{(.Values.m).yy}} {{($).Values.a}} {{$.Values.m.z.q}}", "two hi deep"],
      [
        "{{0x1F}} {{1e3}} {{1_000}} {{-5}} {{0b11}} {{017}} {{'a'}} {{.5}} {{0.00001}}",
        "31 1000 1000 -5 3 15 97 0.5 1e-05",
      ],
      ["{{.Values.none}}|{{.Values.big}} {{.Values.f}} {{.Values.l}} {{.Values.em}}", "|1e+06 1.5 [c a b a] map[]"],
    ]);
  });

  test("its functions", () => {
    check([
      ['{{and true 1 0}} {{or 0 "" "x"}} {{not 0}} {{and .Values.none .Values.none.x}}|', "0 x true |"],
      [
        '{{eq "a" "b" "a"}} {{ne 1 2}} {{lt 1 2}} {{le 2 2}} {{gt "b" "a"}} {{ge 1 2}}',
        "true true true true true false",
      ],
      ['{{len "héy"}} {{index .Values.m "z" "q"}} {{index .Values.l 0}} {{slice .Values.l 1 3}}', "4 deep c [a b]"],
      [
        '{{printf "%d %05d %x %X %c %t %.2f %5s|%-5s| %+d %%" 5 42 255 "hi" 65 true 3.14159 "ab" "cd" 7}}',
        "5 00042 ff 6869 A true 3.14    ab|cd   | +7 %",
      ],
      [
        '{{printf "%s" 5}} {{printf "%s"}} {{printf "a" 1}} {{printf "%T" 1.5}}',
        "%!s(int=5) %!s(MISSING) a%!(EXTRA int=1) float64",
      ],
      ['{{print "a" 1 2 "b"}} {{println "x" 1}}', "a1 2b x 1\n"],
      ['{{html "<a>&"}} {{js "it\'s"}} {{urlquery "a b&c/é"}}', "&lt;a&gt;&amp; it\\'s a+b%26c%2F%C3%A9"],
    ]);
  });

  test("what is no template is a fault with its place", () => {
    const faults = [
      "{{ if }}{{ end }}",
      "{{ end }}",
      "a {{ if true }}",
      '{{ "abc }}',
      "{{ (1 }}",
      "{{ break }}",
      "{{ $a, $b := 1 }}",
      "{{ 1 | }}",
      "{{ if 1 }}{{ else }}{{ else }}{{ end }}",
      "{{ /* open",
      "{{ # }}",
      "{{".repeat(50),
    ];
    for (const text of faults) assert.ok("message" in parseTemplate(text), text);
    assert.ok("message" in parseTemplate(`${"{{ if 1 }}".repeat(5000)}${"{{ end }}".repeat(5000)}`));
    assert.ok("message" in parseTemplate(`{{ ${"(".repeat(5000)}1${")".repeat(5000)} }}`));
  });
});

describe("sprig", () => {
  test("texts", () => {
    check([
      [
        '{{trim "  hello  "}} {{trimAll "$" "$5.00"}} {{trimSuffix "-" "hello-"}} {{trimPrefix "-" "-hello"}}',
        "hello 5.00 hello hello",
      ],
      [
        '{{upper "hello"}} {{title "hello world"}} {{untitle "Hello World"}} {{repeat 3 "hello"}}',
        "HELLO Hello World hello world hellohellohello",
      ],
      [
        '{{substr 0 5 "hello world"}} {{nospace "hello w o r l d"}} {{trunc 5 "hello world"}} {{trunc -5 "hello world"}}',
        "hello helloworld hello world",
      ],
      [
        '{{abbrev 5 "hello world"}} {{abbrevboth 5 10 "1234 5678 9123"}} {{initials "First Try"}}',
        "he... ...5678... FT",
      ],
      [
        '{{contains "cat" "catch"}} {{hasPrefix "cat" "catch"}} {{cat "hello" "beautiful" "world"}}',
        "true true hello beautiful world",
      ],
      ['{{indent 4 "a\\nb"}}|{{nindent 2 "a\\nb"}}', "    a\n    b|\n  a\n  b"],
      ['{{"I Am Henry VIII" | replace " " "-"}} {{len .Values.l | plural "one" "many"}}', "I-Am-Henry-VIII many"],
      [
        '{{snakecase "FirstName"}} {{camelcase "http_server"}} {{kebabcase "FirstName"}} {{swapcase "This Is A.Test"}}',
        "first_name HttpServer first-name tHIS iS a.tEST",
      ],
      ['{{quote "a\\"b" 1 .Values.none}} {{squote "x" .Values.num}}', '"a\\"b" "1" \'x\' \'8\''],
      [
        '{{regexMatch "^a.*z$" "abcz"}} {{regexFindAll "[2468]" "123456789" -1}} {{regexFind "[a-zA-Z][1-9]" "abcd1234"}}',
        "true [2 4 6 8] d1",
      ],
      [
        '{{regexReplaceAll "a(x*)b" "-ab-axxb-" "$1-"}} {{regexReplaceAllLiteral "a(x*)b" "-ab-axxb-" "$1"}} {{regexSplit "z+" "pizza" -1}}',
        "---xx-- -$1-$1- [pi a]",
      ],
      [
        '{{splitList "$" "foo$bar$baz"}} {{(split "$" "foo$bar")._0}} {{(splitn "$" 2 "foo$bar$baz")._1}} {{join "_" .Values.l}}',
        "[foo bar baz] foo bar$baz c_a_b_a",
      ],
    ]);
  });

  test("lists and dicts", () => {
    check([
      ["{{first .Values.l}} {{rest .Values.l}} {{last .Values.l}} {{initial .Values.l}}", "c [a b a] a [c a b]"],
      [
        "{{append (list 1) 2}} {{prepend (list 1) 0}} {{concat (list 1) (list 2 3)}} {{reverse (list 1 2)}}",
        "[1 2] [0 1] [1 2 3] [2 1]",
      ],
      [
        '{{uniq .Values.l}} {{without .Values.l "a"}} {{has "b" .Values.l}} {{compact (list 1 "" 0)}} {{chunk 2 (list 1 2 3)}}',
        "[c a b] [c b] true [1] [[1 2] [3]]",
      ],
      [
        "{{until 3}} {{untilStep 3 6 2}} {{seq 5}} {{seq 2 -2 -2}} {{sortAlpha .Values.l}}",
        "[0 1 2] [3 5] 1 2 3 4 5 2 0 -2 [a a b c]",
      ],
      [
        '{{$d := dict "a" 1}}{{$_ := set $d "b" 2}}{{$d}} {{get $d "a"}} {{hasKey $d "c"}} {{unset $d "a"}} {{keys $d}}',
        "map[a:1 b:2] 1 false map[b:2] [b]",
      ],
      [
        '{{pick .Values.m "x"}} {{omit .Values.m "z"}} {{pluck "x" .Values.m .Values.m2}}',
        "map[x:1] map[x:1 yy:two] [1 9]",
      ],
      ['{{dig "z" "q" "no" .Values.m}} {{dig "z" "none" "no" .Values.m}}', "deep no"],
      [
        '{{merge (dict "x" 5) .Values.m2}} {{mergeOverwrite (deepCopy .Values.m) .Values.m2}}',
        "map[k:new x:5 z:map[q:over r:more]] map[k:new x:9 yy:two z:map[q:over r:more w:false]]",
      ],
      [
        '{{default "d" .Values.e}} {{coalesce 0 "" "x"}} {{ternary "a" "b" true}} {{empty .Values.z}} {{all 1 ""}}',
        "d x a true false",
      ],
    ]);
  });

  test("numbers, versions, encodings, kinds and paths", () => {
    check([
      [
        "{{add 1 2 3}} {{sub 5 2}} {{mul 2 3}} {{div 7 2}} {{mod 7 3}} {{max 1 5 3}} {{min 4 2}} {{add1 4}}",
        "6 3 6 3 1 5 2 5",
      ],
      [
        "{{addf 0.1 0.2}} {{divf 10 2 4}} {{maxf 1 2.5}} {{ceil 1.1}} {{floor 1.9}} {{round 123.555555 3}}",
        "0.3 1.25 2.5 2 1 123.556",
      ],
      [
        '{{int "12"}} {{int .Values.big}} {{float64 "1.5"}} {{toDecimal "777"}} {{.Values.big | quote}}',
        '12 1000000 1.5 511 "1e+06"',
      ],
      [
        '{{semverCompare "^1.2.0" "1.2.3"}} {{semverCompare ">= 1.2, < 3.0.0 || >= 4.2.3" "3.5.0"}} {{semverCompare "1.2 - 1.4.5" "1.4.6"}}',
        "true false false",
      ],
      [
        '{{semverCompare ">=1.19" "1.20.0-gke.1"}} {{semverCompare ">=1.19-0" "1.20.0-gke.1"}} {{semverCompare "~1.2.3" "1.2.9"}} {{semverCompare "1.2.x" "1.3.0"}}',
        "false true true false",
      ],
      [
        '{{$v := semver "1.2.3-alpha.1+123"}}{{$v.Minor}} {{$v.Prerelease}} {{semver "1.4.3" | $v.Compare}}',
        "2 alpha.1 -1",
      ],
      [
        '{{b64enc "hello"}} {{b64dec "aGVsbG8="}} {{b32enc "hello"}} {{b32dec "NBSWY3DP"}} {{adler32sum "Hello world!"}}',
        "aGVsbG8= hello NBSWY3DP hello 487130206",
      ],
      [
        '{{kindOf .Values.m}} {{kindIs "slice" .Values.l}} {{typeOf .Values.a}} {{kindOf .Values.num}} {{kindIs "invalid" .Values.none}}',
        "map true string float64 true",
      ],
      [
        '{{base "foo/bar/baz"}} {{dir "foo/bar/baz"}} {{clean "foo/bar/../baz"}} {{ext "foo.bar"}} {{(urlParse "http://a:8080/b?c").host}}',
        "baz foo/bar foo/baz .bar a:8080",
      ],
    ]);
  });

  test("YAML and JSON, written and read", () => {
    check([
      ["{{toYaml .Values.m}}", "x: 1\nyy: two\nz:\n  q: deep\n  w: false"],
      [
        '{{toYaml (list (list 1 2) (dict "a" .Values.multi) "yes" "a: b" .Values.em)}}',
        "- - 1\n  - 2\n- a: |\n    line1\n    line2\n- \"yes\"\n- 'a: b'\n- {}",
      ],
      [
        '{{toJson .Values.m}} {{toRawJson "<"}} {{toJson "<"}}',
        '{"x":1,"yy":"two","z":{"q":"deep","w":false}} "<" "\\u003c"',
      ],
      [
        '{{fromYaml "a: [1, x]"}} {{fromJson "{\\"a\\": null}"}} {{fromYamlArray "- a"}} {{empty (fromYaml "[").Error}}',
        "map[a:[1 x]] map[a:<nil>] [a] false",
      ],
      ["{{toToml .Values.m2}}", 'k = "new"\nx = 9.0\n\n[z]\nq = "over"\nr = "more"\n'],
    ]);
  });
});

test("helm: include, tpl, required, fail, lookup", () => {
  check([
    ['{{define "t"}}[{{.x}}]{{end}}{{include "t" .Values.m | upper}}{{tpl "{{ .Values.a }}!" .}}', "[1]hi!"],
    ['{{required "need" .Values.a}}{{if lookup "v1" "Secret" "n" "x"}}found{{end}}', "hi"],
  ]);
  const { text, problems } = render('{{required "needs none" .Values.none}}|{{fail "stop"}}|{{.Values.a}}');
  assert.equal(text, `$${"{...}"}||hi`);
  assert.deepEqual(
    problems.map(({ is, message }) => [is, message]),
    [
      ["needed", "needs none"],
      ["needed", "stop"],
    ],
  );
});

test("what fails or is unknown goes on as something unknown", () => {
  const gap = `$${"{...}"}`;
  const cases: readonly (readonly [template: string, text: string, problems: number])[] = [
    ["{{nofunc 1}} {{.Values.a}}", `${gap} hi`, 1],
    ["k: {{.Values.m.x.y}}", `k: ${gap}`, 1],
    ["{{.Values.none.x.y}}|{{if .Values.none.x}}a{{else}}b{{end}}", `${gap}|b`, 0],
    ['{{include "none" .}}', `${gap}: ${gap}`, 1],
    [
      '{{randAlphaNum 5 | trunc 3 | quote}} {{b64enc (randAlphaNum 5)}} {{now | date "2006"}}',
      `"${gap}" ${gap} ${gap}`,
      0,
    ],
    ['{{$c := genCA "x" 1}}{{$c.Cert | upper}}{{if eq $c.Key "x"}}then{{end}}', `${gap}then`, 0],
    ['{{range uuidv4}}{{.}}{{end}}{{range "text"}}x{{end}}', gap, 1],
    ["a:{{uuidv4 | nindent 2}}", `a:\n  ${gap}: ${gap}`, 0],
  ];
  for (const [template, text, problems] of cases) {
    const result = render(template);
    assert.deepEqual([result.text, result.problems.length], [text, problems], template);
  }
});

test("every letter knows the template and the value behind it", () => {
  const template =
    'x: {{ .Values.a | quote }}\n{{- define "h" }}{{ .yy }}-{{ .x }}{{ end }}\ny: {{ include "h" .Values.m }}\nz: {{- toYaml .Values.m.z | nindent 2 }}\n';
  const { rendered } = render(template);
  const textOf = (mark: Rendered["places"][number] | undefined) =>
    mark?.from.file.text.slice(mark.from.start, mark.from.end);
  const at = (word: string, marks: Rendered["places"]) => {
    const offset = rendered.text.indexOf(word);
    return textOf(marks.find(({ start, end }) => start <= offset && offset < end));
  };
  assert.deepEqual(
    ["hi", "two", "1", "deep"].map((word) => [at(word, rendered.places), at(word, rendered.origins)]),
    [
      ["{{ .Values.a | quote }}", "hi"],
      ['{{ include "h" .Values.m }}', "two"],
      ['{{ include "h" .Values.m }}', "1"],
      ["{{- toYaml .Values.m.z | nindent 2 }}", "deep"],
    ],
  );
  assert.equal(at("-1", rendered.origins), "-");
});

test("hostile templates end", () => {
  const endless = [
    '{{define "a"}}{{include "a" .}}{{end}}{{include "a" .}}',
    '{{define "a"}}{{template "a" .}}{{template "a" .}}{{end}}{{template "a" .}}',
    "{{range until 100000}}{{range until 100000}}x{{end}}{{end}}",
    '{{$x := "aaaaaaaa"}}{{range until 60}}{{$x = print $x $x}}{{end}}',
    '{{repeat 1000000000 "x"}}',
    "{{until 1000000000}}",
    "{{$l := list 1}}{{range until 60}}{{$l = concat $l $l}}{{end}}",
    '{{$x := "{{ tpl . . }}"}}{{tpl $x $x}}',
    '{{regexMatch "(a+)+$" (repeat 100000 "a")}}{{range until 10000}}{{regexMatch "(a|a)*b" (repeat 10000 "a")}}{{end}}',
  ];
  for (const template of endless) {
    assert.throws(() => render(template), TemplateOverrun, template);
  }
  const circle = render(
    '{{$d := dict}}{{$_ := set $d "self" $d}}{{toYaml $d | len}}{{toJson $d | len}}{{$d | toString | len}}',
  );
  assert.equal(circle.problems.length, 0);
  for (const template of [
    '{{printf "%999999999d" 1 | len}}',
    '{{indent 999999999 "a" | len}}',
    "{{div 1 0}}",
    "{{untilStep 0 9 0}}",
  ])
    render(template);
});
