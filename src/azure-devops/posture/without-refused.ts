/**
 * Asks of many things, each alone. Who may see a list may not see each of them, and some are gone meanwhile: these are left
 * out. Where nothing is answered, the first refusal is thrown, and after a few of them nobody asks for the rest.
 */
import { RemoteError } from "#model/remote-error.ts";
import type { Missing } from "../missing-right.ts";
import { askEach } from "./ask-each.ts";

const enough = 3;

export interface Asked<Value> {
  readonly values: readonly Value[];
  /** Why the others are missing. */
  readonly refusals: readonly RemoteError[];
}

export async function withoutRefused<Item, Value>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Value>,
): Promise<Asked<Value>> {
  const answers: (Answer<Value> | RemoteError)[] = [];
  const answer = async (item: Item): Promise<Answer<Value> | RemoteError> => {
    try {
      return { value: await ask(item) };
    } catch (error) {
      if (isOfOne(error)) return error;
      throw error;
    }
  };
  const isAnswered = () => answers.some((one) => !(one instanceof RemoteError));
  while (answers.length < items.length && !isAnswered()) {
    if (answers.length === enough) throw answers[0];
    answers.push(await answer(items[answers.length] as Item));
  }
  answers.push(...(await askEach(items.slice(answers.length), answer)));
  const refusals = answers.filter((one) => one instanceof RemoteError);
  const [refused] = refusals;
  if (refused && !isAnswered()) throw refused;
  return {
    values: answers.flatMap((one) => (one instanceof RemoteError ? [] : [one.value])),
    refusals,
  };
}

interface Answer<Value> {
  readonly value: Value;
}

/** The refusal may concern this one thing alone; one for want of a scope concerns all. */
export function isOfOne(error: unknown): error is RemoteError {
  if (!(error instanceof RemoteError)) return false;
  const { scope } = (error.details.missing ?? {}) as Missing;
  const isScopeMissing = error.details.status === 401 || scope !== undefined;
  return error.code === "not-found" || (error.code === "forbidden" && !isScopeMissing);
}
