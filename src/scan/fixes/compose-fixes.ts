/** Puts the edits of several findings together, file by file. A fix that reaches into another is left out as a whole. */
import type { Finding } from "#model/finding.ts";
import { isSpan } from "#model/span.ts";
import { changedText, changesOf, type TextChange } from "./text-edits.ts";

interface Composed {
  readonly texts: ReadonlyMap<string, string>;
  readonly fixes: readonly Finding[];
  readonly said: readonly string[];
  readonly refusals: readonly string[];
}

export function composeFixes(findings: readonly Finding[], original: (path: string) => string | undefined): Composed {
  const changes = new Map<string, readonly TextChange[]>();
  const [fixes, refusals]: [Finding[], string[]] = [[], []];
  for (const finding of findings) {
    const together = withEdits(changes, finding, original);
    if (typeof together === "string") {
      refusals.push(`${finding.fix?.title ?? finding.rule} (${placeOf(finding)}) is left out: ${together}.`);
      continue;
    }
    for (const [path, all] of together) changes.set(path, all);
    fixes.push(finding);
  }
  const texts = new Map<string, string>();
  for (const [path, all] of changes) {
    const text = original(path);
    const after = text === undefined ? undefined : changedText(text, all);
    if (after !== undefined) texts.set(path, after);
  }
  return { texts, fixes, said: [], refusals };
}

type Changes = ReadonlyMap<string, readonly TextChange[]>;

/** A clause is why not. */
function withEdits(
  changes: Changes,
  { fix }: Finding,
  original: (path: string) => string | undefined,
): ReadonlyMap<string, readonly TextChange[]> | string {
  const together = new Map<string, readonly TextChange[]>();
  for (const [path, edits] of Map.groupBy(fix?.edits ?? [], ({ at }) => at.path)) {
    const text = original(path);
    if (text === undefined) return `${path} is not there, or is no UTF-8`;
    const own = changesOf(text, edits);
    if (!own) return `${path} is not as it was scanned`;
    const known = changes.get(path) ?? [];
    const all = [...known, ...own];
    if (own.some((one) => known.some((other) => disagree(one, other))) || changedText(text, all) === undefined)
      return "it reaches into the edit for another finding, so do one after the other";
    together.set(path, all);
  }
  return together;
}

const firstWord = /^[^\w"']*["']?([\w.-]+)/;

/** Two that add the same member to one place, with other values. */
function disagree(one: TextChange, other: TextChange): boolean {
  if (one.start !== other.start || one.end !== other.end || one.text === other.text) return false;
  return one.start !== one.end || firstWord.exec(one.text)?.[1] === firstWord.exec(other.text)?.[1];
}

function placeOf({ at }: Finding): string {
  return isSpan(at) ? `${at.path}:${at.startLine}` : at.setting;
}
