/** The addresses that settings of package managers take packages from, where they are written without encryption. */
import type { TextFile } from "../../formats/text-file.ts";
import { linesOf } from "../../packages/reading/text-lines.ts";
import type { Source } from "./package-unit.ts";

/** By the name of the file: what stands on a line before the address. */
const settings: readonly (readonly [RegExp, RegExp])[] = [
  [/(?:^|\/)\.npmrc$/, /^\s*(?:@[^\s:=]{1,200}:)?registry\s*=\s*["']?(?=http:)/],
  [/(?:^|\/)\.yarnrc$/, /^\s*"?(?:@[^\s:"]{1,200}:)?registry"?\s+["']?(?=http:)/],
  [/(?:^|\/)\.yarnrc\.ya?ml$/, /^\s*npm(?:Registry|Publish)\w{0,30}:\s*["']?(?=http:)/],
  [/(?:^|\/)pip\.(?:conf|ini)$/i, /^\s*(?:(?:global\.)?(?:index-url|extra-index-url|find-links)\s*[=:]\s*)?(?=http:)/],
  [
    /(?:^|\/)requirements[^/]*\.txt$/i,
    /^\s*(?:-i|--index-url|--extra-index-url|-f|--find-links)(?:\s+|=)["']?(?=http:)/,
  ],
];

const address = /http:\/\/[^\s"'<>]{1,2000}/y;

export function isSettings(path: string): boolean {
  return /(?:^|\/)nuget\.config$/i.test(path) || settings.some(([name]) => name.test(path));
}

export function readSources(file: TextFile): readonly Source[] {
  if (/nuget\.config$/i.test(file.path)) return readNuget(file);
  const before = settings.find(([name]) => name.test(file.path))?.[1];
  if (!before) return [];
  return linesOf(file.text).flatMap(({ text, start }) => {
    const match = text.length > 4000 ? null : before.exec(text);
    return match ? sourceAt(file, start + match[0].length) : [];
  });
}

function sourceAt(file: TextFile, start: number): readonly Source[] {
  address.lastIndex = start;
  const found = address.exec(file.text)?.[0];
  if (found === undefined) return [];
  return [{ path: file.path, address: found, at: { file, start, end: start + found.length }, isLocked: false }];
}

/** Only under `packageSources`; other sections use addresses as names. */
function readNuget(file: TextFile): readonly Source[] {
  const text = file.text.replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => " ".repeat(comment.length));
  const from = text.search(/<packageSources\b/i);
  const end = text.search(/<\/packageSources\s*>/i);
  if (from < 0 || end < from) return [];
  return [...text.slice(from, end).matchAll(/<add\b[^<>]{0,2000}?\bvalue\s*=\s*["'](?=http:)/gi)].flatMap((match) =>
    sourceAt(file, from + match.index + match[0].length),
  );
}
