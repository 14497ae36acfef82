/**
 * Turns WebAssembly's text into its bytes: the small part of the language in which this project writes its inner loops,
 * in folded form (`(i32.add (local.get $a) (i32.const 1))`). Whatever it does not know it refuses, and V8 checks the rest.
 * It makes a package of 5 MB needless; any assembler takes the same text.
 */

type Tree = string | readonly Tree[];

/** Numbers, texts of the standard and the operands between: `memory` has alignment and offset, `lane` a number. */
const codes: Readonly<Record<string, { readonly code: readonly number[]; readonly with?: "memory" | "lane" }>> = {
  unreachable: { code: [0x00] },
  return: { code: [0x0f] },
  drop: { code: [0x1a] },
  select: { code: [0x1b] },
  "i32.load": { code: [0x28], with: "memory" },
  "i32.load8_u": { code: [0x2d], with: "memory" },
  "i32.load16_u": { code: [0x2f], with: "memory" },
  "i32.store": { code: [0x36], with: "memory" },
  "i32.eqz": { code: [0x45] },
  "i32.eq": { code: [0x46] },
  "i32.ne": { code: [0x47] },
  "i32.lt_u": { code: [0x49] },
  "i32.gt_u": { code: [0x4b] },
  "i32.le_u": { code: [0x4d] },
  "i32.ge_u": { code: [0x4f] },
  "i32.clz": { code: [0x67] },
  "i32.ctz": { code: [0x68] },
  "i32.add": { code: [0x6a] },
  "i32.sub": { code: [0x6b] },
  "i32.mul": { code: [0x6c] },
  "i32.and": { code: [0x71] },
  "i32.or": { code: [0x72] },
  "i32.xor": { code: [0x73] },
  "i32.shl": { code: [0x74] },
  "i32.shr_u": { code: [0x76] },
  "v128.load": { code: [0xfd, 0], with: "memory" },
  "i8x16.swizzle": { code: [0xfd, 14] },
  "i8x16.splat": { code: [0xfd, 15] },
  "i32x4.splat": { code: [0xfd, 17] },
  "i32x4.extract_lane": { code: [0xfd, 27], with: "lane" },
  "i8x16.eq": { code: [0xfd, 35] },
  "v128.and": { code: [0xfd, 78] },
  "v128.or": { code: [0xfd, 80] },
  "i8x16.bitmask": { code: [0xfd, 100] },
  "i8x16.shr_u": { code: [0xfd, 109] },
  "i32x4.shr_u": { code: [0xfd, 0xad, 0x01] },
  "i32x4.mul": { code: [0xfd, 0xb5, 0x01] },
};

const valueKinds: Readonly<Record<string, number>> = { i32: 0x7f, v128: 0x7b };
const noValue = 0x40;
const end = 0x0b;

interface Scope {
  readonly locals: ReadonlyMap<string, number>;
  readonly functions: ReadonlyMap<string, number>;
  /** Names of the blocks around, the innermost first; the text does not count them. */
  readonly labels: readonly string[];
}

/** The bytes of a module of functions and one memory. */
export function assembleWasm(text: string): Uint8Array<ArrayBuffer> {
  const [head, ...fields] = listOf(readTree(text)).map((field) => (typeof field === "string" ? [field] : field));
  const memory = fields.filter(([kind]) => kind === "memory");
  const functions = fields.filter(([kind]) => kind === "func");
  if (head?.[0] !== "module" || memory.length !== 1 || functions.length + 1 !== fields.length) {
    throw new Error("a module is expected, of functions and one memory");
  }
  const numbers = new Map(functions.map(([, name], index) => [wordOf(name), index]));
  const made = functions.map((fields) => functionOf(fields, numbers));
  const names = [
    ...exportsOf(memory[0]!).map((name) => [...nameBytes(name), 2, 0]),
    ...functions.flatMap((one, index) => exportsOf(one).map((name) => [...nameBytes(name), 0, ...unsigned(index)])),
  ];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      made.map(({ signature }) => signature),
    ),
    ...section(
      3,
      made.map((_, index) => unsigned(index)),
    ),
    ...section(5, [[0, ...unsigned(numberOf(memory[0]!.at(-1)))]]),
    ...section(7, names),
    ...section(
      10,
      made.map(({ body }) => [...unsigned(body.length), ...body]),
    ),
  ]);
}

function functionOf(fields: readonly Tree[], functions: ReadonlyMap<string, number>) {
  const declared = (kind: string) =>
    fields.flatMap((field) => (typeof field !== "string" && field[0] === kind ? [field.slice(1)] : []));
  const params = declared("param");
  const own = declared("local");
  const results = declared("result").map(([kind]) => valueKind(kind));
  const locals = new Map([...params, ...own].map(([name], index) => [wordOf(name), index]));
  const isCode = (field: Tree) =>
    typeof field !== "string" && !["param", "result", "local", "export"].includes(wordOf(field[0]));
  const code = fields.filter(isCode).flatMap((field) => instruction(field, { locals, functions, labels: [] }));
  return {
    signature: [0x60, ...vector(params.map(([, kind]) => [valueKind(kind)])), ...vector(results.map((kind) => [kind]))],
    body: [...vector(own.map(([, kind]) => [1, valueKind(kind)])), ...code, end],
  };
}

