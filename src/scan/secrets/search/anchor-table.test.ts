import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { secretRules } from "../rules.generated.ts";
import { numberLists, RuleAnchors } from "./anchor-table.ts";

describe("numbers of anchors", () => {
  it("tell each anchor of each rule", () => {
    const anchors = new RuleAnchors(secretRules);
    const told = Array.from({ length: anchors.count }, (_, number) => anchors.at(number));
    assert.deepEqual(
      told.map(({ rule, anchor }) => [rule, anchor]),
      secretRules.flatMap((rule, index) => rule.anchors.map((anchor) => [index, anchor])),
    );
  });

  it("are refused where two bytes do not hold them", () => {
    const [first] = secretRules;
    const many = Array.from({ length: 70_000 }, () => ({ text: "token" }));
    assert.throws(() => new RuleAnchors([{ ...first!, anchors: many }]), RangeError);
    const half = Array.from({ length: 0x8000 }, (_, number) => number);
    assert.equal(numberLists([half, half.slice(1)]).starts.at(-1), 0xffff);
    assert.throws(() => numberLists([half, half]), RangeError);
  });
});
