/** Functions of sets. A set is a list without repetitions, in the order in which Terraform walks through it. */
import type { List, Node } from "../../node.ts";
import type { Place } from "../../text-file.ts";
import { kindOf, limits, list, unknown } from "./answer.ts";
import { among, textOrder, withoutRepetitions } from "./compare-nodes.ts";
import { type FunctionTable, structural } from "./terraform-function.ts";

const any = Number.POSITIVE_INFINITY;

/** Numbers by size, texts by letters; what cannot be ordered stays where it is. */
export function setOf(items: readonly Node[], at: Place, open?: string): Node {
  const distinct = withoutRepetitions(items);
  if (!distinct.every((item) => item.is === "scalar")) return list(distinct, at, open);
  const ordered = distinct.toSorted(({ value: a }, { value: b }) =>
    typeof a === "number" && typeof b === "number" ? a - b : textOrder(String(a), String(b)),
  );
  return list(ordered, at, open);
}

function ofSets(call: (sets: readonly List[], at: Place) => Node) {
  return structural(1, any, (args, at) => {
    const wrong = args.find((arg) => arg.is !== "list");
    if (wrong?.is === "unknown") return unknown(wrong.reason, args, at);
    if (wrong) return unknown(`the arguments must be lists; ${kindOf(wrong)} is among them`, args, at);
    return call(
      args.filter((arg) => arg.is === "list"),
      at,
    );
  });
}

export const setFunctions: FunctionTable = {
  setunion: structural(1, any, (args, at) => {
    const lists = args.filter((arg) => arg.is === "list");
    const wrong = args.find((arg) => arg.is !== "list" && arg.is !== "unknown");
    if (wrong) return unknown(`the arguments must be lists; ${kindOf(wrong)} is among them`, args, at);
    const doubt = args.find((arg) => arg.is === "unknown");
    const open = (doubt?.is === "unknown" ? doubt.reason : undefined) ?? lists.find((each) => each.open)?.open;
    const items = lists.flatMap((each) => each.items);
    if (items.length === 0 && open !== undefined) return unknown(open, args, at);
    return setOf(doubt ? [...items, doubt] : items, at, open);
  }),
  setintersection: ofSets(([first, ...others], at) =>
    first ? chosen(first, (item) => everyOf(others.map((other) => isIn(other, item))), at) : list([], at),
  ),
  setsubtract: ofSets(([first, second], at) => {
    if (!first || !second) return unknown("the arguments must be two lists", [], at);
    return chosen(first, (item) => not(isIn(second, item)), at);
  }),
  setproduct: ofSets((sets, at) => {
    const size = sets.reduce((count, { items }) => count * items.length, 1);
    if (size > limits.items) return unknown(`the list would have more than ${limits.items} items`, sets, at);
    let rows: readonly (readonly Node[])[] = [[]];
    for (const { items } of sets) rows = rows.flatMap((row) => items.map((item) => [...row, item]));
    const open = sets.find((set) => set.open !== undefined)?.open;
    if (rows.length === 0 && open !== undefined) return unknown(open, sets, at);
    return list(
      rows.map((row) => list(row, at)),
      at,
      open,
    );
  }),
};

function isIn(set: List, item: Node): boolean | undefined {
  const answer = among(set.items, item);
  return answer === false && set.open !== undefined ? undefined : answer;
}

const not = (answer: boolean | undefined) => (answer === undefined ? undefined : !answer);

function everyOf(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function chosen(set: List, choose: (item: Node) => boolean | undefined, at: Place): Node {
  let open = set.open;
  const items = set.items.filter((item) => {
    const answer = choose(item);
    if (answer === undefined) open ??= "the sets have unknown items";
    return answer === true;
  });
  return open !== undefined && items.length === 0 ? unknown(open, [set], at) : setOf(items, at, open);
}
