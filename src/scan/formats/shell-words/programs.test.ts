/** Scripts come apart into the programs that they run, and no text is too odd for that. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { programsOf } from "./programs.ts";
import { readShell } from "./read-shell.ts";

/** `NAME=value <starter> program words | programs before the pipe`. */
function told(script: string): readonly string[] {
  return programsOf(readShell(script)).map(({ name, words, startedBy, variables, command }) =>
    [
      ...variables.map((variable) => `${variable.name}=${variable.value}`),
      ...startedBy.map((one) => `<${one}>`),
      name,
      ...words.map(({ text }) => text),
      ...(command.pipedFrom ? ["|", command.pipedFrom.words[0]?.text ?? ""] : []),
    ].join(" "),
  );
}

const cases: readonly (readonly [string, readonly string[]])[] = [
  ["a && b || c; d & e\nf", ["a", "b", "c", "d", "e", "f"]],
  ["A=1 B='x y' make all", ["A=1 B=x y make all"]],
  ["echo 'a'\"b\"c\\ d # e", ["echo abc d"]],
  ["make 2>&1 >/dev/null </dev/zero &> log", ["make"]],
  ["curl -s x | sudo -u app -E bash -", ["curl -s x", "<sudo> bash - | curl"]],
  ["(a; b) | c", ["a", "b", "c | b"]],
  ["if [ -n x ]; then a; else b; fi", ["[ -n x ]", "a", "b"]],
  ["for i in 1 2; do a; done", ["for i in 1 2", "a"]],
  ["bash -c 'a && b'", ["bash -c a && b", "a", "b"]],
  ["x=`date` y $(z w)", ["x=`date` y $(z w)", "date", "z w"]],
  ["bash <(curl x)", ["bash <(curl x)", "curl x"]],
  ["cat <<EOF > f\nrm -rf /\nEOF\nls", ["cat", "ls"]],
  ["cat <<-'EOF'\n\trm\n\tEOF\nls", ["cat", "ls"]],
  ["bash <<EOF\nrm x\nEOF\nls", ["bash", "rm x", "ls"]],
  ['cat <<-"A" | sudo sh -eo pipefail\n\ta && b\n\tA\nc', ["cat", "<sudo> sh -eo pipefail | cat", "a", "b", "c"]],
  ["bash run.sh <<EOF\nrm x\nEOF", ["bash run.sh"]],
  ["env -u X A=1 timeout 10 curl x", ["A=1 <env> <timeout> curl x"]],
  ["export A=1", ["A=1 export A=1"]],
  ["/usr/bin/apt-get -y install git", ["apt-get -y install git"]],
  // A quote that was meant to be escaped does not swallow the rest.
  ["A='1\\'' B='2' make", ["A=1' B=2 make"]],
  ["echo 'never closed; rm x", ["echo never closed; rm x"]],
];

for (const [script, expected] of cases) {
  test(JSON.stringify(script), () => assert.deepEqual(told(script), expected));
}

test("places lead back to the text", () => {
  const script = "make && FOO=1 curl -k https://files.example";
  const [, curl] = programsOf(readShell(script));
  assert.ok(curl);
  assert.equal(script.slice(curl.command.start, curl.command.end), "FOO=1 curl -k https://files.example");
  assert.equal(script.slice(curl.words[0]?.start, curl.words[0]?.end), "-k");
});

test("endless nesting and open ends cost little", () => {
  const hostile = [
    "$(",
    "`",
    "bash <<A\nx\nA\n",
    `\${`,
    "(",
    "'\\'",
    '"$(',
    'eval "$(',
    'sh -c "',
    "<<A\n",
    "a|",
    "\\",
    "{ ",
    "if ",
  ];
  takesAtMost(10, () => {
    for (const piece of hostile) programsOf(readShell(piece.repeat(5000)));
  });
});
