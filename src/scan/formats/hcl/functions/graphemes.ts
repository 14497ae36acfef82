/** What people take for the letters of a text; Terraform counts and cuts by them. */
const segments = new Intl.Segmenter("en", { granularity: "grapheme" });

export function graphemes(text: string): string[] {
  // Most texts have no letter of several code units, and those are many times faster without the segmenter.
  if (/^[\x20-\x7e\n\t]*$/.test(text)) return text.split("");
  return Array.from(segments.segment(text), ({ segment }) => segment);
}
