/** The answer of a condition: three-valued, with the text that decided and the edits that would turn a failure round. */
import type { Block, Member, Node } from "../formats/node.ts";
import type { Place } from "../formats/text-file.ts";

export type Literal = string | number | boolean | readonly string[];

/** An edit in the terms of the tree; the language writes it in its own syntax. */
export type Suggestion =
  | { readonly is: "set"; readonly node: Node; readonly value: Literal }
  | { readonly is: "add"; readonly to: Block; readonly path: readonly string[]; readonly value: Literal }
  | { readonly is: "remove"; readonly member: Member };

export interface Verdict {
  /** `none`: the policy does not apply, there is nothing to evaluate. */
  readonly is: "pass" | "fail" | "unknown" | "none";
  /** The text that decided: the value, or the block in which something is missing. */
  readonly at?: Place | undefined;
  /** Where the value comes from, if that is elsewhere: the argument of a call, the default of a variable. */
  readonly from?: Place | undefined;
  /** What was found and what was expected, for a failure; what could not be known, for an unknown. */
  readonly why?: string | undefined;
  readonly edits?: readonly Suggestion[] | undefined;
}

export const passed: Verdict = { is: "pass" };
export const notApplicable: Verdict = { is: "none" };

export function passAt(at: Place): Verdict {
  return { is: "pass", at };
}

/** What decided: a value, which knows where it comes from, or a place. */
export type Deciding = Place | { readonly at: Place; readonly from?: Place | undefined };

export function failAt(decided: Deciding, why?: string, edits?: readonly Suggestion[]): Verdict {
  return "at" in decided
    ? { is: "fail", at: decided.at, from: decided.from, why, edits }
    : { is: "fail", at: decided, why, edits };
}

/**
 * A failure that several values bring about together comes from the first of them that was passed in, so that each call of a
 * module has its own: from another folder, else from another file.
 */
export function decidedBy(verdict: Verdict, values: readonly (Deciding | undefined)[]): Verdict {
  if (verdict.is !== "fail" || !verdict.at) return verdict;
  const { path } = verdict.at.file;
  const origins = values.flatMap((value) => (value && "at" in value && value.from ? [value.from] : []));
  const from =
    origins.find(({ file }) => folderOf(file.path) !== folderOf(path)) ??
    origins.find(({ file }) => file.path !== path);
  return from ? { ...verdict, from } : verdict;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

export function unknownAt(at: Place, why: string): Verdict {
  return { is: "unknown", at, why };
}

const badness = { none: 0, pass: 1, unknown: 2, fail: 3 } as const;

/** The worst of several: one failure fails all. The edits of all failures are needed to pass. */
export function worstOf(verdicts: Iterable<Verdict>): Verdict {
  let worst: Verdict = notApplicable;
  let edits: readonly Suggestion[] | undefined;
  let editable = true;
  for (const verdict of verdicts) {
    if (verdict.is === "fail") {
      editable &&= verdict.edits !== undefined;
      edits = [...(edits ?? []), ...(verdict.edits ?? [])];
    }
    if (badness[verdict.is] > badness[worst.is]) worst = verdict;
  }
  return worst.is === "fail" ? { ...worst, edits: editable ? edits : undefined } : worst;
}

/** The best of several: one pass is enough, and what may pass is not a failure. */
export function bestOf(verdicts: Iterable<Verdict>): Verdict {
  let best: Verdict | undefined;
  for (const verdict of verdicts) {
    if (verdict.is === "pass") return verdict;
    if (verdict.is === "none") continue;
    if (best === undefined || badness[verdict.is] < badness[best.is]) best = verdict;
  }
  return best ?? notApplicable;
}
