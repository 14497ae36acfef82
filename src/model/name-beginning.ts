/** What names of packages of one owner have in common, where an ecosystem has such a thing. */
import type { Ecosystem } from "./ecosystem.ts";

const beginnings: Readonly<Partial<Record<Ecosystem, RegExp>>> = {
  npm: /^@[^/]+\//,
  NuGet: /^[^.]+\./,
  Maven: /^[^.:]+\.[^.:]+(?=[.:])/,
  Go: /^[^/]+\/[^/]+(?=\/)/,
  Packagist: /^[^/]+\//,
};

/** `@contoso/`, `contoso.`, `com.contoso`; of a name as `packageKey` gives it. */
export function nameBeginning(ecosystem: Ecosystem, key: string): string | undefined {
  return beginnings[ecosystem]?.exec(key)?.[0];
}
