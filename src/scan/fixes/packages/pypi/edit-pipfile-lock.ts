/**
 * Raises a package in a Pipfile.lock, and in the Pipfile where its range does not take it. The file says no graph, so everybody
 * in it is asked for what they need: where that is not known of one of them, nothing is written.
 */
import { packageKey } from "#model/package-key.ts";
import { folderOf } from "../../../packages/paths.ts";
import type { JsonObject } from "../../../packages/reading/json-fields.ts";
import { objectOf } from "../../../packages/reading/json-fields.ts";
import { type JsonSlice, slicesOf } from "../../../packages/reading/json-slices.ts";
import { oncePerText } from "../../once-per-text.ts";
import type { TextChange } from "../../text-edits.ts";
import { memberAlong, memberIn, replaced, valueIn } from "../json-members.ts";
import type { EditAsked, Edited } from "../package-editor.ts";
import { pipfileHash } from "./pipfile-hash.ts";
import { type ProjectRaise, raiseInProjects } from "./project-raise.ts";
import { extraKey } from "./python-marker.ts";

import { type Need, needsOf } from "./python-needs.ts";
import {
  edgesApart,
  isFromThere,
  notMet,
  notWritten,
  refusedBy,
  type TwoReleases,
  twoReleases,
} from "./raise-locked.ts";

interface Entry {
  readonly key: string;
  readonly version: string | undefined;
  readonly category: string;
  readonly slice: JsonSlice;
  readonly value: JsonObject;
}

export function editPipfileLock(asked: EditAsked): Edited {
  const text = asked.textOf(asked.manifest.path) ?? "";
  const entries = entriesIn(asked.plan, text);
  const releases = twoReleases(asked);
  // Everybody is looked up in the same round as the package itself.
  const [{ use, to }] = asked.raising;
  const key = packageKey("PyPI", use.name);
  const others = entries.filter((entry) => entry.key !== key);
  const refusing = refusedBy(oncePerVersion(others), { known: asked.known, key, name: use.name, version: to });
  if (typeof releases === "string") return notWritten(asked, releases);
  const written = refusing ?? pipfileChanges(asked, { text, entries, releases });
  return typeof written === "string" ? notWritten(asked, written) : written;
}

const entriesIn = oncePerText(readEntries);

function readEntries(text: string): readonly Entry[] {
  return slicesOf(text, 0).slices.flatMap((category) => {
    if (category.key === "_meta") return [];
    return slicesOf(text, category.start, category.end).slices.flatMap((slice) => {
      const value = objectOf(valueIn(text, slice));
      if (!value) return [];
      const version = /^==([^\s,;*]+)$/.exec(typeof value.version === "string" ? value.version : "")?.[1];
      return [{ key: packageKey("PyPI", slice.key), version, category: category.key, slice, value }];
    });
  });
}

function oncePerVersion(entries: readonly Entry[]): readonly Entry[] {
  return [...new Map(entries.map((entry) => [`${entry.key} ${entry.version}`, entry])).values()];
}

interface Pipenv {
  readonly text: string;
  readonly entries: readonly Entry[];
  readonly releases: TwoReleases;
}

function pipfileChanges(asked: EditAsked, pipenv: Pipenv): Edited | string {
  const { text, entries, releases } = pipenv;
  const { key, name, old } = releases;
  const own = entries.filter((entry) => entry.key === key);
  if (own.length === 0 || own.some(({ version }) => version !== old.version))
    return `it does not have one ${name} as it was scanned`;
  const requires = objectOf(valueAlong(text, ["_meta", "requires"])) ?? {};
  const python = requires.python_full_version ?? requires.python_version;
  const pythons = typeof python === "string" && /^\d+\.\d+/.test(python) ? `>=${python}` : undefined;
  const extras = own.flatMap(({ value }) => (Array.isArray(value.extras) ? value.extras.map(String) : []));
  const where = { extras: new Set(extras.map(extraKey)), pythons };
  const locked = oncePerVersion(entries);
  const trouble = notMet({ releases, locked, where }) ?? placeTrouble(asked, pipenv, own, edgesApart(releases, where));
  if (trouble !== undefined) return trouble;
  const raise = raiseInProjects(asked);
  if (typeof raise === "string") return raise;
  const changes: TextChange[] = [];
  for (const entry of own) {
    const change = entryChanges(text, entry, releases);
    if (typeof change === "string") return change;
    changes.push(...change);
  }
  const hashed = hashChange(asked, raise, text);
  if (typeof hashed === "string") return hashed;
  const all = new Map<string, readonly TextChange[]>(raise.changes);
  all.set(asked.manifest.path, [...changes, ...hashed]);
  return { is: "edited", changes: all, stale: [], said: [] };
}

