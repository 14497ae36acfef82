/** What the folder knows of its sources between two updates: kept in `state.json`, always whole. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "../knowledge-folder.ts";
import { looseObject, parseLoose } from "../loose-json.ts";

export interface FolderState {
  readonly sources: Readonly<Record<string, SourceState>>;
  /** By name of a built file: what it was built from. */
  readonly built: Readonly<Record<string, string>>;
}

export interface SourceState {
  readonly kind: string;
  readonly licence: string;
  readonly attribution?: string;
  readonly from: string;
  readonly isRequired: boolean;
  /** ISO time when all of it was last known to be current. */
  readonly checked?: string;
  /** By path below the source's folder. */
  readonly parts: Readonly<Record<string, PartState>>;
  /** What went wrong at the last attempt, by part or ecosystem. */
  readonly problems: Readonly<Record<string, { readonly at: string; readonly message: string }>>;
}

export interface PartState {
  readonly bytes: number;
  readonly sha256: string;
  /** ISO time. */
  readonly fetched: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

const format = 1;

function stateFile(folder: string): string {
  return join(folder, "state.json");
}

/** A state that cannot be read is none: everything is fetched again. */
export function readState(folder: string): FolderState {
  let text: string;
  try {
    text = readFileSync(stateFile(folder), "utf8");
  } catch {
    return { sources: {}, built: {} };
  }
  const state = parseLoose(text);
  if (state?.format !== format) return { sources: {}, built: {} };
  return {
    sources: looseObject(state.sources) as FolderState["sources"],
    built: looseObject(state.built) as FolderState["built"],
  };
}

export function writeState(folder: string, state: FolderState): void {
  writeWhole(stateFile(folder), `${JSON.stringify({ format, ...state }, null, 1)}\n`);
}
