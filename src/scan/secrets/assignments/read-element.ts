/** Values of XML: the text of an element that a name opens, or of the element that follows a name (`<key>`, `<name>`). */
import { longestValue } from "./limits.ts";
import type { Literal } from "./read-literal.ts";

const longestTag = 160;

/** `<password type="x">v</password>`, `<Password><Value>v</Value>`, `<string name="password">v</string>`. */
export function elementValue(bytes: Buffer, pathStart: number, nameEnd: number): Literal | undefined {
  const before = bytes[pathStart - 1];
  const next = bytes[nameEnd];
  // Only signs of markup: everything else is decided by two bytes.
  if (next !== 0x3e && next !== 0x3c && next !== 0x22 && next !== 0x27 && before !== 0x3c) return undefined;
  const text = bytes.toString("latin1", nameEnd, Math.min(bytes.length, nameEnd + longestTag));
  let head: RegExpExecArray | null = null;
  if (before === 0x3c && bytes[pathStart] !== 0x2f) {
    head = /^(?:[ \t][^<>]{0,120})?>[ \t\r\n]{0,40}(?:<Value>)?/i.exec(text);
  } else if (before === next && bytes[pathStart - 2] === 0x3d) {
    head = /^["'][^<>=]{0,20}(?:=["'][^<>"']{0,60}["'])?[ \t]{0,4}>(?:[ \t\r\n]{0,40}<value>)?/i.exec(text);
  }
  head ??=
    /^<\/(?:key|name)>[ \t\r\n]{0,80}<(?:string|value)>|^<\/stringProp>[ \t\r\n]{0,80}<stringProp name="[\w.]{0,40}value">/i.exec(
      text,
    );
  return head === null || head[0].endsWith("/>") ? undefined : textUntilTag(bytes, nameEnd + head[0].length);
}

function textUntilTag(bytes: Buffer, from: number): Literal | undefined {
  const text = bytes.toString("latin1", from, Math.min(bytes.length, from + longestValue));
  const match = /^[ \t\r\n]{0,40}(?:<!\[CDATA\[)?([^<\]]{1,500})(?:\]\]>)?<\//.exec(text);
  const value = match?.[1]?.replace(/[ \t\r\n]+$/, "");
  if (match === null || value === undefined || value === "") return undefined;
  const start = from + match[0].indexOf(value);
  return { start, end: start + value.length, quoted: true };
}
