/** Who needs whom in a lock file of Python, and what nothing needs any more once a package goes up. */
export interface LockEdge {
  /** The name that is needed, as a key. */
  readonly to: string;
  readonly extras: readonly string[];
  /** What is asked for, if the lock file says it. */
  readonly range: string | undefined;
  readonly isConditional: boolean;
}

export interface LockGraph {
  /** By key; several entries of one name count as one. */
  readonly edges: ReadonlyMap<string, readonly LockEdge[]>;
  /** What the projects ask for themselves. */
  readonly roots: ReadonlySet<string>;
}

/** Keys that are reached now, and are not when the package needs only these. */
export function goneWithout(graph: LockGraph, key: string, needed: readonly string[]): ReadonlySet<string> {
  const before = reached(graph, (from) => graph.edges.get(from)?.map(({ to }) => to) ?? []);
  const after = reached(graph, (from) => (from === key ? needed : (graph.edges.get(from)?.map(({ to }) => to) ?? [])));
  return new Set([...before].filter((one) => !after.has(one)));
}

function reached({ roots }: LockGraph, next: (key: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set(roots);
  for (const key of seen) for (const one of next(key)) seen.add(one);
  return seen;
}

/** Who asks for the package, itself aside. */
export function asking({ edges }: LockGraph, key: string): readonly (LockEdge & { readonly from: string })[] {
  return [...edges].flatMap(([from, own]) =>
    from === key ? [] : own.flatMap((edge) => (edge.to === key ? [{ ...edge, from }] : [])),
  );
}
