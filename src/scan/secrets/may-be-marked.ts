/** Tells quickly whether marks that silence findings could stand in a part of a file: whole lists of findings hang on them. */

/** Each mark that allow-markers.ts and marker-tools.ts know holds one of these. */
const parts =
  "sallyport:allow leaks:allow trufflehog:ignore kingfisher: pragma:allow pragma:white checkov:skip nosem secretlint- ggignore".split(
    " ",
  );
parts.push("pragma: allow", "pragma: white");

export function mayBeMarked(bytes: Buffer): boolean {
  return parts.some((part) => bytes.includes(part, 0, "latin1"));
}
