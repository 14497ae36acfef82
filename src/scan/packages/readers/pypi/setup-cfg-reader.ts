/** `setup.cfg`: what setuptools is told to require. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { shownText } from "../../../formats/without-access.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { notLocked, problemAt, readAsText } from "../../reading/manifest-text.ts";
import { merged } from "../../reading/merged-packages.ts";
import { linesOf } from "../../reading/text-lines.ts";
import { isDevelopmentName, packageOf } from "./python-package.ts";
import { isIncomplete, readRequirement } from "./python-requirement.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "setup.cfg",
    ecosystem: "PyPI",
    matches: (path) => /(?:^|\/)setup\.cfg$/.test(path),
    alone: "always",
    read: (file) => readAsText(file, read),
  },
];

/** One line of a value, or a part between semicolons where a list is written so. */
interface Value {
  readonly section: string;
  readonly key: string;
  readonly text: string;
  readonly at: number;
}

function read(file: TextFile): PackagesRead {
  const values = valuesIn(file);
  const problems: Problem[] = [];
  const packages = values.flatMap((value) => packageIn(file, value, problems) ?? []);
  const named = (key: string) => values.find((value) => value.section === "metadata" && value.key === key)?.text;
  const name = named("name");
  const version = named("version");
  const isLiteral = version !== undefined && /^\d/.test(version);
  const manifest: Manifest = {
    path: file.path,
    format: "setup.cfg",
    ecosystem: "PyPI",
    ...(name === undefined ? {} : { root: { name, ...(isLiteral ? { version } : {}) } }),
    isLocked: false,
    packages: merged(packages),
  };
  if (packages.length > 0) problems.push(notLocked(file, "a requirements file with pinned versions"));
  return { manifests: [manifest], problems };
}

/** Lines that begin with a blank go on with the value before them. */
function valuesIn(file: TextFile): readonly Value[] {
  const values: Value[] = [];
  let section = "";
  let key = "";
  for (const { text, start } of linesOf(file.text)) {
    const content = text.trim();
    if (content === "" || content.startsWith("#") || content.startsWith(";")) continue;
    const isContinued = /^\s/.test(text);
    const head = isContinued ? null : /^\[([^\]]*)\]/.exec(text);
    if (head) {
      section = (head[1] ?? "").trim();
      key = "";
      continue;
    }
    const separator = isContinued ? -1 : text.search(/[=:]/);
    if (separator >= 0) key = text.slice(0, separator).trim();
    const value = text.slice(separator + 1);
    if (value.trim() !== "")
      values.push({ section, key, text: value.trim(), at: start + separator + 1 + value.search(/\S/) });
  }
  return values;
}

function packageIn(file: TextFile, value: Value, problems: Problem[]): PackageUse | undefined {
  const { section, key, text, at } = value;
  const isExtra = section === "options.extras_require";
  const isList = section === "options" && ["install_requires", "setup_requires", "tests_require"].includes(key);
  if (!isExtra && !isList) return undefined;
  // Lists in files and what pulls in another extra are named, not listed.
  if (/^file:/.test(text)) return undefined;
  const place = { file, start: at, end: at + text.length };
  const requirement = readRequirement(text.replace(/\s#.*$/, ""));
  if (!requirement || isIncomplete(requirement)) {
    const shown = shownText(text);
    problems.push(
      problemAt(
        place,
        "syntax",
        `A requirement such as name>=1.0 was expected, but found "${shown}". It is left out, the others are read.`,
      ),
    );
    return undefined;
  }
  const isDevelopment = isExtra ? isDevelopmentName(key) : key !== "install_requires";
  const groups = key === "install_requires" && !isExtra ? [] : [key];
  return packageOf(requirement, { at: place, offset: at, relation: "direct", isDevelopment, groups });
}
