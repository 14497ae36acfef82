/** Tells quickly whether marks that silence findings could stand in a part of a file: whole lists of findings hang on them. */

/** Each mark that allow-markers.ts and marker-tools.ts know holds one of these. */
const parts = [
  ..."sallyport:allow leaks:allow trufflehog:ignore kingfisher: pragma:allow pragma:white checkov:skip nosem".split(
    " ",
  ),
  ..."secretlint- ggignore".split(" "),
  "pragma: allow",
  "pragma: white",
].map((part) => Buffer.from(part));

export function mayBeMarked(bytes: Buffer): boolean {
  return parts.some((part) => bytes.includes(part));
}
