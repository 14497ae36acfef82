/** What an update does to the state of the folder, written down at once, and what it tells while it works. */
import { type FolderState, readState, type SourceState, writeState } from "./folder-state.ts";

export interface KnowledgeProgress {
  readonly source: string;
  readonly step: "download" | "records" | "build";
  /** An ecosystem or a file. */
  readonly what: string;
  /** Bytes or records. */
  readonly done: number;
  readonly total?: number;
}

export interface UpdateFailure {
  readonly source: string;
  readonly message: string;
  /** False if only a part is missing, or the source may be missing. */
  readonly isFatal: boolean;
}

/** The state of the folder while it changes: written whenever something is to be remembered. */
export interface Journal {
  readonly state: FolderState;
  readonly failures: UpdateFailure[];
  change(name: string, change: (source: SourceState) => SourceState): void;
  set(state: FolderState): void;
  fail(source: string, part: string, error: unknown, isFatal: boolean): void;
}

export function openJournal(folder: string): Journal {
  let state = readState(folder);
  const failures: UpdateFailure[] = [];
  const set = (next: FolderState) => {
    state = next;
    writeState(folder, next);
  };
  const change: Journal["change"] = (name, edit) => {
    const source = state.sources[name];
    if (source) set({ ...state, sources: { ...state.sources, [name]: edit(source) } });
  };
  return {
    get state() {
      return state;
    },
    failures,
    set,
    change,
    fail(name, part, error, isFatal) {
      const message = error instanceof Error ? error.message : String(error);
      failures.push({ source: name, message, isFatal });
      const problem = { at: new Date().toISOString(), message };
      change(name, (source) => ({ ...source, problems: { ...source.problems, [part]: problem } }));
    },
  };
}
