/** What a writing is that hands a password or key over without assigning it, and what such writings share. */
import type { NameKind } from "./name-words.ts";

export interface Writing {
  /** From the end of the anchor on. Groups: `value`, or `bare` for one that nothing encloses; `name` if that comes next. */
  readonly after: RegExp;
  /** The text up to the name's end; anything if absent. */
  readonly before?: RegExp;
  /** The value, in a group of that name, where it ends before the anchor. */
  readonly ahead?: RegExp;
  /** Finds the name in it, if the name does not end with it. */
  readonly name?: RegExp;
  /** What the value is called, if the name at the anchor does not say it. */
  readonly kind?: NameKind;
  /** Documents only: elsewhere the signs mean something else. */
  readonly isProse?: true;
  /** What must be spoken of around it. */
  readonly company?: RegExp;
  /** One of these comes next, behind white space if it is none itself: most places are left after a look at it. */
  readonly next?: string;
}

/** One literal; `""` and what a backslash goes on with are none. */
export const literal = "(?<open>[\"'`])(?<value>[^\"'`\\\\\\n]{4,90})\\k<open>";

export const nextLiteral: Writing = { next: "\"'`", after: new RegExp(`^\\s{0,3}${literal}`, "d") };

/** One writing behind each of some names: `password`, `token`, ... */
export function behindEach(
  names: readonly string[],
  forms: readonly string[],
  writing: Writing,
): Readonly<Record<string, Writing>> {
  return Object.fromEntries(names.flatMap((name) => forms.map((form) => [`${name}${form}`, writing])));
}
