/** Dismisses issues, in portions that the server takes, and says what became of each. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ExceptionsBody } from "#api/exceptions/contract.ts";
import type { DismissMatching, DismissMatchingBody } from "#api/issues/many-contract.ts";
import { tell } from "../../api.ts";
import { countOf, sayCount } from "../../ui/amounts.ts";
import { saysWhy } from "../../ui/failure.tsx";
import { sayDone, sayFailed } from "../../ui/say.ts";
import { aboutIssues } from "./about-issues.ts";
import { sendPortions } from "./portions-of.ts";

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
  const { answers: outcomes, rest } = await sendPortions(
    ids,
    mostAtOnce,
    async (issues) => (await tell.makeExceptions({ ...body, issues: [...issues] })).outcomes,
  );
  const count = (...kinds: readonly string[]) => outcomes.filter(({ is }) => kinds.includes(is)).length;
  const [refused] = outcomes.filter(({ is }) => is === "refused");
  const done = { made: count("made", "there"), pending: count("pending"), refused: count("refused") };
  if (refused !== undefined && done.refused === ids.length) throw new Error(sentence(refused.why ?? ""));
  const failed = rest === undefined ? {} : { left: rest.count, failure: rest.error };
  return sayOutcome({ ...done, ...failed, why: refused?.why ?? "", thing, isOne: ids.length === 1 });
}

async function dismissMatching(
  { filter, count }: ToDismiss & { readonly is: "matching" },
  { reason, comment, justification, until }: Dismissal,
): Promise<string> {
  const given = {
    ...(comment !== undefined && { comment }),
    ...(justification !== undefined && { justification }),
    ...(until !== undefined && { until }),
  };
  const said = { thing: "issue", isOne: false } as const;
  let made = 0;
  for (;;) {
    let answer: DismissMatching;
    try {
      answer = await tell.dismissMatching({ filter, reason, ...given });
    } catch (error) {
      if (made === 0) throw error;
      return sayOutcome({ ...said, made, pending: 0, refused: 0, why: "", left: count - made, failure: error });
    }
    const { pending, refused } = answer;
    made += answer.dismissed;
    // What waits or was refused stays open and would come again: only a step that ends some goes on.
    if (answer.left === 0 || answer.dismissed === 0 || pending + refused.length > 0) {
      const why = refused[0]?.why ?? "";
      if (made + pending === 0 && refused.length > 0) throw new Error(sentence(why));
      return sayOutcome({
        ...said,
        made,
        pending,
        refused: refused.length,
        why,
        left: answer.left - pending - refused.length,
      });
    }
  }
}

interface Outcome {
  readonly made: number;
  readonly pending: number;
  readonly refused: number;
  readonly why: string;
  /** Not decided about. */
  readonly left?: number;
  /** What kept it from going on. */
  readonly failure?: unknown;
  readonly thing: Thing;
  /** There was only one from the beginning. */
  readonly isOne: boolean;
}

function sayOutcome({ made, pending, refused, why, left = 0, failure, thing, isOne }: Outcome): string {
  if (isOne && refused === 0) {
    return pending === 0
      ? `The ${thing} is dismissed.`
      : `The ${thing} stays open until a second person agrees to the exception.`;
  }
  const parts = [`${countOf(made, thing)} ${made === 1 ? "is" : "are"} dismissed.`];
  if (pending > 0) parts.push(`${pending === 1 ? "1 waits" : `${pending} wait`} for a second person.`);
  if (refused > 0) parts.push(`${refused === 1 ? "1 was" : `${refused} were`} refused: ${sentence(why)}`);
  if (failure !== undefined) parts.push(`Then it failed, with ${sayCount(left)} left: ${saysWhy(failure)}`);
  else if (left > 0) parts.push(`${countOf(left, "more stays", "more stay")} open.`);
  return parts.join(" ");
}

/** The server names a field first: `until must be in the future`. */
function sentence(why: string): string {
  const text = why.charAt(0).toUpperCase() + why.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
