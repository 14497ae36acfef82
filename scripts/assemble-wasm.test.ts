import assert from "node:assert/strict";
import { test } from "node:test";
import { assembleWasm } from "./assemble-wasm.ts";

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, (value: number) => number>> };
};

function made(code: string): (value: number) => number {
  const text = `(module (memory (export "memory") 1) (func $run (export "run") (param $n i32) (result i32) ${code}))`;
  return new WebAssembly.Instance(new WebAssembly.Module(assembleWasm(text))).exports.run!;
}

test("loops, branches, memory and vectors do what they say", () => {
  const sum = made(`(local $sum i32) ;; of all numbers up to n
    (block $done (loop $next
      (br_if $done (i32.eqz (local.get $n)))
      (local.set $sum (i32.add (local.get $sum) (local.get $n)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br $next)))
    (local.get $sum)`);
  assert.equal(sum(1000), 500_500);
  const choose = made(`(if (i32.gt_u (local.get $n) (i32.const 5))
    (then (local.set $n (i32.const -2))) (else (local.set $n (i32.const 300)))) (local.get $n)`);
  assert.deepEqual([choose(6), choose(5)], [-2, 300]);
  const equalBytes = made(`(i32.store offset=8 (i32.const 0) (local.get $n))
    (i8x16.bitmask (i8x16.eq (v128.load (i32.const 0)) (i8x16.splat (i32.const 7))))`);
  assert.equal(equalBytes(0x07_00_07_01), 0b1010 << 8);
});

const refused: Readonly<Record<string, string>> = {
  "an unknown instruction": "(i32.rotr (local.get $n) (i32.const 1))",
  "an unknown name": "(local.get $m)",
  "a block that is not there": "(br $nowhere)",
  "a number that is none": "(i32.const x)",
  "a bracket too many": "(local.get $n))",
};

for (const [name, code] of Object.entries(refused)) {
  test(`${name} is refused`, () => assert.throws(() => made(code)));
}
