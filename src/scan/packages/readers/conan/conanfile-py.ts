/** The literal requirements of a `conanfile.py`: attributes such as `requires = "zlib/1.3"`, and calls of `self.requires(...)`. */
import type { PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { packageUse } from "../../reading/package-use.ts";
import { type PythonToken, pythonTokens } from "../pypi/python-tokens.ts";
import { conanReference, versionPlace } from "./conan-reference.ts";

const words = new Set(["requires", "build_requires", "tool_requires", "test_requires", "python_requires"]);

export function conanfilePackages(file: TextFile): readonly PackageUse[] {
  const tokens = pythonTokens(file.text);
  return tokens.flatMap((token, at) => {
    if (token.is !== "name" || !words.has(token.value)) return [];
    return textsBehind(tokens, at + 1).flatMap((text) => useOf(file, text, token.value) ?? []);
  });
}

/** Of a call the first text; of an attribute all texts that stand in lists and tuples behind it. */
function textsBehind(tokens: readonly PythonToken[], from: number): readonly PythonToken[] {
  const isCall = tokens[from]?.value === "(";
  if (!isCall && tokens[from]?.value !== "=") return [];
  const texts: PythonToken[] = [];
  for (let at = from + 1; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.is === "text") texts.push(token);
    else if (token?.is !== "mark" || !"()[],".includes(token.value)) break;
    if (isCall) break;
  }
  return texts;
}

function useOf(file: TextFile, token: PythonToken, section: string): PackageUse | undefined {
  const reference = token.isComputed ? undefined : conanReference(token.value);
  if (!reference) return undefined;
  const place = token.contentAt === undefined ? undefined : versionPlace(file, token.contentAt, token.value, reference);
  return packageUse({
    ecosystem: "ConanCenter",
    name: reference.name,
    version: reference.version,
    requirement: reference.requirement,
    at: spanOf({ file, start: token.start, end: token.end }),
    versionAt: place && spanOf(place),
    relation: "direct",
    isDevelopment: section !== "requires",
    groups: section === "requires" ? [] : [section],
    integrity: reference.revision,
  });
}
