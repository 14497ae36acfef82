/** Tells values that cannot be from values that are not known yet: `try` and `can` pass over the former only. */
import type { Node, Unknown } from "../node.ts";
import type { Place } from "../text-file.ts";
import { refsIn, unknown } from "./functions/answer.ts";

/** On an unknown value; copies of it carry it along. */
const failed = Symbol("failed");

/** Terraform would stop here with an error. */
export function failure(reason: string, at: Place, about: readonly Node[] = []): Unknown {
  return marked(unknown(reason, about, at));
}

function marked(node: Unknown): Unknown {
  return Object.assign(node, { [failed]: true });
}

export function isFailure(node: Node): boolean {
  return failed in node;
}

/** What comes of an unknown value is unknown for the same reason, and a failure if that was one. */
export function following(cause: Unknown, at: Place, about: readonly Node[] = []): Unknown {
  const refs = about.length === 0 ? cause.refs : refsIn([cause, ...about]);
  const result: Unknown = { is: "unknown", at, from: cause.from ?? cause.at, reason: cause.reason, refs };
  return isFailure(cause) ? marked(result) : result;
}

/** The result of a call with an argument that is a failure. */
export function asFailure(node: Unknown): Unknown {
  return marked({ ...node });
}
