/** The key of a consumer beside its secret: `consumer_key = "v"`, `consumer_secret = "w"`. */
import { companyAfter, companyBefore } from "../assignments/limits.ts";
import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { type View, windowText } from "../text/view.ts";

/** OAuth sends it in clear to say whose request it is: who replaces the secret has replaced both. */
export function isConsumersName({ words, assignment }: NamedLiteral, view: View): boolean {
  if (words.slice(-2).join(" ") !== "consumer key") return false;
  const { start, end } = assignment;
  const beside = `${windowText(view, start - companyBefore, start)}\n${windowText(view, end, end + companyAfter)}`;
  return /consumer[-_. ]?secret/.test(beside);
}
