/** JavaScript and TypeScript: import, export from, import(), require(). Types are imports too: they come from the package. */
import type { ImportLanguage } from "../import-language.ts";
import { codeOf } from "./javascript-code.ts";

export const languages: readonly ImportLanguage[] = [
  {
    name: "js",
    ecosystems: ["npm", "Deno"],
    endings: /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/i,
    words: ["import", "require", "export"],
    separator: "/",
    importsIn,
  },
];

const candidate = /\b(?:import|require|from)\b/g;
/** What stands between the word and the text that it takes. */
const toText = /(?:import|require|from)\s*(?:\(\s*)?(['"`])([^'"`\n]{1,300})\1/y;
const longest = 5_000;

function* importsIn(text: string): Generator<string> {
  let last = -1;
  for (const { index } of text.matchAll(candidate)) last = index;
  if (last === -1) return;
  // Imports stand at the top: what follows the last of them is not looked at.
  const isCode = codeOf(text, Math.min(text.length, last + longest));
  for (const { index } of text.matchAll(candidate)) {
    toText.lastIndex = index;
    const [, , path] = toText.exec(text) ?? [];
    if (path === undefined || !isCode(index)) continue;
    const name = packageIn(path);
    if (name !== undefined) yield name;
  }
}

/** `lodash/fp` is of lodash, `@scope/a/b` of @scope/a. Paths, addresses and what the runtime carries are of nobody. */
function packageIn(path: string): string | undefined {
  const bare = path.startsWith("npm:") ? path.slice(4).replace(/(?<=.)@[^/]*/, "") : path;
  const [, name] = /^((?:@[a-z0-9~._-]+\/)?[a-z0-9~_-][a-z0-9~._-]*)(?:\/|$)/i.exec(bare) ?? [];
  return name;
}
