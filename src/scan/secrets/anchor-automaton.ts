/**
 * Aho-Corasick over raw bytes as one flat table: finds every anchor of every rule in one pass.
 * Letters are folded to lower case, so that case is compared only at the few places that hit.
 * One automaton, measured over 60 MB of packages on a busy core: all 1,660 anchors (9,096 states) 210 MB/s, 100 of them
 * 296. Anchors of seven characters and more by aligned groups of four (1,324, with 9 % of the groups passing) and the
 * other 506 by an automaton (223) would make 190 together. Runs are found at 1,100 in plain code (find-runs.ts), so
 * that SIMD would save less than a tenth of a scan.
 */
import assert from "node:assert/strict";

export interface AnchorAutomaton {
  /** Byte to column. */
  readonly columns: Uint8Array;
  /** `table[(state << 6) | column]` is the next state. 16-bit states: 1.6 times as fast here as 32-bit ones. */
  readonly table: Uint16Array;
  /** States from here on end an anchor: one comparison tells the hot loop. */
  readonly firstHit: number;
  /** By state: indexes of the anchors that end there. */
  readonly outputs: readonly (readonly number[])[];
  readonly longest: number;
}

/** Places where anchors end: `ends[i]` is the index after the last byte, `states[i]` the state number. */
export interface AnchorHits {
  ends: Int32Array;
  states: Int32Array;
  count: number;
}

/** The anchors as a tree in one array: row `node`, column `byte`, the child or 0. */
interface Trie {
  readonly next: Int32Array;
  /** By node: indexes of the anchors that end there; of most nodes none. */
  readonly outputs: (readonly number[])[];
}

const shift = 6;
const width = 1 << shift;
const none: readonly number[] = [];

export function buildAnchorAutomaton(anchors: readonly string[]): AnchorAutomaton {
  const texts = anchors.map((anchor) => Buffer.from(anchor.toLowerCase(), "latin1"));
  const columns = columnsOf(texts);
  const trie = growTrie(texts, columns);
  const order = completeTransitions(trie);
  const isQuiet = (node: number) => trie.outputs[node]!.length === 0;
  const quiet = order.filter(isQuiet);
  const numbered = [...quiet, ...order.filter((node) => !isQuiet(node))];
  return {
    columns,
    table: renumbered(trie.next, numbered),
    firstHit: quiet.length,
    outputs: numbered.map((node) => trie.outputs[node]!),
    longest: texts.reduce((longest, { length }) => Math.max(longest, length), 0),
  };
}

/** A column for each byte that anchors use, the same for both cases of a letter; 0 for all others. */
function columnsOf(texts: readonly Buffer[]): Uint8Array {
  const bytes = [...new Set(texts.flatMap((text) => [...text]))].sort((a, b) => a - b);
  assert(bytes.length < width, "the anchors use more different bytes than the table has columns");
  const columns = new Uint8Array(256);
  bytes.forEach((byte, index) => {
    columns[byte] = index + 1;
    if (byte >= 97 && byte <= 122) columns[byte - 32] = index + 1;
  });
  return columns;
}

function growTrie(texts: readonly Buffer[], columns: Uint8Array): Trie {
  const most = texts.reduce((sum, { length }) => sum + length, 1);
  const next = new Int32Array(most << shift);
  const outputs: (readonly number[])[] = [none];
  texts.forEach((text, index) => {
    let node = 0;
    for (const byte of text) {
      const place = (node << shift) | columns[byte]!;
      if (next[place] === 0) next[place] = outputs.push(none) - 1;
      node = next[place]!;
    }
    outputs[node] = [...outputs[node]!, index];
  });
  return { next, outputs };
}

/**
 * Makes the tree a machine, breadth first: what a node has no child for leads where its longest proper ending leads, and
 * it inherits the anchors that end there. Gives the nodes, the shallow ones first: rows that are used together stand together.
 */
function completeTransitions({ next, outputs }: Trie): readonly number[] {
  const endings = new Int32Array(outputs.length);
  const order = [0];
  for (let index = 0; index < order.length; index++) {
    const node = order[index]!;
    const ending = endings[node]!;
    for (let column = 1; column < width; column++) {
      const place = (node << shift) | column;
      const child = next[place]!;
      const fallback = node === 0 ? 0 : next[(ending << shift) | column]!;
      if (child === 0) {
        next[place] = fallback;
        continue;
      }
      endings[child] = fallback;
      if (outputs[fallback]!.length > 0) outputs[child] = [...outputs[child]!, ...outputs[fallback]!];
      order.push(child);
    }
  }
  return order;
}

