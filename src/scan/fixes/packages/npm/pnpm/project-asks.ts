/** What the projects beside a pnpm-lock.yaml ask for once they are edited, and where the lock file repeats it. */

import { folderOf } from "../../../../packages/paths.ts";
import { type PnpmWorkspace, readPnpmWorkspace } from "../../../../packages/readers/npm/pnpm-workspace.ts";
import { plain } from "../../../../packages/readers/npm/yaml-members.ts";
import { objectOf } from "../../../../packages/reading/json-fields.ts";
import { jsonValue } from "../../../../packages/reading/json-slices.ts";
import { changedText, type TextChange } from "../../../text-edits.ts";
import type { EditAsked } from "../../package-editor.ts";
import { takes } from "./ingoing.ts";
import type { LockAsk, LockGraph } from "./lock-graph.ts";
import { packageKeyOf, referenceTo } from "./lock-keys.ts";
import { type LockPart, partOf } from "./lock-parts.ts";
import { addedOverride, valueChange } from "./written-lock.ts";

type Changes = ReadonlyMap<string, readonly TextChange[]>;

/** Texts beside the lock file, before and after the edits. */
interface Beside {
  readonly textOf: (file: string) => string | undefined;
  readonly finalOf: (file: string) => string | undefined;
}

export function besideLock({ manifest, textOf }: EditAsked, changes: Changes): Beside {
  const folder = folderOf(manifest.path);
  const inFolder = (file: string) => (folder === "" ? file : `${folder}/${file}`);
  return {
    textOf: (file) => textOf(inFolder(file)),
    finalOf: (file) => {
      const text = textOf(inFolder(file));
      return text === undefined ? undefined : changedText(text, changes.get(inFolder(file)) ?? []);
    },
  };
}

/** The changes in the lock file for what leads to another entry now. A clause is why not. */
export function askChanges(
  graph: LockGraph,
  beside: Beside,
  asks: ReadonlyMap<LockAsk, string>,
  override: string | undefined,
): readonly TextChange[] | string {
  const changes: (TextChange | undefined)[] = [];
  const workspace = workspaceOf(beside.finalOf("pnpm-workspace.yaml"));
  const catalogs = partOf(graph.roots, "catalogs")?.parts;
  const raised = new Set<LockPart>();
  for (const [ask, id] of asks) {
    const { name, folder, specifier, version } = ask;
    changes.push(valueChange(version, referenceTo(name, id, graph.format)));
    const to = packageKeyOf(id, graph.format)?.version ?? "";
    const from = ask.id === undefined ? "" : packageKeyOf(ask.id, graph.format)?.version;
    if (from === to) continue;
    const file = folder === "." ? "package.json" : `${folder}/package.json`;
    const [before, now] = [beside.textOf(file), beside.finalOf(file)].map((text) => specOf(text, name));
    if (before === undefined || now === undefined) return `${file} does not ask for ${name}`;
    if (override === undefined && plain(specifier.value) !== before)
      return `it does not say of ${name} what ${file} says`;
    const shared = workspace.catalogs.get(`${now}\n${name}`)?.spec;
    const entry = partOf(partOf(catalogs, now.slice("catalog:".length).trim() || "default")?.parts, name);
    const isShared = now.startsWith("catalog:");
    const spec = override ?? (isShared ? shared : now);
    if (spec === undefined || (isShared && override === undefined && !entry))
      return `the catalogue of ${name} is not there`;
    if (!takes(spec, to)) return `${file} asks for ${name} ${spec}`;
    changes.push(valueChange(specifier, override ?? now));
    if (!isShared || !entry || raised.has(entry)) continue;
    raised.add(entry);
    const [own, locked] = [partOf(entry.parts, "specifier"), partOf(entry.parts, "version")];
    changes.push(own && valueChange(own, spec), locked && valueChange(locked, to));
  }
  const known = changes.filter((change) => change !== undefined);
  return known.length < changes.length ? "what a project asks for cannot be written there" : known;
}

function workspaceOf(text: string | undefined): PnpmWorkspace {
  return readPnpmWorkspace({ path: "pnpm-workspace.yaml", text: text ?? "" });
}

const sections = ["optionalDependencies", "dependencies", "devDependencies", "peerDependencies"];

function specOf(text: string | undefined, name: string): string | undefined {
  const project = objectOf(text === undefined ? undefined : jsonValue(text));
  const specs = sections.map((section) => objectOf(project?.[section])?.[name]);
  return specs.find((spec) => typeof spec === "string");
}

/** What is overridden for everybody, as the settings say it after the edits. */
export function overrideIn(beside: Beside, name: string): string | undefined {
  const shared = workspaceOf(beside.finalOf("pnpm-workspace.yaml")).overrides.get(name)?.spec;
  const text = beside.finalOf("package.json");
  const project = objectOf(text === undefined ? undefined : jsonValue(text));
  const own = objectOf(objectOf(project?.pnpm)?.overrides)?.[name] ?? objectOf(project?.resolutions)?.[name];
  return shared ?? (typeof own === "string" ? own : undefined);
}

/** How the lock file repeats it. A clause is why not. */
export function overrideChange(
  graph: LockGraph,
  name: string,
  spec: string | undefined,
): readonly TextChange[] | string {
  const known = partOf(graph.roots, "overrides");
  const own = known?.parts.find((part) => part.key === name);
  if (spec === undefined) return own ? "the lock file overrides it, and the settings do not" : [];
  const change = own ? valueChange(own, spec) : addedOverride(graph.roots, name, spec);
  return change ? [change] : "the override cannot be written there";
}

/** Below another package, or for some versions only. */
export function isOverriddenElsewise({ roots }: LockGraph, name: string): boolean {
  const keys = partOf(roots, "overrides")?.parts.map(({ key }) => key) ?? [];
  return keys.some(
    (key) =>
      key !== name && /^((?:@[^/@]+\/)?[^/@]+)/.exec(key.slice(key.lastIndexOf(">", key.length - 2) + 1))?.[1] === name,
  );
}
