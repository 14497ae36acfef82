/** Boosted trees over numbers: their sum is the logarithm of the odds that a literal is a secret. */

export interface Forest {
  readonly bias: number;
  /**
   * Per tree its nodes in the order of a walk that takes the lower branch first, three numbers each: feature, threshold
   * and number of the upper branch's node, or -1, the leaf's value and 0.
   */
  readonly trees: readonly (readonly number[])[];
}

const width = 3;

export function logOdds({ bias, trees }: Forest, row: Float64Array): number {
  let sum = bias;
  for (const tree of trees) {
    let at = 0;
    let feature = tree[0]!;
    while (feature >= 0) {
      at = row[feature]! < tree[at + 1]! ? at + width : tree[at + 2]! * width;
      feature = tree[at]!;
    }
    sum += tree[at + 1]!;
  }
  return sum;
}
