/** Letters that a pattern cannot tell apart share a number, so that a table of states has few columns. */
import type { CharTest } from "./char-test.ts";
import type { RegexProgram } from "./compile-regex.ts";

export interface CharClasses {
  /** By code below 128. */
  readonly ofAscii: Uint16Array;
  of(code: number): number;
  /** One letter of each class. */
  sampleOf(column: number): number;
}

/** The column that stands for the end of the text. */
export const endOfText = 0;
const firstColumn = 1;

export function charClasses({ steps }: RegexProgram): CharClasses {
  const tests = [...new Set(steps.flatMap((step) => (step.is === "char" ? [step.test] : [])))];
  const distinct = distinctTests(tests);
  const bySignature = new Map<string, number>();
  const samples: number[] = [-1];
  const columnOf = (code: number): number => {
    const signature = signatureOf(distinct, code);
    const known = bySignature.get(signature);
    if (known !== undefined) return known;
    const column = firstColumn + bySignature.size;
    bySignature.set(signature, column);
    samples.push(code);
    return column;
  };
  const ofAscii = Uint16Array.from({ length: 128 }, (_, code) => columnOf(code));
  const others = new Map<number, number>();
  return {
    ofAscii,
    of(code) {
      const known = others.get(code);
      if (known !== undefined) return known;
      const column = code < 128 ? ofAscii[code]! : columnOf(code);
      others.set(code, column);
      return column;
    },
    sampleOf: (column) => samples[column] ?? 0,
  };
}

/** Letters beyond ASCII that show a difference between tests of the kinds that patterns have. */
const probes = [0x80, 0xa0, 0xe9, 0xc9, 0x17f, 0x212a, 0x3b1, 0x391, 0x430, 0x4e00, 0x3042, 0x1f511, 0xfffd, 0xd800];

/** Repeated parts of a pattern ask the same; a test that differs nowhere here is kept only if it tells more than ASCII. */
function distinctTests(tests: readonly CharTest[]): readonly CharTest[] {
  const kept = new Map<string, CharTest>();
  for (const test of tests) {
    let answers = "";
    for (let code = 0; code < 128; code++) answers += test(code) ? 1 : 0;
    const beyond = probes.map((code) => (test(code) ? 1 : 0)).join("");
    const isPlain = /^(0+|1+)$/.test(beyond) && answers.includes("1");
    kept.set(isPlain ? answers + beyond : `${answers}${beyond} ${kept.size}`, test);
  }
  return [...kept.values()];
}

/** What the tests and the assertions see of a letter. */
function signatureOf(tests: readonly CharTest[], code: number): string {
  let signature = code === 10 ? "n" : isWordCode(code) ? "w" : "o";
  for (const test of tests) signature += test(code) ? 1 : 0;
  return signature;
}

export function isWordCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}