function renumbered(next: Int32Array, numbered: readonly number[]): Uint16Array {
  assert(numbered.length <= 65_536, "the anchors need more states than 16 bits can name");
  const states = new Int32Array(numbered.length);
  numbered.forEach((node, state) => {
    states[node] = state;
  });
  const table = new Uint16Array(numbered.length << shift);
  numbered.forEach((node, state) => {
    for (let column = 0; column < width; column++) {
      table[(state << shift) | column] = states[next[(node << shift) | column]!]!;
    }
  });
  return table;
}

export function newHits(): AnchorHits {
  return { ends: new Int32Array(1024), states: new Int32Array(1024), count: 0 };
}

function addHit(hits: AnchorHits, end: number, state: number): void {
  if (hits.count === hits.ends.length) {
    hits.ends = grown(hits.ends);
    hits.states = grown(hits.states);
  }
  hits.ends[hits.count] = end;
  hits.states[hits.count++] = state;
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Below this, four streams cost more than they save. */
const smallest = 2048;

/**
 * Finds all anchors that end in (from, to]. Four quarters run at once, which breaks the chain of loads that a
 * single stream waits for; `streams` receives the hits of each quarter, in order.
 */
export function findAnchors(
  automaton: AnchorAutomaton,
  bytes: Uint8Array,
  from: number,
  to: number,
  streams: readonly [AnchorHits, AnchorHits, AnchorHits, AnchorHits],
): void {
  for (const hits of streams) hits.count = 0;
  const quarter = to - from < smallest ? 0 : Math.floor((to - from) / 4);
  const second = from + quarter;
  const third = second + quarter;
  const fourth = third + quarter;
  if (quarter > 0) runFour(automaton, bytes, [from, second, third, fourth], quarter, streams);
  runOne(automaton, bytes, fourth + quarter, to, streams[3]);
}

/** The state that the bytes before `at` lead to: enough of them are read again that no anchor over the seam is lost. */
function stateAt(automaton: AnchorAutomaton, bytes: Uint8Array, at: number): number {
  const { columns, table } = automaton;
  let state = 0;
  for (let index = Math.max(0, at - automaton.longest); index < at; index++) {
    state = table[(state << 6) | columns[bytes[index]!]!]!;
  }
  return state;
}

function runOne(automaton: AnchorAutomaton, bytes: Uint8Array, from: number, to: number, hits: AnchorHits): void {
  const { columns, table, firstHit } = automaton;
  let state = stateAt(automaton, bytes, from);
  for (let index = from; index < to; index++) {
    state = table[(state << 6) | columns[bytes[index]!]!]!;
    if (state >= firstHit) addHit(hits, index + 1, state);
  }
}

function runFour(
  automaton: AnchorAutomaton,
  bytes: Uint8Array,
  starts: readonly [number, number, number, number],
  count: number,
  [hits0, hits1, hits2, hits3]: readonly [AnchorHits, AnchorHits, AnchorHits, AnchorHits],
): void {
  const { columns, table, firstHit } = automaton;
  const [start0, start1, start2, start3] = starts;
  let state0 = stateAt(automaton, bytes, start0);
  let state1 = stateAt(automaton, bytes, start1);
  let state2 = stateAt(automaton, bytes, start2);
  let state3 = stateAt(automaton, bytes, start3);
  for (let index = 0; index < count; index++) {
    state0 = table[(state0 << 6) | columns[bytes[start0 + index]!]!]!;
    state1 = table[(state1 << 6) | columns[bytes[start1 + index]!]!]!;
    state2 = table[(state2 << 6) | columns[bytes[start2 + index]!]!]!;
    state3 = table[(state3 << 6) | columns[bytes[start3 + index]!]!]!;
    if (state0 >= firstHit) addHit(hits0, start0 + index + 1, state0);
    if (state1 >= firstHit) addHit(hits1, start1 + index + 1, state1);
    if (state2 >= firstHit) addHit(hits2, start2 + index + 1, state2);
    if (state3 >= firstHit) addHit(hits3, start3 + index + 1, state3);
  }
}
