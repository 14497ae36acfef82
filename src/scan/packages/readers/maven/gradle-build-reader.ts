/** `build.gradle` and `build.gradle.kts`, read as texts: the dependencies that are written out in them. */
import type { TextFile } from "../../../formats/text-file.ts";
import { nothingRead, type PackageReader, type PackagesRead, type UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf, joinPath } from "../../paths.ts";
import { noticeAt, notLocked, readAsText, textFileOf } from "../../reading/manifest-text.ts";
import { buildTokens, isMark } from "./build-tokens.ts";
import { buildPackages } from "./gradle-packages.ts";
import { claimedByBuild, isLockedBeside, settingsOf } from "./gradle-project.ts";
import { settingsCatalogs } from "./settings-catalogs.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "build.gradle",
    ecosystem: "Maven",
    matches: (path) => path.endsWith(".gradle") || path.endsWith(".gradle.kts"),
    alone: "always",
    claims: claimedByBuild,
    pullsIn: (file) => pulledIn(textFileOf(file)),
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
  {
    format: "gradle.properties",
    ecosystem: "Maven",
    matches: (path) => /(?:^|\/)gradle\.properties$/.test(path),
    alone: "never",
    read: () => nothingRead,
  },
];

function pulledIn(file: TextFile | undefined): readonly string[] {
  const catalogs = file && /^settings\.gradle(?:\.kts)?$/.test(fileNameOf(file.path)) ? settingsCatalogs(file) : [];
  return [...appliedScripts(file), ...catalogs.flatMap(({ from }) => from)];
}

/** `apply from: "gradle/versions.gradle"`. */
function appliedScripts(file: TextFile | undefined): readonly string[] {
  if (!file) return [];
  const tokens = buildTokens(file.text);
  return tokens.flatMap(({ value }, index) => {
    if (value !== "from" || !(isMark(tokens[index + 1], ":") || isMark(tokens[index + 1], "="))) return [];
    const text = tokens.slice(index + 2, index + 6).find(({ is }) => is === "text");
    const fromRoot = /^\$\{?(?:rootDir|rootProject\.(?:projectDir|rootDir))\}?\/(.+)$/.exec(text?.value ?? "")?.[1];
    const path = text && (fromRoot ?? joinPath(folderOf(file.path), text.value));
    return path ? [path] : [];
  });
}

/** A lock file beside it says more, and names the same. */
function read(file: TextFile, files: UnitFiles): PackagesRead {
  if (isLockedBeside(file.path, files)) return nothingRead;
  const { packages, unresolved } = buildPackages(file, settingsOf(file, files));
  if (packages.length === 0 && unresolved.length === 0) return nothingRead;
  const [first] = unresolved;
  const more = unresolved.length > 1 ? `, and ${unresolved.length - 1} more like it` : "";
  const message = `What is asked for here cannot be told without running the build${more}. It is left out; a lock file would name it.`;
  return {
    manifests: [{ path: file.path, format: "build.gradle", ecosystem: "Maven", isLocked: false, packages }],
    problems: [...(first ? [noticeAt(first, "unresolved", message)] : []), notLocked(file, "gradle.lockfile")],
  };
}
