/** Shapes that tokens of several providers share. */
import type { Part } from "./secret-rule.ts";

/** Hexadecimal digits in groups of 8, 4, 4, 4 and 12. */
export const uuidParts: readonly Part[] = [
  { alphabet: "hex", length: 8 },
  { text: "-" },
  { alphabet: "hex", length: 4 },
  { text: "-" },
  { alphabet: "hex", length: 4 },
  { text: "-" },
  { alphabet: "hex", length: 4 },
  { text: "-" },
  { alphabet: "hex", length: 12 },
];
