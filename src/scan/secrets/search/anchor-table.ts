/**
 * The anchors of a set of rules by their numbers: first those of the first rule, then those of the next. They are made when
 * they are asked for: there are thousands, and few stand in a repository.
 */
import type { SecretRule } from "../rule/secret-rule.ts";
import { CompiledAnchor } from "./compiled-anchor.ts";

export class RuleAnchors {
  readonly count: number;
  private readonly rules: readonly SecretRule[];
  /** By the number of a rule: the number of its first anchor. */
  private readonly firsts: Uint16Array;
  private readonly made: (CompiledAnchor | undefined)[];

  constructor(rules: readonly SecretRule[]) {
    this.rules = rules;
    this.firsts = new Uint16Array(rules.length);
    let count = 0;
    for (let rule = 0; rule < rules.length; rule++) {
      this.firsts[rule] = count;
      count += rules[rule]!.anchors.length;
    }
    this.count = countable(count);
    this.made = Array.from({ length: count });
  }

  at(number: number): CompiledAnchor {
    this.made[number] ??= this.make(number);
    return this.made[number];
  }

  private make(number: number): CompiledAnchor {
    let from = 0;
    let to = this.rules.length;
    while (to - from > 1) {
      const middle = (from + to) >>> 1;
      if (this.firsts[middle]! <= number) from = middle;
      else to = middle;
    }
    const rule = this.rules[from]!;
    return new CompiledAnchor(rule, from, rule.anchors[number - this.firsts[from]!]!);
  }
}

/** Lists of numbers, one behind the other: those of list `n` stand from `starts[n]` up to `starts[n + 1]`. */
export interface NumberLists {
  readonly starts: Uint16Array;
  readonly numbers: Uint16Array;
}

export function numberLists(lists: readonly (readonly number[])[]): NumberLists {
  const starts = new Uint16Array(lists.length + 1);
  lists.forEach((list, index) => {
    starts[index + 1] = starts[index]! + list.length;
  });
  const numbers = lists.flat();
  countable(numbers.length);
  return { starts, numbers: Uint16Array.from(numbers) };
}

/** Of two bytes each: more would begin at 0 again, and rules would read at the anchors of others. */
function countable(count: number): number {
  if (count > 0xffff) throw new RangeError(`${count} anchors: their numbers need more than two bytes`);
  return count;
}

/** Anchors that are found together, by the number of what the prefilter found. */
export class AnchorTable {
  private readonly anchors: RuleAnchors;
  private readonly lists: NumberLists;
  private readonly looks: (anchor: CompiledAnchor) => boolean;
  private readonly made: (readonly CompiledAnchor[] | undefined)[];

  constructor(anchors: RuleAnchors, lists: NumberLists, looks: (anchor: CompiledAnchor) => boolean = () => true) {
    this.anchors = anchors;
    this.lists = lists;
    this.looks = looks;
    this.made = Array.from({ length: lists.starts.length - 1 });
  }

  at(index: number): readonly CompiledAnchor[] {
    this.made[index] ??= this.make(index);
    return this.made[index];
  }

  /** Those of them that look at some kind of files. */
  thatLook(looks: (anchor: CompiledAnchor) => boolean): AnchorTable {
    return new AnchorTable(this.anchors, this.lists, looks);
  }

  private make(index: number): readonly CompiledAnchor[] {
    const { starts, numbers } = this.lists;
    const own = numbers.subarray(starts[index], starts[index + 1]);
    return Array.from(own, (number) => this.anchors.at(number)).filter(this.looks);
  }
}
