import type { Span } from "#model/span.ts";

const longestShown = 4;

/** The beginning of a provider's prefix, which is that long, and the value's length; without one only the length. Never more. */
export function maskValue(value: string, prefix: number): string {
  const length = `(${value.length} characters)`;
  return prefix > 0 && value.length >= 12 ? `${value.slice(0, Math.min(prefix, longestShown))}… ${length}` : length;
}

const shortestPiece = 4;
const shortestBeginning = 6;

/** A text of people without these values, nor the beginning of one where the text was cut. */
export function withoutValues(text: string, values: readonly string[]): string {
  let clean = text;
  for (const piece of values.flatMap((value) => value.split(/\s+/))) {
    if (piece.length < shortestPiece) continue;
    clean = clean.replaceAll(piece, "•••");
    for (let length = Math.min(piece.length - 1, clean.length); length >= shortestBeginning; length--) {
      if (clean.endsWith(piece.slice(0, length))) clean = `${clean.slice(0, -length)}•••`;
    }
  }
  return clean;
}

/** Covers the spans of a text with dots, character by character, so that places in it stay right. */
export function maskText(
  text: string,
  spans: readonly Omit<Span, "path">[],
  { firstLine = 1 }: { readonly firstLine?: number } = {},
): string {
  const lines = text.split("\n");
  for (const span of spans) {
    for (let line = span.startLine; line <= span.endLine; line++) {
      const index = line - firstLine;
      const old = lines[index];
      if (old === undefined) continue;
      const from = line === span.startLine ? span.startColumn - 1 : 0;
      const to = line === span.endLine ? span.endColumn - 1 : old.length;
      lines[index] = old.slice(0, from) + "•".repeat(Math.max(0, Math.min(to, old.length) - from)) + old.slice(to);
    }
  }
  return lines.join("\n");
}
