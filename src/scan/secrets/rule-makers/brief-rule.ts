/**
 * Writes the rule of a provider's key from one line of facts: who gives it, what it looks like, where it is explained.
 * For the many services whose keys all mean the same: whoever has one acts as its owner.
 */

import type { Part, SecretRule } from "../rule/secret-rule.ts";
import type { AlphabetName } from "../text/alphabets.ts";
import { namedRule, type Piece, type ProviderWord, some, tokenRule } from "./provider-rule.ts";

/** Provider, site, form; what else must be said of it. */
export type BriefToken = readonly [
  provider: string,
  site: string,
  token: readonly Piece[],
  more?: { readonly kind?: string; readonly entropy?: number },
];

/**
 * Provider, site, form, the words in names that say whose it is (by default the provider's, in all spellings), and what the
 * key is called.
 */
export type BriefNamed = readonly [
  provider: string,
  site: string,
  token: readonly Piece[],
  words?: readonly ProviderWord[],
  kind?: string,
];

/** Keys that their own form gives away. */
export function briefTokens(lines: readonly BriefToken[]): readonly SecretRule[] {
  return lines.map(([provider, site, token, { kind = "API token", entropy } = {}]) =>
    tokenRule({
      ...factsOf(provider, site, kind),
      token,
      ...(entropy !== undefined && { minimumEntropy: entropy }),
    }),
  );
}

/** Keys without a form of their own, beside their provider's name. */
export function briefNamed(lines: readonly BriefNamed[]): readonly SecretRule[] {
  return lines.map(([provider, site, token, words = [inWords(provider)], kind = "API key"]) =>
    namedRule({ ...factsOf(provider, site, kind), token, words: spellings(words) }),
  );
}

function factsOf(provider: string, site: string, kind: string) {
  return {
    id: `secrets/${slug(`${provider} ${kind.replace("API ", "")}`)}` as const,
    title: `${provider} ${kind}`,
    provider,
    severity: "medium" as const,
    why: `Whoever has it uses ${provider} as its owner: reads what the account holds, and spends what it pays for.`,
    fix: `Revoke it in the account's settings at ${provider}, make a new one, and read that from the environment or a vault.`,
    links: [`https://${site}`],
  };
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** In small words, with a space between. */
function inWords(provider: string): string {
  return provider
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, " ")
    .replace(/^[ .]+|[ .]+$/g, "");
}

/** Several words are written together, or with any sign between: `acme mail`, `ACME_MAIL`, `acme-mail`, `AcmeMail`. */
function spellings(words: readonly ProviderWord[]): readonly ProviderWord[] {
  return words.flatMap((word): readonly ProviderWord[] =>
    typeof word === "string" ? spellingsOf(word, words) : [word],
  );
}

function spellingsOf(word: string, words: readonly ProviderWord[]): readonly string[] {
  const single = word.split(/(?<=[a-z0-9])[ _.-](?=[a-z0-9])/);
  if (single.length === 1 || single.length > 4 || !/[a-z0-9]$/.test(word)) return [word];
  // A site's name ends no word of a sentence.
  const between = word.includes(".") ? [".", "_", "-", ""] : ["_", "-", " ", ""];
  const others = between.map((sign) => single.join(sign)).filter((other) => !words.includes(other));
  // Without its sign a short name is the end of many words.
  return [word, ...others.filter(({ length }) => length > 4)];
}

/** A provider's name that is an ordinary word: it counts only joined to what a key is called, or as a name itself. */
export function keyOf(joined: string): readonly ProviderWord[] {
  return [{ joined }];
}

/** So many characters, by what they are. */
export const hex = (least: number, most = least): Part => some("hex", least, most);
export const lower = (least: number, most = least): Part => some("lowerAlnum", least, most);
export const upper = (least: number, most = least): Part => some("upperAlnum", least, most);
export const mixed = (least: number, most = least): Part => some("base62", least, most);
export const url = (least: number, most = least): Part => some("base64Url", least, most);
export const of = (alphabet: AlphabetName, least: number, most = least): Part => some(alphabet, least, most);

/** A JSON Web Token of so many characters, or what is made like one: its head alone is a long run. */
export function jwt(least: number, most: number): readonly Piece[] {
  return ["ey", url(15), of("dotted", least - 15, most - 15)];
}
