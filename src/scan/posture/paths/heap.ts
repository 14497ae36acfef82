/** Nodes by their distance, the nearest first; of equals the one that came first. */
export interface Heap {
  readonly push: (far: number, node: string) => void;
  readonly pop: () => string | undefined;
}

interface Entry {
  readonly far: number;
  readonly at: number;
  readonly node: string;
}

export function newHeap(): Heap {
  const list: Entry[] = [];
  let count = 0;
  const isBefore = (a: number, b: number): boolean => {
    const [one, other] = [list[a], list[b]];
    if (!one || !other) return false;
    return one.far < other.far || (one.far === other.far && one.at < other.at);
  };
  const swap = (a: number, b: number): void => {
    const [one, other] = [list[a], list[b]];
    if (one && other) [list[a], list[b]] = [other, one];
  };
  return {
    push(far, node) {
      list.push({ far, at: count++, node });
      for (let child = list.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (!isBefore(child, parent)) break;
        swap(child, parent);
        child = parent;
      }
    },
    pop() {
      const [first] = list;
      const last = list.pop();
      if (!first || !last || list.length === 0) return first?.node;
      list[0] = last;
      for (let parent = 0; ; ) {
        const left = 2 * parent + 1;
        const child = isBefore(left + 1, left) ? left + 1 : left;
        if (!isBefore(child, parent)) break;
        swap(child, parent);
        parent = child;
      }
      return first.node;
    },
  };
}
