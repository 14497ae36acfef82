/** Writes the commit of an action or the digest of an image where a moving name stands, if whoever plans knows them. */
import type { Finding } from "#model/finding.ts";
import type { FixKnowledge } from "#model/fix-plan.ts";
import { isSpan, type Span } from "#model/span.ts";
import type { Texts } from "../manifest-reading.ts";
import { changedText, changesOf, type TextChange } from "../text-edits.ts";

interface PinRequest {
  readonly known: FixKnowledge;
  readonly original: (path: string) => string | undefined;
  /** What was written before; such files are left to the next time, because places have moved in them. */
  readonly texts: Texts;
}

interface Pinned {
  readonly texts: ReadonlyMap<string, string>;
  readonly fixes: readonly Finding[];
  readonly said: readonly string[];
  readonly refusals: readonly string[];
}

export function pinReferences(findings: readonly Finding[], { known, original, texts }: PinRequest): Pinned {
  const changes = new Map<string, TextChange[]>();
  const [fixes, refusals]: [Finding[], string[]] = [[], []];
  for (const finding of findings) {
    const { at } = finding;
    const text = isSpan(at) ? original(at.path) : undefined;
    if (!isSpan(at) || text === undefined) {
      refusals.push(`What ${finding.rule} found stands in no file that can be edited.`);
      continue;
    }
    const pins = texts.has(at.path)
      ? "another fix edits the file first, so plan this one again"
      : pinsIn(text, at, known);
    if (typeof pins === "string") refusals.push(`${at.path}:${at.startLine} is not pinned: ${pins}.`);
    else {
      changes.set(at.path, [...(changes.get(at.path) ?? []), ...pins]);
      fixes.push(finding);
    }
  }
  const written = [...changes].flatMap(([path, own]) => {
    const after = changedText(original(path) ?? "", own);
    return after === undefined ? [] : [[path, after] as const];
  });
  return { texts: new Map(written), fixes, said: [], refusals };
}

const mostLines = 2000;

/** A clause is why not. */
function pinsIn(text: string, at: Span, known: FixKnowledge): readonly TextChange[] | string {
  const [whole] = changesOf(text, [{ at: { ...at, startColumn: 1 }, text: "" }]) ?? [];
  if (!whole) return "the file is not as it was scanned";
  const newline = text.indexOf("\n", whole.end);
  const end = newline < 0 ? text.length : newline;
  const changes: TextChange[] = [];
  let start = whole.start;
  for (const line of text.slice(whole.start, end).split("\n", mostLines)) {
    const change = pinOf(line, start, known);
    if (typeof change === "string") return change;
    if (change) changes.push(...change);
    start += line.length + 1;
  }
  return changes.length > 0 ? changes : "no action or image was found there";
}

const longestLine = 2000;
const action = /^[\s-]*["']?uses["']?\s*:\s*["']?([\w.-]+\/[\w./-]+)@([\w./-]+)/;
const image =
  /^(?:\s*FROM\s+(?:--\S+\s+)*|[\s-]*["']?(?:image|container)["']?\s*:\s*["']?|[\s-]*uses\s*:\s*["']?docker:\/\/)([\w./:-]+)(?![\w./:@$({-])/i;

function pinOf(line: string, start: number, known: FixKnowledge): readonly TextChange[] | string | undefined {
  if (line.length > longestLine) return undefined;
  const used = action.exec(line);
  if (used) return pinOfAction(line, start, used, known);
  const found = image.exec(line);
  const name = found?.[1];
  if (!found || name === undefined || name.toLowerCase() === "scratch") return undefined;
  const digest = known.digestOf?.(name);
  if (digest === undefined || !/^sha256:[0-9a-f]{64}$/.test(digest))
    return `the digest of ${name} is not known here; \`docker buildx imagetools inspect ${name}\` tells it`;
  const at = start + found[0].length;
  return [{ start: at, end: at, text: `@${digest}` }];
}

const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** The name that stood there goes behind it, so that people and updaters know which release it is. */
function pinOfAction(
  line: string,
  start: number,
  [whole, name = "", ref = ""]: RegExpExecArray,
  known: FixKnowledge,
): readonly TextChange[] | string | undefined {
  if (commit.test(ref)) return undefined;
  const repository = name.split("/").slice(0, 2).join("/");
  const found = known.commitOf?.(repository, ref);
  if (found === undefined || !commit.test(found))
    return `the commit behind ${repository}@${ref} is not known here; look it up where the action is published`;
  const end = start + whole.length;
  const rest = line.slice(whole.length).replace(/\r$/, "");
  const atEnd = end + rest.trimEnd().length;
  const pin = { start: end - ref.length, end, text: found };
  return rest.includes("#") ? [pin] : [pin, { start: atEnd, end: atEnd, text: ` # ${ref}` }];
}
