/** A list in lists of so many. */
function portionsOf<One>(all: readonly One[], size: number): One[][] {
  const portions: One[][] = [];
  for (let start = 0; start < all.length; start += size) portions.push(all.slice(start, start + size));
  return portions;
}

/** What came of a wish that is sent in portions. */
export interface Sent<Answer> {
  readonly answers: readonly Answer[];
  /** What is behind the portion that failed was not sent, and that one may have been. */
  readonly rest: { readonly count: number; readonly error: unknown } | undefined;
}

/** Throws only if the first portion fails: what was done by then is not undone by what fails later. */
export async function sendPortions<One, Answer>(
  all: readonly One[],
  size: number,
  send: (portion: readonly One[]) => Promise<readonly Answer[]>,
): Promise<Sent<Answer>> {
  const answers: Answer[] = [];
  let sent = 0;
  for (const portion of portionsOf(all, size)) {
    try {
      answers.push(...(await send(portion)));
    } catch (error) {
      if (sent === 0) throw error;
      return { answers, rest: { count: all.length - sent, error } };
    }
    sent += portion.length;
  }
  return { answers, rest: undefined };
}
