/** CRAN and Hackage: lists of numbers, divided by dots and hyphens. Of two that begin alike the longer is the newer. */
import { compareParts, type VersionOrder, type Whole, wholeOf } from "./version-order.ts";

interface NumberList {
  readonly numbers: readonly Whole[];
  /** What is no number, in a version that is no list. */
  readonly text: string;
}

export const numberListOrder: VersionOrder<NumberList> = {
  parse: (text) => {
    const trimmed = text.trim();
    return /^\d+(?:[.-]\d+)*$/.test(trimmed)
      ? { numbers: trimmed.split(/[.-]/).map(wholeOf), text: "" }
      : { numbers: [], text: trimmed };
  },
  compare: (a, b) => {
    const length = Math.min(a.numbers.length, b.numbers.length);
    for (let at = 0; at < length; at += 1) {
      const order = compareParts(a.numbers[at]!, b.numbers[at]!);
      if (order !== 0) return order;
    }
    return a.numbers.length - b.numbers.length || compareParts(a.text, b.text);
  },
  isPrerelease: () => false,
  isVersion: ({ numbers }) => numbers.length > 0,
};
