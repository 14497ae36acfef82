/** Gradient boosting of small trees over binned numbers, as logistic regression; the same input gives the same forest. */
import type { Forest } from "../../src/scan/secrets/scoring/forest.ts";

export interface Row {
  readonly features: Float64Array;
  readonly label: 0 | 1;
  readonly weight: number;
}

interface Settings {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  /** Least sum of curvature in a leaf. */
  readonly leastLeaf: number;
}

interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
}

interface Training {
  readonly bins: readonly Uint8Array[];
  readonly edges: readonly (readonly number[])[];
  readonly slope: Float64Array;
  readonly curve: Float64Array;
  readonly settings: Settings;
}

const mostBins = 48;
const ridge = 2;

export function boost(rows: readonly Row[], settings: Settings): Forest {
  const width = rows[0]?.features.length ?? 0;
  const edges = Array.from({ length: width }, (_, feature) => edgesOf(rows, feature));
  const bins = edges.map((list, feature) => Uint8Array.from(rows, (row) => binOf(list, row.features[feature]!)));
  const positive = rows.reduce((sum, row) => sum + row.label * row.weight, 0);
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  const bias = Math.log(positive / (total - positive));
  const odds = new Float64Array(rows.length).fill(bias);
  const slope = new Float64Array(rows.length);
  const curve = new Float64Array(rows.length);
  const training = { bins, edges, slope, curve, settings };
  const trees: number[][] = [];
  const all = Int32Array.from(rows, (_, index) => index);
  for (let round = 0; round < settings.trees; round++) {
    rows.forEach(({ label, weight }, index) => {
      const probability = 1 / (1 + Math.exp(-odds[index]!));
      slope[index] = (label - probability) * weight;
      curve[index] = probability * (1 - probability) * weight;
    });
    const tree: number[] = [];
    grow(training, all, 0, tree, odds);
    trees.push(tree);
  }
  return { bias: rounded(bias), trees };
}

/** Quantiles of the values, as thresholds between bins. */
function edgesOf(rows: readonly Row[], feature: number): number[] {
  const values = rows.map((row) => row.features[feature]!).toSorted((a, b) => a - b);
  const distinct = [...new Set(values)];
  if (distinct.length <= mostBins)
    return distinct.slice(1).map((value, index) => rounded((value + distinct[index]!) / 2));
  const edges = Array.from({ length: mostBins - 1 }, (_, index) =>
    rounded(values[Math.floor(((index + 1) * values.length) / mostBins)]!),
  );
  return [...new Set(edges)];
}

function binOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value < edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Appends the node for these rows and all below it; returns the node's number. */
function grow(training: Training, rows: Int32Array, depth: number, tree: number[], odds: Float64Array): number {
  const { bins, edges, slope, curve, settings } = training;
  const node = tree.length / 3;
  const split = depth < settings.depth ? bestSplit(training, rows) : undefined;
  if (split === undefined) {
    let slopes = 0;
    let curves = 0;
    for (const row of rows) {
      slopes += slope[row]!;
      curves += curve[row]!;
    }
    const value = rounded((settings.rate * slopes) / (curves + ridge));
    for (const row of rows) odds[row]! += value;
    tree.push(-1, value, 0);
    return node;
  }
  const { feature, bin } = split;
  tree.push(feature, edges[feature]![bin]!, 0);
  const column = bins[feature]!;
  grow(
    training,
    rows.filter((row) => column[row]! <= bin),
    depth + 1,
    tree,
    odds,
  );
  tree[node * 3 + 2] = grow(
    training,
    rows.filter((row) => column[row]! > bin),
    depth + 1,
    tree,
    odds,
  );
  return node;
}

function bestSplit({ bins, edges, slope, curve, settings }: Training, rows: Int32Array): Split | undefined {
  let best: Split | undefined;
  for (const [feature, column] of bins.entries()) {
    const count = edges[feature]!.length + 1;
    const slopes = new Float64Array(count);
    const curves = new Float64Array(count);
    for (const row of rows) {
      const bin = column[row]!;
      slopes[bin]! += slope[row]!;
      curves[bin]! += curve[row]!;
    }
    const slopeSum = slopes.reduce((sum, value) => sum + value, 0);
    const curveSum = curves.reduce((sum, value) => sum + value, 0);
    let left = 0;
    let leftCurve = 0;
    for (let bin = 0; bin < count - 1; bin++) {
      left += slopes[bin]!;
      leftCurve += curves[bin]!;
      const right = slopeSum - left;
      const rightCurve = curveSum - leftCurve;
      if (leftCurve < settings.leastLeaf || rightCurve < settings.leastLeaf) continue;
      const gain =
        left ** 2 / (leftCurve + ridge) + right ** 2 / (rightCurve + ridge) - slopeSum ** 2 / (curveSum + ridge);
      if (gain > (best?.gain ?? 0.5)) best = { feature, bin, gain };
    }
  }
  return best;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
