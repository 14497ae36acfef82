/** A label in an element, and the value behind it, in pages and in the markup of components: `<strong>Password:</strong> v`. */
import { behindEach, names, type Writing, type Writings } from "./writing.ts";

const space = String.raw`(?:\s|&nbsp;|\{["'] ["']\}){0,42}`;
const opened = "<(?:code|b|strong|span|em|i|tt|kbd|samp|mark)(?: [^<>]{0,80})?>";
/** What a program puts there begins with a brace or sign, or is joined to the text. */
const value = "(?<bare>[^\\s<>\"'`{}()$%@#|\\\\,;:+.&=][^\\s<>\"'`{}|\\\\]{5,63})";
const labelled: Writing = {
  name: /(?:^|[^\w -])\s{0,20}((?:\w{2,16} ){0,2}[\w-]{2,24})$/,
  after: new RegExp(`^\\s?[:=-]?${space}(?:${opened}\\s{0,20})?${value}(?=\\s|<)`, "di"),
};
/** Of an element that holds anything, the value has one of its own. */
const besideLabel: Writing = {
  ...labelled,
  after: new RegExp(`^\\s?:?${space}${opened}\\s{0,20}${value}\\s{0,20}</`, "di"),
};

/** By the anchor in small letters. */
export const writingsOfMarkup: Writings = [
  ...behindEach([...names, "passwort", "passcode"], ["</b>", "</strong>", ":</b>", ":</strong>"], labelled),
  ...behindEach(names, [":</span>", ":</label>", "</span>:", "</label>:", ':{" "}', ":\n", ":\r\n"], besideLabel),
];
