/** Tells quickly whether marks that silence findings could stand in a file, or in a part of it: whole lists of findings hang on them. */

/** Each mark that allow-markers.ts and marker-tools.ts know holds one of these. The prefilter looks for them beside the anchors. */
export const markTexts: readonly string[] = [
  "sallyport:allow",
  "leaks:allow",
  "trufflehog:ignore",
  "kingfisher:ignore",
  "kingfisher:allow",
  "list secret",
  "list-secret",
  "list nextline",
  "list-nextline",
  "checkov:skip",
  "nosem",
  "secretlint-",
  "ggignore",
];

/** One expression: a search for each took ten times as long. */
const part = new RegExp(markTexts.join("|"));

export function mayBeMarked(bytes: Buffer): boolean {
  return part.test(bytes.toString("latin1"));
}
