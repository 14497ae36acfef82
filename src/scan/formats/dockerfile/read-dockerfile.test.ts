/** Dockerfiles come apart into instructions where an independent reader finds them too. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DockerfileParser } from "dockerfile-ast";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { positionOf } from "../text-file.ts";
import { readDockerfile } from "./read-dockerfile.ts";

const read = (text: string) => readDockerfile({ path: "Dockerfile", text });

const plain = [
  "FROM alpine:3.20\nRUN a \\\n  && b\n",
  "# comment\n\nFROM a AS b\r\nRUN x \\\r\n  # within\r\n  y\r\n",
  "from a\nrun --mount=type=cache,target=/x --network=none make\n",
  'FROM a\nCMD ["a", "b c"]\nENTRYPOINT exec x\nHEALTHCHECK --interval=1m CMD x\n',
  "# escape=`\nFROM a\nRUN dir `\n  c:\\\nUSER x\n",
  "FROM a\nRUN a \\  \n b\nUSER c",
  "FROM a\nRUN <<EOF\na\nUSER no\nEOF\nUSER yes\n",
  'FROM a\nCOPY <<-"E" /x\n\ta\n\tE\nUSER yes\n',
  "ARG V=1\nFROM a:$V\nONBUILD RUN x\nENV a 1\nENV b=2 c=3\nLABEL x=y\n",
];

for (const text of plain) {
  test(`as another reader sees it: ${JSON.stringify(text)}`, () => {
    const others = DockerfileParser.parse(text).getInstructions();
    assert.deepEqual(
      read(text).instructions.map(({ name, at }) => [name, positionOf(at.file, at.start).line]),
      others.map((one) => [one.getKeyword(), one.getRange().start.line + 1]),
    );
  });
}

test("lines are joined, and places lead back over the joint", () => {
  const text = "FROM a\nRUN one \\\n  # not this\n\n  && two\n";
  const [, run] = read(text).instructions;
  assert.ok(run);
  assert.equal(run.rest.text, "one   && two");
  const { start, end } = run.rest.placeOf(run.rest.text.indexOf("two"), run.rest.text.length);
  assert.equal(text.slice(start, end), "two");
});

test("an escaped mark continues nothing", () => {
  assert.equal(read("FROM a\nRUN a \\\\\nUSER b\n").instructions.length, 3);
});

test("flags, exec forms, here-documents and triggers are told apart", () => {
  const { instructions } = read(
    'FROM --platform=linux/amd64 a\nRUN ["a", "b\\n"]\nRUN <<A bash\nx\nA\nONBUILD COPY --from=b c d\n',
  );
  assert.deepEqual(
    instructions.map(({ name, flags, exec, heredocs, trigger }) => [
      name,
      flags.map((flag) => `${flag.name}=${flag.value}`).join(),
      exec?.map(({ text }) => text).join(),
      heredocs[0]?.body.text,
      trigger?.flags[0]?.value,
    ]),
    [
      ["FROM", "platform=linux/amd64", undefined, undefined, undefined],
      ["RUN", "", "a,b\n", undefined, undefined],
      ["RUN", "", undefined, "x\n", undefined],
      ["ONBUILD", "", undefined, undefined, "b"],
    ],
  );
});

test("what is no instruction is a problem, and the rest is read", () => {
  const { instructions, problems } = read("FROM a\nBOGUS x\nUSER b\n");
  assert.deepEqual(
    instructions.map(({ name }) => name),
    ["FROM", "USER"],
  );
  assert.match(problems[0]?.message ?? "", /"BOGUS" is no instruction/);
});

test("hostile files cost little", () => {
  takesAtMost(10, () => {
    for (const piece of [
      "RUN <<A\n",
      "RUN a \\\n",
      "RUN <<A <<A",
      "\\ ",
      "RUN --a ",
      '["a",',
      "# x\n",
      "ENV A=$A$A\n",
    ]) {
      read(`FROM a\n${piece.repeat(5000)}`);
    }
  });
});

test("a line that was meant to go on with the one before is told without what it says", () => {
  const { problems } = read("FROM a\nENV USER=ops\n    PASSWORD=kranich\n");
  assert.deepEqual(
    problems.map(({ code, message }) => [code, message]),
    [["syntax", "an instruction was expected"]],
  );
});
