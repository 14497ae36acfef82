import { entropy } from "../../scoring/entropy.ts";
import type { Candidate } from "../../text/view.ts";

/** Nobody draws so many characters for a sample; 240 characters of random bytes have 5.8 bits each, give or take 0.1. */
const drawnLength = 240;
const drawnEntropy = 5.6;

/**
 * As long as a key and as random as one, but no key that anything reads: damaged, cut, or made up. `isWhole`: it ends where
 * a key would.
 */
export function lookalike(body: string, isWhole: boolean, start: number, end: number): readonly Candidate[] {
  if (body.length < 80 || entropy(body) < 4.2) return [];
  const evenInSamples = isWhole && body.length >= drawnLength && entropy(body) >= drawnEntropy;
  const signals = ["does not decode: right format only"];
  return [{ start, end, normalised: body, formatOnly: true, evenInSamples, signals }];
}
