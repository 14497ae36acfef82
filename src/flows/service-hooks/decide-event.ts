/**
 * What an event asks for, as a pure decision. A payload is a hint only, so the answer is always "look again at the truth":
 * which repository to scan, which pull request to read, which organization to list again.
 */
import type { HookEvent, RefUpdate } from "#model/hook-event.ts";
import { isZeroObjectId } from "#model/ids.ts";
import type { Repository } from "#model/repository.ts";
import { readCommands } from "../comment-commands/read-commands.ts";

export type Decision =
  | { readonly is: "ignore"; readonly why: string }
  | { readonly is: "sync"; readonly why: string }
  | { readonly is: "scan-repository"; readonly note?: string }
  | { readonly is: "read-history" }
  | { readonly is: "scan-pull-request"; readonly number: number }
  | { readonly is: "obey-comment"; readonly number: number }
  | { readonly is: "record-build"; readonly build: HookEvent & { readonly is: "build-completed" } };

type Known = Pick<Repository, "chosen" | "defaultBranch" | "scannedCommit" | "isDisabled" | "goneAt">;

const ignore = (why: string): Decision => ({ is: "ignore", why });

export function decideEvent(event: HookEvent, repository: Known | undefined): Decision {
  switch (event.is) {
    case "push":
      return unusable(repository) ?? decidePush(event.refUpdates, repository);
    case "pull-request-created":
    case "pull-request-updated":
      return unusable(repository) ?? { is: "scan-pull-request", number: event.pullRequest };
    case "pull-request-merged":
      if (event.status === "active") return ignore("A merge was attempted, the pull request is still active");
      return unusable(repository) ?? { is: "scan-pull-request", number: event.pullRequest };
    case "build-completed":
      return { is: "record-build", build: event };
    case "repository-created":
      return { is: "sync", why: "A repository was created" };
    case "pull-request-comment":
      if (event.content !== undefined && readCommands(event.content).length === 0)
        return ignore("The comment is no command");
      return unusable(repository) ?? { is: "obey-comment", number: event.pullRequest };
    case "other":
      return ignore(`Nothing follows from events of type ${event.eventType}`);
  }
}

function unusable(repository: Known | undefined): Decision | undefined {
  if (!repository) return { is: "sync", why: "The repository is not known yet" };
  if (repository.goneAt || repository.isDisabled) {
    return { is: "sync", why: "The repository was thought to be gone or disabled" };
  }
  if (!repository.chosen) return ignore("The repository is not chosen to be scanned");
  return undefined;
}

function decidePush(updates: readonly RefUpdate[], { defaultBranch, scannedCommit }: Partial<Known> = {}): Decision {
  if (updates.length === 0) return ignore("The push moved no ref");
  if (!defaultBranch) return { is: "sync", why: "The repository had no default branch yet" };
  const onDefault = updates.filter((update) => update.ref === defaultBranch);
  if (onDefault.some((update) => isZeroObjectId(update.newObjectId))) {
    return { is: "sync", why: "The default branch was deleted" };
  }
  if (onDefault.length > 0) return { is: "scan-repository" };
  if (!updates.some(isOfBranch)) return ignore(describeOtherRefs(updates));
  // Once the default branch was scanned, everything is read.
  return scannedCommit === undefined ? ignore("The repository waits for its first scan") : { is: "read-history" };
}

/** A secret is out as soon as it is pushed, wherever to, and a branch that is gone holds none; all else of a branch is told in its pull request. */
function isOfBranch({ ref }: RefUpdate): boolean {
  return ref.startsWith("refs/heads/");
}

function describeOtherRefs(updates: readonly RefUpdate[]): string {
  if (updates.every((update) => isZeroObjectId(update.newObjectId))) return "Only refs other than branches went";
  if (updates.every((update) => update.ref.startsWith("refs/tags/"))) return "Only tags were pushed";
  return "No branch moved";
}