function valueAlong(text: string, way: readonly string[]): unknown {
  const slice = memberAlong(text, way);
  return slice && valueIn(text, slice);
}

/** What is needed anew must be wherever the package is; what is needed no more must be needed by others. */
function placeTrouble(
  { known, manifest }: EditAsked,
  { entries, releases: { key, name, now } }: Pipenv,
  own: readonly Entry[],
  { lost, added }: { readonly lost: readonly Need[]; readonly added: readonly Need[] },
): string | undefined {
  const direct = new Set(
    manifest.packages.flatMap((use) => (use.relation === "direct" ? [packageKey("PyPI", use.name)] : [])),
  );
  for (const need of added) {
    const there = new Set(entries.filter((entry) => entry.key === need.key).map(({ category }) => category));
    const isThere = own.every(({ category }) => there.has(category));
    if (need.marker || need.extras.length > 0 || !isThere)
      return `${name} ${now.version} needs ${need.name} in other places`;
  }
  for (const need of lost) {
    const there = entries.filter((entry) => entry.key === need.key);
    const isKept = there.every(({ category }) =>
      entries.some((entry) => {
        if (entry.category !== category || entry.key === key) return false;
        const needs = needsOf(known.publishedOf("PyPI", entry.key, entry.version ?? "") ?? {}) ?? [];
        return needs.some((one) => one.key === need.key && !one.marker);
      }),
    );
    if (!isKept && !direct.has(need.key)) return `${name} ${now.version} does not need ${need.name} any more`;
  }
  return undefined;
}

function entryChanges(text: string, { slice }: Entry, { name, old, now }: TwoReleases): readonly TextChange[] | string {
  const [version, hashes, markers] = ["version", "hashes", "markers"].map((key) => memberIn(text, slice.start, key));
  const listed = hashes ? text.slice(hashes.start, hashes.end) : "";
  const found = listed.match(/sha256:[0-9a-f]{64}/g) ?? [];
  if (
    !version ||
    !hashes ||
    !isFromThere(found, old) ||
    found.length !== new Set(old.files.map(({ hash }) => hash)).size
  )
    return `the files of ${name} ${old.version} in it are not those that the index has`;
  const between = /^\[(\s*)"/.exec(listed)?.[1] ?? "";
  const end = /"(\s*)\]$/.exec(listed)?.[1] ?? "";
  const sums = [...new Set(now.files.map(({ hash }) => `"${hash}"`))].toSorted();
  const written = markers ? valueIn(text, markers) : undefined;
  const [before, after] = [pythonMarker(old.requiresPython), pythonMarker(now.requiresPython)];
  const isSame = old.requiresPython === now.requiresPython;
  if (!isSame && (before === undefined || after === undefined || written !== before))
    return `how Pipenv writes for which Pythons ${name} ${now.version} is, is not known for certain`;
  return [
    replaced(version, `"==${now.version}"`),
    replaced(hashes, `[${between}${sums.join(`,${between}`)}${end}]`),
    ...(isSame || !markers ? [] : [replaced(markers, JSON.stringify(after))]),
  ];
}

/** Of the plain form only. */
function pythonMarker(pythons = ""): string | undefined {
  const [, version] = /^>=\s*(3\.\d+(?:\.\d+)?)$/.exec(pythons) ?? [];
  if (version === undefined) return undefined;
  return `${version.split(".").length === 2 ? "python_version" : "python_full_version"} >= '${version}'`;
}

/** The old one must come out of the old Pipfile. */
function hashChange(
  { manifest, textOf }: EditAsked,
  raise: ProjectRaise,
  text: string,
): readonly TextChange[] | string {
  const folder = folderOf(manifest.path);
  const path = folder === "" ? "Pipfile" : `${folder}/Pipfile`;
  const place = memberAlong(text, ["_meta", "hash", "sha256"]);
  const [before, after] = [pipfileHash(textOf(path) ?? ""), pipfileHash(raise.textOf(path) ?? "")];
  if (!place || after === undefined || valueIn(text, place) !== before)
    return "its hash of the Pipfile is not the one that the Pipfile gives";
  if ([...raise.changes.keys()].some((changed) => changed !== path)) return "more than the Pipfile would change";
  return after === before ? [] : [replaced(place, JSON.stringify(after))];
}
