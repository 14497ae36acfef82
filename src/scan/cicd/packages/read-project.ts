/** A package.json as far as rules on whence packages come ask: what it needs from elsewhere, and where it is published. */
import type { Place, TextFile } from "../../formats/text-file.ts";
import { type Ask, readProjectFile } from "../../packages/readers/npm/project-file.ts";
import { eachMember, jsonCursor, readText, readTrue } from "../../packages/reading/json-cursor.ts";
import type { Project, Source } from "./package-unit.ts";

export interface ProjectRead {
  readonly project: Omit<Project, "isLocked">;
  readonly sources: readonly Source[];
}

const installed: ReadonlySet<Ask["section"]> = new Set(["dependencies", "devDependencies", "optionalDependencies"]);

export function readProject(file: TextFile): ProjectRead {
  const { name, nameAt, asks, dependenciesAt } = readProjectFile(file);
  const isUnity = asks.some((ask) => ask.name.startsWith("com.unity."));
  const needed = isUnity ? [] : asks.filter((ask) => installed.has(ask.section) && !isLocal(ask.spec));
  const published = readPublishing(file);
  const first = needed[0];
  return {
    project: {
      ...{ path: file.path, name, nameAt, isPrivate: published.isPrivate, publishesTo: published.registry?.address },
      asksAt: first && (dependenciesAt ?? first.whole),
    },
    sources: [...needed.flatMap((ask) => sourceOf(file, ask.spec, ask.specAt)), ...plain(published.registry)],
  };
}

/** `workspace:*`, `file:../a`, `link:`, `portal:`. */
function isLocal(spec: string): boolean {
  return /^(?:workspace|file|link|portal):|^\.{0,2}\//.test(spec);
}

function sourceOf(file: TextFile, spec: string, at: Place): readonly Source[] {
  return spec.startsWith("http://") ? [{ path: file.path, address: spec, at, isLocked: false }] : [];
}

function plain(source: Source | undefined): readonly Source[] {
  return source?.address.startsWith("http://") ? [source] : [];
}

function readPublishing(file: TextFile): { readonly isPrivate: boolean; readonly registry: Source | undefined } {
  const cursor = jsonCursor(file);
  let isPrivate = false;
  let registry: Source | undefined;
  eachMember(cursor, (key) => {
    if (key === "private") isPrivate = readTrue(cursor);
    else if (key === "publishConfig") {
      eachMember(cursor, (setting) => {
        if (setting !== "registry") return;
        const start = cursor.at + 1;
        const address = readText(cursor);
        const at = { file, start, end: Math.max(start, cursor.at - 1) };
        if (address !== undefined) registry = { path: file.path, address, at, isLocked: false };
      });
    }
  });
  return { isPrivate, registry };
}
