/**
 * Parses a text once while a plan lasts: each finding of a lock file asks for the whole of it, and most of them leave it as it
 * is. What was parsed goes with the plan that it was parsed for.
 */

/** Of the texts of one parser in one plan. What is parsed takes many times as much memory. */
const mostCharacters = 2_000_000;

/** The result is given out again and again, so nobody may change it. */
export function oncePerText<T>(parse: (text: string) => T): (plan: object, text: string) => T {
  const plans = new WeakMap<object, Map<string, { readonly result: T }>>();
  return (plan, text) => {
    const known = plans.get(plan) ?? new Map<string, { readonly result: T }>();
    plans.set(plan, known);
    const parsed = known.get(text) ?? { result: parse(text) };
    // Behind all others: the one that was not asked for the longest is forgotten first.
    known.delete(text);
    known.set(text, parsed);
    let length = [...known.keys()].reduce((sum, one) => sum + one.length, 0);
    for (const oldest of known.keys()) {
      if (length <= mostCharacters || oldest === text) break;
      known.delete(oldest);
      length -= oldest.length;
    }
    return parsed.result;
  };
}
