/** Dismisses issues, in portions that the server takes, and says what became of each. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ExceptionsBody, MadeExceptions } from "#api/exceptions/contract.ts";
import type { DismissMatchingBody } from "#api/issues/many-contract.ts";
import { tell } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { aboutIssues } from "./about-issues.ts";
import { portionsOf } from "./portions-of.ts";

/** Some issues by their ids, or all open ones that filters fit. A secret is dismissed by one issue of it. */
export type ToDismiss =
  | { readonly is: "issues"; readonly ids: readonly string[]; readonly thing: Thing }
  | { readonly is: "matching"; readonly filter: DismissMatchingBody["filter"]; readonly count: number };

/** What people take each of them for. */
type Thing = "issue" | "secret";

type Dismissal = Omit<ExceptionsBody, "issues">;

const mostAtOnce = 500;

export function useDismiss(what: ToDismiss, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ comment = "", ...rest }: Dismissal) => {
      const body = { ...rest, ...(comment.trim() === "" ? {} : { comment: comment.trim() }) };
      return what.is === "issues" ? dismissAll(what, body) : dismissMatching(what, body);
    },
    onSuccess: (said) => {
      sayDone(said);
      onDone();
    },
    onError: (error) => sayFailed("It was not dismissed", error),
    onSettled: () => client.invalidateQueries(aboutIssues),
  });
}

async function dismissAll({ ids, thing }: ToDismiss & { readonly is: "issues" }, body: Dismissal): Promise<string> {
  const outcomes: MadeExceptions["outcomes"] = [];
  for (const issues of portionsOf(ids, mostAtOnce)) {
    outcomes.push(...(await tell.makeExceptions({ ...body, issues })).outcomes);
  }
  const count = (...kinds: readonly string[]) => outcomes.filter(({ is }) => kinds.includes(is)).length;
  const [refused] = outcomes.filter(({ is }) => is === "refused");
  const done = { made: count("made", "there"), pending: count("pending"), refused: count("refused") };
  if (refused !== undefined && done.refused === outcomes.length) throw new Error(sentence(refused.why ?? ""));
  return sayOutcome({ ...done, why: refused?.why ?? "", thing, isOne: ids.length === 1 });
}

async function dismissMatching(
  { filter }: ToDismiss & { readonly is: "matching" },
  { reason, comment, justification, until }: Dismissal,
): Promise<string> {
  const given = {
    ...(comment !== undefined && { comment }),
    ...(justification !== undefined && { justification }),
    ...(until !== undefined && { until }),
  };
  let made = 0;
  let pending = 0;
  for (;;) {
    const answer = await tell.dismissMatching({ filter, reason, ...given });
    made += answer.dismissed;
    pending += answer.pending;
    const [refused] = answer.refused;
    // What waits or was refused stays open and would come again: only a step that ends some goes on.
    if (answer.left === 0 || answer.dismissed === 0 || answer.pending + answer.refused.length > 0) {
      if (made + pending === 0 && refused !== undefined) throw new Error(sentence(refused.why));
      const why = refused?.why ?? "";
      return sayOutcome({ made, pending, refused: answer.refused.length, why, thing: "issue", isOne: false });
    }
  }
}

interface Outcome {
  readonly made: number;
  readonly pending: number;
  readonly refused: number;
  readonly why: string;
  readonly thing: Thing;
  /** There was only one from the beginning. */
  readonly isOne: boolean;
}

function sayOutcome({ made, pending, refused, why, thing, isOne }: Outcome): string {
  if (isOne && refused === 0) {
    return pending === 0
      ? `The ${thing} is dismissed.`
      : `The ${thing} stays open until a second person agrees to the exception.`;
  }
  const parts = [`${countOf(made, thing)} ${made === 1 ? "is" : "are"} dismissed.`];
  if (pending > 0) parts.push(`${pending === 1 ? "1 waits" : `${pending} wait`} for a second person.`);
  if (refused > 0) parts.push(`${refused === 1 ? "1 was" : `${refused} were`} refused: ${sentence(why)}`);
  return parts.join(" ");
}

/** The server names a field first: `until must be in the future`. */
function sentence(why: string): string {
  const text = why.charAt(0).toUpperCase() + why.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
