/**
 * Composer: a version in the form in which it is compared. All have four numbers, what follows a plus says nothing, `-stable` is
 * the release itself, and a branch `1.x-dev` is above all of its line. A date is not filled up.
 */
const aboveAll = "9999999";

const release = /[._-]?stable\d*(?:[.-]\d+)*(?:[.-]?dev)?$/;
const date = /^v?\d{4}-\d\d(?!\d)/;

export function composerVersionText(version: string): string {
  const text = version
    .trim()
    .toLowerCase()
    .replace(/^([^,\s+]+)\+\S+$/, "$1");
  if (date.test(text)) return withoutRelease(text);
  const [, numbers = "", x, rest = ""] = /^v?(\d+(?:\.\d+){0,3})((?:\.[x*])*)(.*)$/.exec(text) ?? [];
  if (numbers === "") return version;
  const parts = numbers.split(".");
  const filler = x && rest === "-dev" ? aboveAll : "0";
  return `${[...parts, filler, filler, filler].slice(0, 4).join(".")}${withoutRelease(rest)}`;
}

function withoutRelease(text: string): string {
  return text.replace(release, "");
}
