/** What the dimensions of a job's matrix may hold. */
import { type Block, child, itemsOf, type Node } from "../../formats/node.ts";
import type { Job } from "./workflow.ts";

/** Combinations that are worked out to see what `exclude` leaves; GitHub itself runs no more than 256. */
const mostCombinations = 2_000;

export function matrixOf(job: Job | undefined): Node | undefined {
  return child(child(job?.body, "strategy"), "matrix");
}

/** The values of a dimension, without those that no job has; lists that are computed come as the expressions that do so. */
export function matrixValues(matrix: Block, name: string): readonly Node[] {
  const key = keyOf(matrix, name);
  const own = key === undefined || key === "include" || key === "exclude" ? [] : itemsOf(matrix.get(key)?.value);
  const included = itemsOf(child(matrix, "include")).flatMap((item): readonly Node[] => {
    if (item.is !== "block") return [item];
    const found = keyOf(item, name);
    const value = found === undefined ? undefined : item.get(found)?.value;
    return value ? [value] : [];
  });
  return [...(key === undefined ? own : kept(matrix, key, own)), ...included];
}

function keyOf(block: Block, name: string): string | undefined {
  return block.keys().find((key) => key.toLowerCase() === name);
}

type Combination = ReadonlyMap<string, Node>;

/** The values that some combination has which is not excluded. */
function kept(matrix: Block, name: string, values: readonly Node[]): readonly Node[] {
  const excluded = itemsOf(child(matrix, "exclude")).filter((item) => item.is === "block");
  if (excluded.length === 0) return values;
  const combinations = combinationsOf(matrix);
  if (!combinations || combinations.length * excluded.length > mostCombinations * 50) return values;
  const left = new Set<Node | undefined>();
  for (const one of combinations) if (!excluded.some((item) => isMatch(one, item))) left.add(one.get(name));
  return values.filter((value) => left.has(value));
}

function combinationsOf(matrix: Block): readonly Combination[] | undefined {
  let combinations: readonly Combination[] = [new Map()];
  for (const key of matrix.keys()) {
    const values = key === "include" || key === "exclude" ? [] : itemsOf(matrix.get(key)?.value);
    if (values.length === 0) continue;
    if (combinations.length * values.length > mostCombinations) return undefined;
    combinations = combinations.flatMap((one) => values.map((value) => new Map([...one, [key, value]])));
  }
  return combinations;
}

function isMatch(combination: Combination, excluded: Block): boolean {
  return excluded.keys().every((key) => isSame(combination.get(key), excluded.get(key)?.value));
}

function isSame(a: Node | undefined, b: Node | undefined): boolean {
  return a?.is === "scalar" && b?.is === "scalar" && String(a.value) === String(b.value);
}
