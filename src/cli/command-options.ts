/** Options that take one of some words, a list of them, or a number; anything else is a mistake that is said in one line. */
import { InvalidArgumentError, Option } from "commander";

export function oneOf(flags: string, description: string, words: readonly string[], otherwise: string): Option {
  return new Option(flags, description).choices(words).default(otherwise);
}

export function listOf<T extends string>(words: readonly T[]): (text: string) => readonly T[] {
  return (text) =>
    text.split(",").map((part) => {
      const word = words.find((one) => one === part.trim());
      if (word === undefined) throw new InvalidArgumentError(`Allowed are ${words.join(", ")}.`);
      return word;
    });
}

export function textList(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("It must be a whole number from 1.");
  return number;
}
