/** Damaged texts for tests, the same for the same seed: cut off, shuffled, with letters of the wrong kind. */

/** What breaks most formats; a language adds its own. */
const usualPieces = [
  "{",
  "}",
  "[",
  "]",
  '"',
  "'",
  "${",
  "%{",
  "\n",
  "\t",
  ":",
  "- ",
  "#",
  "/*",
  "<<EOT\n",
  "{{",
  "}}",
  "\0",
  "\u{1f600}",
  "0x",
  "1e999",
  "&a *a",
  "!Ref ",
  "'''",
  "\\",
  "=",
];

/** One damage. */
export function mutateText(text: string, random: () => number, pieces: readonly string[] = usualPieces): string {
  const at = Math.floor(random() * (text.length + 1));
  const length = Math.floor(random() * Math.min(200, text.length + 1));
  const piece = pieces[Math.floor(random() * pieces.length)] ?? "";
  switch (Math.floor(random() * 6)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + length);
    case 2:
      return text.slice(0, at) + piece + text.slice(at);
    case 3:
      return text.slice(0, at) + piece.repeat(1 + Math.floor(random() * 50)) + text.slice(at);
    case 4:
      return text.slice(0, at) + text.slice(at, at + length).repeat(2) + text.slice(at);
    default:
      return text.slice(at) + text.slice(0, at);
  }
}
