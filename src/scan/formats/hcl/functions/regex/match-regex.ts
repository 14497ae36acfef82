/**
 * Runs a program over a text. Every step is tried at most once at every letter, so the time is bounded by their product
 * whatever the pattern is; where that is too much, the answer is a refusal.
 */

import type { RegexProgram } from "../../../patterns/compile-regex.ts";
import type { Assertion } from "../../../patterns/parse-regex.ts";
import { type Answer, limits, type Refusal, refuse } from "../answer.ts";

/** Start and end of the match and of each group, in pairs; -1 where a group took no part. */
type Slots = readonly number[];

const mostVisits = 20_000_000;

/** What `regex` answers for a match: the text, a list of groups, or an object of named groups. */
function answerOf({ groups, names }: RegexProgram, text: string, slots: Slots): Answer {
  const group = (number: number) => {
    const start = slots[number * 2] ?? -1;
    return start < 0 ? null : text.slice(start, slots[number * 2 + 1]);
  };
  if (groups === 0) return group(0);
  if (names.size === 0) return Array.from({ length: groups }, (_, position) => group(position + 1));
  return new Map([...names].map(([number, name]) => [name, group(number)]));
}

export function matchFirst(program: RegexProgram, text: string): Answer {
  const found = find(program, text, 1);
  if ("refused" in found) return found;
  const [slots] = found;
  return slots ? answerOf(program, text, slots) : refuse("the pattern does not match the text");
}

export function matchAll(program: RegexProgram, text: string): Answer {
  const found = find(program, text, limits.items);
  return "refused" in found ? found : found.map((slots) => answerOf(program, text, slots));
}

/** In the replacement, `$1` and `${name}` stand for groups, `$$` for a dollar sign. */
export function replaceAll(program: RegexProgram, text: string, by: string): Answer {
  const found = find(program, text, limits.items);
  if ("refused" in found) return found;
  const numbers = new Map([...program.names].map(([number, name]) => [name, number]));
  let end = 0;
  let result = "";
  for (const slots of found) {
    const value = by.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced, bare) => {
      if (whole === "$$") return "$";
      const name: string = braced ?? bare;
      const number = /^\d+$/.test(name) ? Number(name) : (numbers.get(name) ?? -1);
      const start = slots[number * 2] ?? -1;
      return start < 0 ? "" : text.slice(start, slots[number * 2 + 1]);
    });
    result += text.slice(end, slots[0]) + value;
    end = slots[1] ?? end;
    if (result.length > limits.text) return refuse("the text would be too long");
  }
  return result + text.slice(end);
}

function find(program: RegexProgram, text: string, most: number): readonly Slots[] | Refusal {
  const letters = text.length + 1;
  if (program.steps.length * letters > mostVisits) return refuse("the text is too long for this pattern");
  const found: Slots[] = [];
  const visited = new Uint8Array(program.steps.length * letters);
  let start = 0;
  let lastEnd = -1;
  while (start <= text.length && found.length < most) {
    const slots = runFrom(program, text, start, visited);
    if (!slots) {
      start += stepAt(text, start);
      continue;
    }
    const end = slots[1] ?? start;
    // As in Go, an empty match right after a match does not count.
    if (end > start || end !== lastEnd) found.push(slots);
    lastEnd = end;
    start = end > start ? end : end + stepAt(text, end);
    // What failed from a letter fails from there again; only the way that led to this match may be gone once more.
    for (let step = 0; step < program.steps.length; step++) visited[step * letters + end] = 0;
  }
  return found;
}

function stepAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** A stack entry with `step` below zero puts an old slot back. */
function runFrom({ steps, groups }: RegexProgram, text: string, start: number, visited: Uint8Array): Slots | undefined {
  const slots = Array<number>(groups * 2 + 2).fill(-1);
  slots[0] = start;
  const stack: [step: number, at: number, old: number][] = [[0, start, 0]];
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    let [position, at] = entry;
    if (position < 0) {
      slots[-position - 1] = entry[2];
      continue;
    }
    for (;;) {
      const mark = position * (text.length + 1) + at;
      if (visited[mark] === 1) break;
      visited[mark] = 1;
      const step = steps[position];
      if (step === undefined) break;
      if (step.is === "match") {
        slots[1] = at;
        return slots;
      }
      if (step.is === "split") {
        stack.push([step.second, at, 0]);
        position = step.first;
      } else if (step.is === "jump") position = step.to;
      else if (step.is === "save") {
        stack.push([-step.slot - 1, 0, slots[step.slot] ?? -1]);
        slots[step.slot] = at;
        position++;
      } else if (step.is === "assert") {
        if (!holds(step.kind, text, at)) break;
        position++;
      } else {
        const code = text.codePointAt(at);
        if (code === undefined || !step.test(code)) break;
        at += code > 0xffff ? 2 : 1;
        position++;
      }
    }
  }
  return undefined;
}

function holds(kind: Assertion, text: string, at: number): boolean {
  if (kind === "textStart") return at === 0;
  if (kind === "textEnd") return at === text.length;
  if (kind === "lineStart") return at === 0 || text[at - 1] === "\n";
  if (kind === "lineEnd") return at === text.length || text[at] === "\n";
  const word = (position: number) => /\w/.test(text[position] ?? "");
  return (word(at - 1) !== word(at)) === (kind === "word");
}