/** Operands come first, then what is done with them. */
function instruction(tree: Tree, scope: Scope): readonly number[] {
  const [head, ...rest] = listOf(tree);
  const name = wordOf(head);
  const inner = (trees: readonly Tree[], around: Scope = scope) => trees.flatMap((one) => instruction(one, around));
  switch (name) {
    case "local.get":
      return [0x20, ...unsigned(known(scope.locals, rest[0]))];
    case "local.set":
      return [...inner(rest.slice(1)), 0x21, ...unsigned(known(scope.locals, rest[0]))];
    case "local.tee":
      return [...inner(rest.slice(1)), 0x22, ...unsigned(known(scope.locals, rest[0]))];
    case "i32.const":
      return [0x41, ...signed(numberOf(rest[0]))];
    case "call":
      return [...inner(rest.slice(1)), 0x10, ...unsigned(known(scope.functions, rest[0]))];
    case "br":
      return [0x0c, ...unsigned(depthOf(scope, rest[0]))];
    case "br_if":
      return [...inner(rest.slice(1)), 0x0d, ...unsigned(depthOf(scope, rest[0]))];
    case "block":
    case "loop": {
      const within = { ...scope, labels: [wordOf(rest[0]), ...scope.labels] };
      return [name === "block" ? 0x02 : 0x03, noValue, ...inner(rest.slice(1), within), end];
    }
    case "if": {
      const within = { ...scope, labels: ["", ...scope.labels] };
      const [condition, ...branches] = rest;
      const [then = [], otherwise] = branches.map((branch) => inner(listOf(branch).slice(1), within));
      return [
        ...inner([condition!]),
        ...[0x04, noValue, ...then],
        ...(otherwise === undefined ? [] : [0x05, ...otherwise]),
        end,
      ];
    }
    default:
      return plainInstruction(name, rest, inner);
  }
}

function plainInstruction(
  name: string,
  rest: readonly Tree[],
  inner: (trees: readonly Tree[]) => readonly number[],
): readonly number[] {
  if (name === "v128.const") return [0xfd, 12, ...rest.slice(1).map((byte) => numberOf(byte) & 0xff)];
  const found = Object.hasOwn(codes, name) ? codes[name] : undefined;
  if (found === undefined) throw new Error(`unknown instruction ${name}`);
  if (found.with === "lane") return [...inner(rest.slice(1)), ...found.code, numberOf(rest[0])];
  const offset = typeof rest[0] === "string" ? /^offset=(\d+)$/.exec(rest[0])?.[1] : undefined;
  const operands = inner(offset === undefined ? rest : rest.slice(1));
  return [...operands, ...found.code, ...(found.with === "memory" ? [0, ...unsigned(Number(offset ?? 0))] : [])];
}

/** Lists in brackets, words, texts in quotes; `;;` begins a comment. */
function readTree(text: string): Tree {
  const open: Tree[][] = [[]];
  for (const [word] of text.replaceAll(/;;.*/g, "").matchAll(/[()]|"[^"]*"|[^\s()"]+/g)) {
    if (word === "(") open.push([]);
    else if (word === ")") {
      const done = open.pop();
      const around = open.at(-1);
      if (done === undefined || around === undefined) throw new Error("a bracket too many is closed");
      around.push(done);
    } else open.at(-1)?.push(word);
  }
  const [whole, ...more] = open[0] ?? [];
  if (open.length !== 1 || whole === undefined || more.length > 0) throw new Error("one list in brackets is expected");
  return whole;
}

function listOf(tree: Tree): readonly Tree[] {
  if (typeof tree === "string") throw new Error(`${tree} stands where a list is expected`);
  return tree;
}

function wordOf(tree: Tree | undefined): string {
  if (typeof tree !== "string") throw new Error("a word is expected");
  return tree;
}

function numberOf(tree: Tree | undefined): number {
  const value = Number(wordOf(tree));
  if (!Number.isInteger(value)) throw new Error(`${wordOf(tree)} is no number`);
  return value;
}

function valueKind(tree: Tree | undefined): number {
  return valueKinds[wordOf(tree)] ?? fail(`unknown kind of value ${wordOf(tree)}`);
}

function known(names: ReadonlyMap<string, number>, tree: Tree | undefined): number {
  return names.get(wordOf(tree)) ?? fail(`unknown name ${wordOf(tree)}`);
}

function depthOf({ labels }: Scope, tree: Tree | undefined): number {
  const depth = labels.indexOf(wordOf(tree));
  return depth < 0 ? fail(`no block is called ${wordOf(tree)}`) : depth;
}

function fail(why: string): never {
  throw new Error(why);
}

function exportsOf(fields: readonly Tree[]): readonly string[] {
  return fields.flatMap((field) => (field[0] === "export" ? [wordOf(field[1]).slice(1, -1)] : []));
}

function section(id: number, items: readonly (readonly number[])[]): readonly number[] {
  const bytes = vector(items);
  return [id, ...unsigned(bytes.length), ...bytes];
}

function vector(items: readonly (readonly number[])[]): readonly number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function nameBytes(name: string): readonly number[] {
  return [...unsigned(name.length), ...Buffer.from(name, "latin1")];
}

/** Seven bits a byte, the lowest first (LEB128). */
function unsigned(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): readonly number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}
