/** Tells quickly whether marks that silence findings could stand in a part of a file: whole lists of findings hang on them. */

/** Each mark that allow-markers.ts and marker-tools.ts know holds one of these. One expression: a search for each took ten times as long. */
const part =
  /(?:sallyport|leaks):allow|trufflehog:ignore|kingfisher:|pragma: ?(?:allow|white)|checkov:skip|nosem|secretlint-|ggignore/;

export function mayBeMarked(bytes: Buffer): boolean {
  return part.test(bytes.toString("latin1"));
}
