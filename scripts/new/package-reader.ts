import { camelCase, type Scaffold } from "./scaffold.ts";

/** A reader of one format of manifests: the list of readers takes it up by itself. */
export const packageReader: Scaffold = (name) => ({
  files: {
    [`src/scan/packages/readers/${name}/${name}-reader.ts`]: readerOf(name),
    [`src/scan/packages/readers/${name}/${name}-reader.test.ts`]: testOf(name),
  },
  next: `next: replace format, ecosystem and reading by what the files really are, then run \`npm test -- src/scan/packages/readers/${name}\``,
});

function readerOf(name: string): string {
  return `/** \`${name}.lock\`: one package a line, \`name version\`; a line that begins with # is a comment. */
import type { PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf } from "../../../formats/text-file.ts";
import type { PackageReader } from "../../package-reader.ts";
import { problemAt, readAsText } from "../../reading/manifest-text.ts";
import { linesOf, placeOfLine } from "../../reading/text-lines.ts";

const format = "${name}.lock";

const ${camelCase(name)}Reader: PackageReader = {
  format,
  ecosystem: "Generic",
  matches: (path) => /(?:^|\\/)${name}\\.lock$/.test(path),
  alone: "always",
  read: (file) =>
    readAsText(file, (text) => {
      const packages: PackageUse[] = [];
      const problems: Problem[] = [];
      for (const line of linesOf(text.text)) {
        if (/^\\s*(?:#|$)/.test(line.text)) continue;
        const at = placeOfLine(text, line);
        const [, packageName, version] = /^(\\S+) (\\S+)\\s*$/.exec(line.text) ?? [];
        if (packageName === undefined || version === undefined) {
          problems.push(problemAt(at, "syntax", "Here a line \\"name version\\" was expected. The other lines were read."));
          continue;
        }
        packages.push({
          ...{ ecosystem: "Generic", name: packageName, version, at: spanOf(at) },
          ...{ relation: "unknown", isDevelopment: false },
        });
      }
      return { manifests: [{ path: file.path, format, ecosystem: "Generic", isLocked: true, packages }], problems };
    }),
};

export const readers: readonly PackageReader[] = [${camelCase(name)}Reader];
`;
}

function testOf(name: string): string {
  return `import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

test("${name}: packages with their lines; a line that says nothing is a problem, and the others are read", () => {
  const { lines, problems } = readPackages({ "a/${name}.lock": "# made by a tool\\none 1.0.0\\n???\\ntwo 2.0.0\\n" });
  assert.deepEqual(lines, ["one@1.0.0 a/${name}.lock:2", "two@2.0.0 a/${name}.lock:4"]);
  assert.deepEqual(
    problems.map(({ code, line }) => [code, line]),
    [["syntax", 3]],
  );
});
`;
}
