/** opam: Debian's order. Runs of other characters and runs of digits in turn; `~` stands before the end, letters before signs. */
import { compareParts, type VersionOrder, wholeOf } from "./version-order.ts";

export const debianOrder: VersionOrder<string> = {
  parse: (text) => text.trim(),
  compare: (a, b) => {
    const [ones, others] = [runsOf(a), runsOf(b)];
    const length = Math.max(ones.length, others.length);
    for (let at = 0; at < length; at += 1) {
      const [one = "", other = ""] = [ones[at], others[at]];
      const order = at % 2 === 0 ? compareSigns(one, other) : compareParts(wholeOf(one || "0"), wholeOf(other || "0"));
      if (order !== 0) return order;
    }
    return 0;
  },
  isPrerelease: (version) => version.includes("~"),
  isVersion: (version) => /\d/.test(version),
};

/** No digits, digits, no digits ... */
function runsOf(text: string): readonly string[] {
  return text.split(/(\d+)/);
}

function compareSigns(a: string, b: string): number {
  const length = Math.max(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const order = weightOf(a[at]) - weightOf(b[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function weightOf(sign: string | undefined): number {
  if (sign === undefined) return 0;
  if (sign === "~") return -1;
  return /[a-zA-Z]/.test(sign) ? sign.charCodeAt(0) : sign.charCodeAt(0) + 0x1_0000;
}
