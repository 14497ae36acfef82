/** One call for each of many things: the first alone, so that what is refused for one is not asked for hundreds. */

/** The pacer decides how many really run at a time; this bounds what waits. */
const atOnce = 12;

export async function askEach<T, U>(items: readonly T[], ask: (item: T) => Promise<U>): Promise<readonly U[]> {
  const answers: U[] = [];
  for (let at = 0; at < items.length; at += at === 0 ? 1 : atOnce) {
    const some = items.slice(at, at === 0 ? 1 : at + atOnce);
    answers.push(...(await Promise.all(some.map(ask))));
  }
  return answers;
}
