/**
 * RubyGems and CocoaPods: runs of digits and runs of letters; letters make a prerelease and stand before numbers, zeros at
 * the end of the numbers and of the whole count for nothing. A platform behind the version is no part of it.
 */
import { compareParts, type VersionOrder, type Whole, wholeOf } from "./version-order.ts";

interface GemVersion {
  readonly segments: readonly (Whole | string)[];
  readonly isPrerelease: boolean;
  readonly isVersion: boolean;
}

const platform =
  /-(?:java|jruby|ruby|mswin\d*|mingw\d*|(?:x86|x64|x86_64|i[3-6]86|universal|amd64|arm\w*|aarch64|ppc\w*|powerpc\w*|s390x?|riscv64|loongarch64|sparc\w*|mips\w*)-.+)$/;

export const gemOrder: VersionOrder<GemVersion> = {
  parse,
  compare: (a, b) => {
    const length = Math.max(a.segments.length, b.segments.length);
    for (let at = 0; at < length; at += 1) {
      const [one, other] = [a.segments[at] ?? 0, b.segments[at] ?? 0];
      const isWord = typeof one === "string";
      if (isWord !== (typeof other === "string")) return isWord ? -1 : 1;
      const order = compareParts(one, other);
      if (order !== 0) return order;
    }
    return 0;
  },
  isPrerelease: ({ isPrerelease }) => isPrerelease,
  isVersion: ({ isVersion }) => isVersion,
};

function parse(text: string): GemVersion {
  const version = text
    .trim()
    .replace(/^[vV](?=\d)/, "")
    .replace(platform, "")
    .replace(/\+.*$/s, "");
  const parts = version.replaceAll("-", ".pre.").match(/\d+|[a-zA-Z]+/g) ?? [];
  const segments = parts.map((part) => (/^\d/.test(part) ? wholeOf(part) : part));
  const word = segments.findIndex((segment) => typeof segment === "string");
  const release = word < 0 ? segments : segments.slice(0, word);
  const rest = word < 0 ? [] : segments.slice(word);
  return {
    segments: [...withoutZeros(release), ...withoutZeros(rest)],
    isPrerelease: word > 0,
    isVersion: /^\d/.test(version),
  };
}

function withoutZeros(segments: readonly (Whole | string)[]): readonly (Whole | string)[] {
  return segments.slice(0, segments.findLastIndex((segment) => segment !== 0) + 1);
}
