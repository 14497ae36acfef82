/** Writings in which a comment says what a literal is, or tells a password by itself: `"v",  // password`, `// password - v`. */
import { asBytes } from "../../text/small-letters.ts";
import { atEach, type Writing, type Writings } from "./writing.ts";

const dashes = `(?:[-=]|${asBytes("–")}|${asBytes("—")})`;
const endOfLine = "(?=[ \\t]{0,4}(?:\\*/|\\r?\\n|$))";

/** The literal that ends before the comment: an argument or element, or what is assigned to a name that says nothing; of a hash it tells what was hashed. */
const ahead =
  /(?<open>["'`])(?<value>(?![^"'`\n]{0,60}(?:pass|pwd)|[0-9a-f]{32,}["'`])[^\s"'`\\]{4,64})\k<open>[)\]};,]{0,3}[ \t]{0,60}$/di;
/** Of the comment no more than whose it is follows. */
const saidBehind: Writing = {
  ahead,
  after: new RegExp(`^(?: (?:of|for) [^\\n*"'=:]{1,48})?${endOfLine}`),
  kind: "password",
};
const saidInRussian: Writing = { ahead, after: new RegExp(`^[^\\n"'=:!?]{0,60}?${endOfLine}`), kind: "password" };

/** A value with a digit, and no more in its line. */
const alone = `["'\`]?(?<value>(?=[!-~]{0,63}\\d)[^\\s"'\`<>(){}\\x80-\\xff]{6,64})["'\`]?${endOfLine}`;
const behindDash: Writing = { after: new RegExp(`^[ \\t]{0,3}${alone}`, "d"), kind: "password" };
const behindWord: Writing = { after: new RegExp(`^[ \\t]{1,3}${dashes}[ \\t]{1,3}${alone}`, "d"), kind: "password" };

const begins = ["// ", "//", "/* ", "# "];
const inRussian = ["пароль", "Пароль"].map(asBytes);

/** By the anchor in small letters. */
export const writingsOfComments: Writings = [
  ...atEach(
    begins.flatMap((sign) => ["password", "passwd", "passwort"].map((name) => `${sign}${name}`)),
    saidBehind,
  ),
  ...atEach(
    begins.flatMap((sign) => inRussian.map((name) => `${sign}${name}`)),
    saidInRussian,
  ),
  ...atEach(
    begins.flatMap((sign) => ["password", "passwd", "pwd", "pass"].map((name) => `${sign}${name} - `)),
    behindDash,
  ),
  ...atEach(inRussian, behindWord),
];
