/** How much of a text reads as words. Random text practically never does so by half; identifiers and stand-ins do. */
import { rarity } from "./rarity.ts";

const wordRarity = 4.6;

/** Letters in runs of three or more that follow each other as those of a language do. */
export function wordLetters(value: string): number {
  let letters = 0;
  for (const [run] of value.matchAll(/[A-Z]?[a-z]{3,}|[A-Z]{4,}/g)) if (rarity(run) < wordRarity) letters += run.length;
  return letters;
}

/** `createPipxToolConfig`, `GoogleCloudV1AwsProxyConfig`, `token_for_different_org`. */
export function readsAsWords(value: string): boolean {
  return wordLetters(value) >= value.length * 0.5 || isCamelCase(value);
}

/** Nearly all of it in capitals followed by three small letters or more, whatever the words are. */
function isCamelCase(value: string): boolean {
  let letters = 0;
  for (const [run] of value.matchAll(/[A-Z][a-z]{3,}/g)) letters += run.length;
  return letters >= value.length * 0.8;
}
