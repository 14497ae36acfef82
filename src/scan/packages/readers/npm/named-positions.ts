/**
 * Positions by a name and the words behind it. By the name first: to put whole keys together from both took a third of
 * the time that a lock file of 20,000 packages is read in.
 */

interface Named {
  readonly words: string;
  readonly position: number;
  others?: Map<string, number>;
}

export type NamedPositions = Map<string, Named>;

export function addNamed(positions: NamedPositions, name: string, words: string, position: number): void {
  const named = positions.get(name);
  if (!named) positions.set(name, { words, position });
  else {
    named.others ??= new Map([[named.words, named.position]]);
    named.others.set(words, position);
  }
}

export function findNamed(positions: NamedPositions, name: string, words: string): number | undefined {
  const named = positions.get(name);
  if (named?.others) return named.others.get(words);
  return named?.words === words ? named.position : undefined;
}

/** Words that lead to one name and are looked at to see whether all mean the same. */
const mostWords = 32;

/** The only position that the name has, whatever the words are. */
export function onlyNamed(positions: NamedPositions, name: string): number | undefined {
  const { others, position } = positions.get(name) ?? {};
  if (!others) return position;
  return others.size <= mostWords && others.values().every((one) => one === position) ? position : undefined;
}
