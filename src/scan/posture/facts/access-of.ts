/**
 * Who has a permission on something, as Azure DevOps works it out: what is written nearer wins over what is written above, and
 * a refusal wins over an allowance in the same place, also where it comes from another group of the same subject.
 */
import type { AccessListFact, AccessSpace } from "#model/posture/access-facts.ts";
import type { Membership } from "./membership.ts";

export interface Holder {
  /** A person or group that the lists name. */
  readonly subject: string;
  readonly name: string;
  /** Where it is written, and the bit. */
  readonly token: string;
  readonly bit: number;
  readonly action: string;
}

/** From the whole to the branch: `repoV2`, the project, the repository, its refs. Each segment of a branch is written in hexadecimal. */
export function gitTokens(projectId: string, repositoryId?: string, ref?: string): readonly string[] {
  const [refs, kind, ...segments] = ref === undefined ? [] : ref.split("/");
  const steps = ["repoV2", projectId, repositoryId, refs, kind, ...segments.map(hexOf)];
  return stepwise(steps.filter((step) => step !== undefined));
}

/** Of a pipeline or a classic release: its folders are part of the token. */
export function definitionTokens(projectId: string, folder: string, id: number): readonly string[] {
  return stepwise([projectId, ...folder.split(/[\\/]/).filter((step) => step !== ""), `${id}`]);
}

export function taskGroupTokens(projectId: string, id: string): readonly string[] {
  return stepwise([projectId, id]);
}

function stepwise(steps: readonly string[]): readonly string[] {
  return steps.map((_, at) => steps.slice(0, at + 1).join("/"));
}

/** The bytes of UTF-16, the lower one first. */
function hexOf(segment: string): string {
  let hex = "";
  for (let at = 0; at < segment.length; at++) {
    const code = segment.charCodeAt(at);
    hex += byteOf(code & 0xff) + byteOf(code >> 8);
  }
  return hex;
}

function byteOf(value: number): string {
  return value.toString(16).padStart(2, "0");
}

/**
 * Those of the lists who have the permission in the end. Without `membership` groups are not followed: then somebody may be
 * told who is refused by another group. Undefined: this edition has no such permission.
 */
export function holdersOf(
  space: AccessSpace,
  tokens: readonly string[],
  action: string,
  membership: Membership | undefined,
): readonly Holder[] | undefined {
  const bit = space.actions[action];
  if (bit === undefined) return undefined;
  const chain = chainOf(space, tokens);
  const known = holders.get(space) ?? new Map<string, readonly Holder[]>();
  holders.set(space, known);
  // Most branches have no list of their own: what holds above is worked out once.
  const key = `${action} ${membership ? "followed" : ""} ${chain.map(({ token }) => token).join(" ")}`;
  const answer = known.get(key) ?? holdersIn(chain, { action, bit }, membership);
  known.set(key, answer);
  return answer;
}

const holders = new WeakMap<AccessSpace, Map<string, readonly Holder[]>>();

function holdersIn(
  chain: readonly AccessListFact[],
  { action, bit }: { readonly action: string; readonly bit: number },
  membership: Membership | undefined,
): readonly Holder[] {
  const found = new Map<string, Holder>();
  for (const { token, entries } of chain) {
    for (const { subject, name, allow } of entries) {
      if ((allow & bit) !== 0 && !found.has(subject)) found.set(subject, { subject, name, token, bit, action });
    }
  }
  return [...found.values()].filter(({ subject }) =>
    isAllowed(chain, bit, membership?.circlesOf(subject) ?? [subject]),
  );
}

/** Whether this subject has it: by itself or by any of its groups. */
export function hasAccess(
  space: AccessSpace,
  tokens: readonly string[],
  action: string,
  { subject, membership }: { readonly subject: string; readonly membership: Membership | undefined },
): boolean | undefined {
  const bit = space.actions[action];
  if (bit === undefined) return undefined;
  return isAllowed(chainOf(space, tokens), bit, membership?.circlesOf(subject) ?? [subject]);
}

function isAllowed(chain: readonly AccessListFact[], bit: number, circles: Iterable<string>): boolean {
  const own = new Set(circles);
  for (const { entries } of chain) {
    const about = entries.filter(({ subject }) => own.has(subject));
    if (about.some(({ deny }) => (deny & bit) !== 0)) return false;
    if (about.some(({ allow }) => (allow & bit) !== 0)) return true;
  }
  return false;
}

/** The lists that count, the nearest first; what does not inherit ends it. */
function chainOf(space: AccessSpace, tokens: readonly string[]): readonly AccessListFact[] {
  const byToken = listsByToken(space);
  const chain: AccessListFact[] = [];
  for (const token of tokens.toReversed()) {
    const list = byToken.get(token.toLowerCase());
    if (list) chain.push(list);
    if (list && !list.inherits) break;
  }
  return chain;
}

const lists = new WeakMap<AccessSpace, ReadonlyMap<string, AccessListFact>>();

function listsByToken(space: AccessSpace): ReadonlyMap<string, AccessListFact> {
  const kept = lists.get(space);
  if (kept) return kept;
  const made = new Map(space.lists.map((list) => [list.token.toLowerCase().replace(/\/$/, ""), list]));
  lists.set(space, made);
  return made;
}

/** For evidence: `permissions on repoV2/…: Contributors is allowed PolicyExempt (128)`. */
export function sayHolder({ name, token, bit, action }: Holder): string {
  return `permissions on ${token}: ${name} is allowed ${action} (${bit})`;
}
