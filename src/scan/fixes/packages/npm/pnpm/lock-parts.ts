/** The members of a pnpm-lock.yaml with their places. Refuses a text that is not laid out as pnpm itself lays it out. */
import { walkMembers, type YamlMember } from "../../../../packages/readers/npm/yaml-members.ts";

export interface LockPart {
  readonly key: string;
  /** As written, with its quotes. */
  readonly value: string;
  /** Of its first line. */
  readonly start: number;
  readonly lineEnd: number;
  /** Where what follows it begins. */
  end: number;
  readonly parts: LockPart[];
}

const mostParts = 2_000_000;

/** Of the last document: what pnpm needs for itself may stand in one before it. */
export function lockParts(text: string): readonly LockPart[] | undefined {
  let roots: LockPart[] = [];
  let open: LockPart[] = [];
  let count = 0;
  let isUnusual = false;
  const member = ({ depth, key, value, start, end }: YamlMember): void => {
    if (isUnusual || ++count > mostParts) return;
    const lineStart = text.lastIndexOf("\n", start - 1) + 1;
    if (text.charCodeAt(start) === 63 || text.charCodeAt(start) === 58) isUnusual = true;
    for (const done of open.slice(depth)) done.end = lineStart;
    open = open.slice(0, depth);
    const part: LockPart = { key, value, start: lineStart, lineEnd: end, end: text.length, parts: [] };
    (depth === 0 ? roots : open.at(-1)?.parts)?.push(part);
    open.push(part);
  };
  const document = (): void => {
    [roots, open] = [[], []];
  };
  const problems = walkMembers({ path: "", text }, { document, member }, () => {
    isUnusual = true;
  });
  return isUnusual || problems.length > 0 || count > mostParts ? undefined : roots;
}

export function partOf(parts: readonly LockPart[] | undefined, key: string): LockPart | undefined {
  return parts?.find((part) => part.key === key);
}
