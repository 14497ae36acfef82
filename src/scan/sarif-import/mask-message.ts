/** Takes out of a message what may be the secret that it is about: tools differ in whether they print it. */

const mask = "********";
const shortestValue = 4;

/** `snippets`: the text that the tool found, which holds the secret. `known`: words that are none. */
export function maskMessage(message: string, snippets: readonly string[], known: readonly string[]): string {
  let text = message;
  const isKnown = (word: string) => known.some((one) => one.includes(word));
  for (const snippet of snippets.flatMap((one) => partsOf(one, isKnown))) text = text.replaceAll(snippet, mask);
  return (
    text
      // In quotes of any kind.
      .replace(/(["'`])([^"'`\s]{4,400})\1/g, (whole, mark: string, word: string) =>
        isKnown(word) ? whole : `${mark}${mask}${mark}`,
      )
      // What stands behind = or :
      .replace(/([=:]\s?)([^\s"'`;,*]{6,400})/g, (whole, before: string, word: string) =>
        isKnown(word) || /^[a-z]+$/i.test(word) ? whole : `${before}${mask}`,
      )
      // Letters and digits mixed.
      .replace(/[A-Za-z0-9+/_=.~-]{16,400}/g, (word) =>
        /\d/.test(word) && /[a-z]/i.test(word) && !isKnown(word) ? mask : word,
      )
  );
}

/** The whole snippet, its lines, and the values in them. */
function partsOf(snippet: string, isKnown: (word: string) => boolean): readonly string[] {
  const text = snippet.slice(0, 10_000);
  const lines = text.split(/\r?\n/).slice(0, 50);
  const words = lines.flatMap((line) => line.split(/[\s"'`,;]+|[=:]\s*/));
  const values = words.filter((word) => word.length >= 8 && /[\d\W_]/.test(word));
  const set = lines.flatMap(valuesSetIn).filter((word) => !isKnown(word));
  return [text, ...lines.map((line) => line.trim()), ...values, ...set]
    .filter((part) => part.trim().length >= shortestValue)
    .sort((a, b) => b.length - a.length)
    .slice(0, 200);
}

/** Words that stand in every second message, and as values in code: a password that is one of them is no secret. */
const ordinary = /^(?:passwords?|secrets?|tokens?|credentials?|string|object|default|undefined)$/i;

/** What a line sets, behind = or : or in quotes: a password may be short, or a word; words of few letters say nothing. */
function valuesSetIn(line: string): readonly string[] {
  const set = line.matchAll(/[=:]\s*["'`]?([^\s"'`,;]{4,400})|(["'`])([^\s"'`]{4,400})\2/g);
  const words = [...set].map((one) => one[1] ?? one[3] ?? "");
  return words.filter((word) => (word.length >= 6 || /[\d\W_]/.test(word)) && !ordinary.test(word));
}
