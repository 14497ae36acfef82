/** What Azure DevOps says of a run, in the words and tones of the console. */
import type { Tone } from "../../ui/tag.tsx";

interface Said {
  readonly label: string;
  readonly tone: Tone;
}

const said: Readonly<Record<string, Said>> = {
  succeeded: { label: "Succeeded", tone: "good" },
  partiallySucceeded: { label: "Partly succeeded", tone: "warning" },
  failed: { label: "Failed", tone: "bad" },
  canceled: { label: "Cancelled", tone: "off" },
};

export function runResults(result: string): Said {
  return said[result] ?? { label: result === "" || result === "none" ? "Under way" : result, tone: "quiet" };
}

const reasons: Readonly<Record<string, string>> = {
  manual: "By hand",
  individualCI: "A push",
  batchedCI: "Pushes together",
  schedule: "The schedule",
  pullRequest: "A pull request",
  buildCompletion: "Another pipeline",
  resourceTrigger: "A resource",
};

export function sayReason(reason: string): string {
  return reasons[reason] ?? reason;
}
