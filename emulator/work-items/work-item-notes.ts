/** What belongs to a work item besides its state: comments and earlier revisions. */
import type { WorkItemState } from "../world.ts";

export interface WorkItemComment {
  readonly id: number;
  version: number;
  text: string;
  readonly createdBy: string;
  readonly createdDate: Date;
  modifiedDate: Date;
}

interface Notes {
  readonly comments: WorkItemComment[];
  /** Fields as each revision had them, first one first. */
  readonly revisions: Record<string, unknown>[];
}

const all = new WeakMap<WorkItemState, Notes>();

export function workItemNotes(item: WorkItemState): Notes {
  const notes = all.get(item) ?? { comments: [], revisions: [] };
  all.set(item, notes);
  return notes;
}
