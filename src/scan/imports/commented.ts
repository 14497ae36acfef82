/** Tells whether places of a text stand in a comment or a long string; asked from the beginning to the end, linear in all. */

export interface Enclosure {
  readonly opens: string;
  readonly closes: string;
}

export const blockComment: Enclosure = { opens: "/*", closes: "*/" };

/** The first that opens counts until it closes; one that never closes reaches to the end. */
export function enclosedIn(text: string, enclosures: readonly Enclosure[]): (at: number) => boolean {
  const next = enclosures.map(({ opens }) => text.indexOf(opens));
  let from = 0;
  let start = -1;
  let end = 0;
  return (at) => {
    while (end <= at) {
      let first = -1;
      for (const [which, { opens }] of enclosures.entries()) {
        if (next[which] !== -1 && (next[which] ?? 0) < from) next[which] = text.indexOf(opens, from);
        const place = next[which] ?? -1;
        if (place !== -1 && (first === -1 || place < (next[first] ?? 0))) first = which;
      }
      const found = enclosures[first];
      if (!found) {
        [start, end] = [text.length, text.length + 1];
        break;
      }
      start = next[first] ?? 0;
      const closed = text.indexOf(found.closes, start + found.opens.length);
      end = closed === -1 ? text.length + 1 : closed + found.closes.length;
      from = end;
      if (start > at) break;
    }
    return start <= at && at < end;
  };
}
