/** Replaces `${name}` in the texts of a POM. What has no value, names itself or grows without end stays unresolved. */
import type { Written } from "./pom.ts";

export interface Resolved extends Written {
  readonly isResolved: boolean;
}

const longest = 2000;
const deepest = 50;

/** Resolves texts; the same property is worked out only once. */
export function resolverOf(lookUp: (name: string) => Written | undefined): (written: Written) => Resolved {
  const known = new Map<string, Resolved | undefined>();
  const propertyValue = (name: string, depth: number): Resolved | undefined => {
    if (known.has(name)) return known.get(name);
    // Whoever asks for it while it is being worked out gets no answer.
    known.set(name, undefined);
    const written = lookUp(name);
    const value = written && depth < deepest ? resolve(written, depth + 1) : undefined;
    known.set(name, value);
    return value;
  };
  const resolve = (written: Written, depth: number): Resolved => {
    const { text } = written;
    const whole = /^\$\{([^${}]+)\}$/.exec(text)?.[1];
    const only = whole === undefined ? undefined : propertyValue(whole.trim(), depth);
    if (whole !== undefined) return only?.isResolved ? only : { text, isResolved: false };
    if (!text.includes("${")) return { ...written, isResolved: !text.includes("@{") };
    let isResolved = true;
    let length = 0;
    const replaced = text.slice(0, longest).replace(/\$\{([^${}]+)\}/g, (expression, name: string) => {
      const value = length < longest ? propertyValue(name.trim(), depth) : undefined;
      if (!value?.isResolved) isResolved = false;
      const put = value?.isResolved ? value.text : expression;
      length += put.length;
      return put;
    });
    if (replaced.length > longest || text.length > longest) return { text: text.slice(0, longest), isResolved: false };
    return { text: replaced, isResolved: isResolved && !replaced.includes("${") };
  };
  return (written) => resolve(written, 0);
}
