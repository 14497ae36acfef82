/** Finds the records that speak of the same problem: those that share an id or an alias, directly or by way of others. */
export interface Named {
  readonly id: string;
  readonly aliases: readonly string[];
}

/** Groups of positions in `records`, each in the order given. */
export function groupRecords(records: readonly Named[]): readonly (readonly number[])[] {
  const parents = records.map((_, position) => position);
  const owner = new Map<string, number>();
  for (const [position, { id, aliases }] of records.entries()) {
    join(parents, owner, id, position);
    for (const alias of aliases) join(parents, owner, alias, position);
  }
  const groups = new Map<number, number[]>();
  for (let position = 0; position < records.length; position += 1) {
    const root = rootOf(parents, position);
    const group = groups.get(root);
    if (group) group.push(position);
    else groups.set(root, [position]);
  }
  return [...groups.values()];
}

function join(parents: number[], owner: Map<string, number>, name: string, position: number): void {
  const other = owner.get(name);
  if (other === undefined) owner.set(name, position);
  else parents[rootOf(parents, position)] = rootOf(parents, other);
}

function rootOf(parents: number[], position: number): number {
  let at = position;
  while (parents[at] !== at) {
    const up = parents[at] as number;
    // Halving the way keeps it short for whoever asks next.
    parents[at] = parents[up] as number;
    at = up;
  }
  return at;
}
