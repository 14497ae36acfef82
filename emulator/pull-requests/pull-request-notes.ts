/** What belongs to a pull request besides its state: labels, properties, numbers of tracked paths, the running merge attempt. */
import type { PullRequestState } from "../world.ts";

export interface Label {
  readonly id: string;
  readonly name: string;
}

interface Notes {
  readonly labels: Label[];
  properties: Record<string, unknown>;
  /** Tracking numbers by path, in the order in which paths first changed; a renamed file keeps its number. */
  readonly tracked: Map<string, number>;
  /** Replaced by each new attempt: an older one that comes late finds itself replaced and stops. */
  attempt: object;
  /** Whether `git.pullrequest.created` still has to be raised. */
  createdIsDue: boolean;
  /** Iteration at which each status was posted, by status. */
  readonly postedAt: WeakMap<Record<string, unknown>, number>;
  /** Who likes which comment: `thread/comment` to user ids. */
  readonly likes: Map<string, Set<string>>;
}

const all = new WeakMap<PullRequestState, Notes>();

export function notesOf(pullRequest: PullRequestState): Notes {
  let notes = all.get(pullRequest);
  if (!notes) {
    notes = {
      labels: [],
      properties: {},
      tracked: new Map(),
      attempt: {},
      createdIsDue: false,
      postedAt: new WeakMap(),
      likes: new Map(),
    };
    all.set(pullRequest, notes);
  }
  return notes;
}

export function trackingId(pullRequest: PullRequestState, path: string, originalPath?: string): number {
  const { tracked } = notesOf(pullRequest);
  const known = tracked.get(path) ?? (originalPath === undefined ? undefined : tracked.get(originalPath));
  const id = known ?? new Set(tracked.values()).size + 1;
  tracked.set(path, id);
  return id;
}
