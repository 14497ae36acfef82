/** Composer: versions as its ranges see them. All have four numbers, builds (`+5`) and `-stable` are no part of them, and a branch `1.x-dev` is above all of its line. */
const aboveAll = "9999999";

export function composerRangeText(version: string): string {
  const [, numbers = "", x, rest = ""] =
    /^v?(\d+(?:\.\d+){0,3})((?:\.[x*])*)([^+]*?)(?:[._-]?stable)?(?:\+.*)?$/is.exec(version.trim()) ?? [];
  if (numbers === "") return version;
  const parts = numbers.split(".");
  const filler = x && /^-dev$/i.test(rest) ? aboveAll : "0";
  return `${[...parts, filler, filler, filler].slice(0, Math.max(4, parts.length)).join(".")}${rest.toLowerCase()}`;
}
