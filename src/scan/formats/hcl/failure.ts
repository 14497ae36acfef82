/** Tells values that cannot be from values that are not known yet: `try` and `can` pass over the former only. */
import type { Node, Unknown } from "../node.ts";
import type { Place } from "../text-file.ts";
import { refsIn, unknown } from "./functions/answer.ts";

const failures = new WeakSet<Node>();

/** Terraform would stop here with an error. */
export function failure(reason: string, at: Place, about: readonly Node[] = []): Unknown {
  const result = unknown(reason, about, at);
  failures.add(result);
  return result;
}

export function isFailure(node: Node): boolean {
  return failures.has(node);
}

/** What comes of an unknown value is unknown for the same reason, and a failure if that was one. */
export function following(cause: Unknown, at: Place, about: readonly Node[] = []): Unknown {
  const refs = about.length === 0 ? cause.refs : refsIn([cause, ...about]);
  const result: Unknown = { is: "unknown", at, from: cause.from ?? cause.at, reason: cause.reason, refs };
  if (failures.has(cause)) failures.add(result);
  return result;
}

/** The same unknown, told to stand elsewhere, remains a failure. */
export function asFailureOf(node: Node, origin: Node): Node {
  if (node !== origin && failures.has(origin)) failures.add(node);
  return node;
}
