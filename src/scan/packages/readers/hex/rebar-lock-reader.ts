/** `rebar.lock` of Erlang, in its forms with and without a version and hashes. */

import type { PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead, UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { problemAt, readAsText, textByHand } from "../../reading/manifest-text.ts";
import { packageUse } from "../../reading/package-use.ts";
import { itemsIn, pairIn, type Term, termAt, textIn } from "./beam-terms.ts";
import { innerSum } from "./inner-sum.ts";
import { readRebarConfig } from "./rebar-config.ts";

const format = "rebar.lock";

const rebarLockReader: PackageReader = {
  format,
  ecosystem: "Hex",
  matches: (path) => fileNameOf(path) === format,
  alone: "always",
  claims: (path) => [configBeside(path)],
  read: (file, files) => readAsText(file, (text) => readLock(text, files)),
};

function configBeside(path: string): string {
  const folder = folderOf(path);
  return folder === "" ? "rebar.config" : `${folder}/rebar.config`;
}

export const readers: readonly PackageReader[] = [rebarLockReader];

function readLock(file: TextFile, files: UnitFiles): PackagesRead {
  const [first, second] = termsIn(file.text);
  const list = first?.is === "tuple" ? itemsIn(first)[1] : first;
  const outer = pairIn(second, "pkg_hash_ext");
  const inner = pairIn(second, "pkg_hash");
  const sumOf = (name: string) => (outer ? textIn(pairIn(outer, name)) : innerSum(textIn(pairIn(inner, name))));
  const problems: Problem[] = [];
  if (list?.is !== "list" && file.text.trim() !== "") {
    const message = "This is no rebar.lock: a list of locked packages was expected. Nothing was read from it.";
    problems.push(problemAt({ file, start: 0, end: 0 }, "syntax", message));
  }
  const locked = itemsIn(list).flatMap((item) => useOf(file, item, sumOf) ?? []);
  const packages = withConfig(locked, textByHand(files.get(configBeside(file.path))));
  return {
    manifests: list?.is === "list" ? [{ path: file.path, format, ecosystem: "Hex", isLocked: true, packages }] : [],
    problems,
  };
}

/** Where packages are asked for. What profiles and plugins ask for is in no lock file of rebar3. */
function withConfig(locked: readonly PackageUse[], config: TextFile | undefined): readonly PackageUse[] {
  const asked = config ? readRebarConfig(config).packages : [];
  const byName = new Map(asked.map((use) => [use.name, use]));
  const names = new Set(locked.map(({ name }) => name));
  const placed = locked.map((use): PackageUse => {
    const mention = byName.get(use.name);
    if (!mention || use.relation !== "direct") return use;
    const { requirement, at } = mention;
    return { ...use, ...(requirement !== undefined && { requirement }), alsoAt: [at] };
  });
  return [...placed, ...asked.filter(({ name, isDevelopment }) => isDevelopment && !names.has(name))];
}

/** The two terms of the file, each with its full stop. */
function termsIn(text: string): readonly (Term | undefined)[] {
  const first = termAt(text, 0, "%");
  const dot = first ? text.indexOf(".", first.end) : -1;
  return [first, dot < 0 ? undefined : termAt(text, dot + 1, "%")];
}

/** `{<<"name">>,{pkg,<<"name">>,<<"1.0.0">>},0}` or `{<<"name">>,{git,"url",{ref,"commit"}},1}`; 0 is asked for. */
function useOf(file: TextFile, item: Term, sumOf: (application: string) => string | undefined) {
  const [name, what, level] = itemsIn(item);
  const [kind, first, second] = itemsIn(what);
  const application = textIn(name);
  if (application === undefined) return undefined;
  const isPackage = textIn(kind) === "pkg";
  const url = textIn(first);
  const commit = textIn(itemsIn(second)[1]);
  return packageUse({
    ecosystem: "Hex",
    name: (isPackage ? url : undefined) ?? application,
    version: isPackage ? textIn(second) : undefined,
    at: spanOf({ file, start: item.start, end: item.end }),
    versionAt: isPackage && second ? spanOf({ file, start: second.start, end: second.end }) : undefined,
    relation: textIn(level) === "0" ? "direct" : "transitive",
    source: isPackage || url === undefined ? undefined : { is: "git", url, ...(commit !== undefined && { commit }) },
    integrity: sumOf(application),
  });
}
