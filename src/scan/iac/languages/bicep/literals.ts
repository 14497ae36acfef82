/** Objects, lists and loops as they are written: values that compute their parts when they are asked for. */
import { isNull, isText, scalarOf, truthOf, unknownOf } from "../../../formats/azure-template/values.ts";
import type { ArrayLiteral, Expression, Loop, ObjectLiteral, Property } from "../../../formats/bicep/syntax.ts";
import type { Block, List, Member, Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { type Evaluate, memo, placeOf, type Scope, withLocal } from "./template.ts";

/** Members by folded key, in the order of the text. */
interface Members {
  readonly table: ReadonlyMap<string, { readonly key: string; readonly member: () => Member }>;
  readonly open?: string | undefined;
}

const brokenReason = "part of the object could not be read";

export function objectValue(object: ObjectLiteral, scope: Scope, evaluate: Evaluate): Block {
  const at = placeOf(object, scope);
  const members = memo(
    () => membersOf(object, scope, evaluate),
    (): Members => ({ table: new Map(), open: "the object contains itself" }),
  );
  const block = {
    is: "block",
    at,
    keys: () => [...members().table.values()].map(({ key }) => key),
    get: (key: string) => members().table.get(key.toLowerCase())?.member(),
  } as const;
  if (object.members.every(isPlain)) return object.broken ? { ...block, open: brokenReason } : block;
  return {
    ...block,
    get open() {
      return members().open;
    },
  };
}

function isPlain(member: ObjectLiteral["members"][number]): boolean {
  return member.is === "property" && member.key.is === "literal";
}

function membersOf(object: ObjectLiteral, scope: Scope, evaluate: Evaluate): Members {
  const table = new Map<string, { key: string; member: () => Member }>();
  let open = object.broken ? brokenReason : undefined;
  const doubt = (reason: string) => {
    open ??= reason;
    // What was written before may be replaced by what is not known.
    for (const [folded, { key, member }] of table) table.set(folded, { key, member: () => doubted(member(), reason) });
  };
  for (const member of object.members) {
    if (member.is === "spread") {
      const more = evaluate(member.of, scope);
      const reason = more.is === "block" ? more.open : more.is === "unknown" ? more.reason : undefined;
      if (reason !== undefined) doubt(reason);
      if (more.is !== "block") continue;
      for (const key of more.keys()) {
        const found = more.get(key);
        if (found) table.set(key.toLowerCase(), { key, member: () => found });
      }
      continue;
    }
    const key = member.key.is === "name" ? scalarOf(placeOf(member.key, scope), "*") : evaluate(member.key, scope);
    if (isText(key)) table.set(key.value.toLowerCase(), { key: key.value, member: written(member, scope, evaluate) });
    else doubt(key.is === "unknown" ? key.reason : "a key of the object is unknown");
  }
  return { table, open };
}

function doubted(member: Member, reason: string): Member {
  return { ...member, value: unknownOf(member.value.at, reason) };
}

function written(property: Property, scope: Scope, evaluate: Evaluate): () => Member {
  const key = placeOf(property.key, scope);
  const whole = placeOf(property, scope);
  return memo(
    () => ({ key, whole, value: evaluate(property.value, scope) }),
    () => ({ key, whole, value: unknownOf(placeOf(property.value, scope), "the value depends on itself") }),
  );
}

export function listValue(array: ArrayLiteral, scope: Scope, evaluate: Evaluate): List {
  const at = placeOf(array, scope);
  return lazyList(at, () => {
    const items: Node[] = [];
    let open: string | undefined;
    for (const item of array.items) {
      if (item.is !== "spread") {
        items.push(evaluate(item, scope));
        continue;
      }
      const more = evaluate(item.of, scope);
      if (more.is === "list") {
        items.push(...more.items);
        open ??= more.open;
      } else if (!isNull(more)) open ??= more.is === "unknown" ? more.reason : "more items are no list";
    }
    return { items, open };
  });
}

interface Items {
  readonly items: readonly Node[];
  readonly open?: string | undefined;
}

function lazyList(at: Place, make: () => Items): List {
  const made = memo(make, (): Items => ({ items: [], open: "the list contains itself" }));
  return {
    is: "list",
    at,
    get items() {
      return made().items;
    },
    get open() {
      return made().open;
    },
  };
}

/** One turn of a loop. `maybe`: whether there is one like it is unknown. */
export interface Turn {
  readonly scope: Scope;
  readonly body: Expression;
  readonly position: number | undefined;
  readonly condition: boolean | undefined;
}

export interface Turns {
  readonly turns: readonly Turn[];
  readonly open?: string | undefined;
}

/** Longer loops are not walked through item by item: one that stands for all will do. */
const longestLoop = 1000;

/** A list that is not known gives one turn with an unknown item. */
export function turnsOf(loop: Loop, scope: Scope, evaluate: Evaluate): Turns {
  const list = evaluate(loop.list, scope);
  if (isNull(list)) return { turns: [] };
  if (list.is === "list" && list.items.length <= longestLoop) {
    const turns = list.items.map((item, position) => turnOf(loop, scope, evaluate, item, position));
    if (list.open === undefined) return { turns };
    return { turns: [...turns, anyTurn(loop, scope, evaluate, list)], open: list.open };
  }
  const open = list.is === "unknown" ? list.reason : list.is === "list" ? "the loop is too long" : "it is no list";
  return { turns: [anyTurn(loop, scope, evaluate, list)], open };
}

/** A turn for an item of which nothing is known. */
export function anyTurn(loop: Loop, scope: Scope, evaluate: Evaluate, list = evaluate(loop.list, scope)): Turn {
  const [reason, refs] = list.is === "unknown" ? [list.reason, list.refs] : ["an item of a list", []];
  const item = unknownOf(placeOf(loop.list, scope), reason, { refs, text: `\${${loop.item}}` });
  return turnOf(loop, scope, evaluate, item, undefined);
}

function turnOf(loop: Loop, scope: Scope, evaluate: Evaluate, item: Node, position: number | undefined): Turn {
  const at = placeOf(loop.list, scope);
  let inner = withLocal(scope, loop.item, item);
  if (loop.position !== undefined) {
    const count =
      position === undefined
        ? unknownOf(at, "a position in a list", { text: `\${${loop.position}}` })
        : scalarOf(at, position);
    inner = withLocal(inner, loop.position, count);
  }
  if (loop.body.is !== "if") return { scope: inner, body: loop.body, position, condition: true };
  return { scope: inner, body: loop.body.body, position, condition: truthOf(evaluate(loop.body.condition, inner)) };
}

export function loopValue(loop: Loop, scope: Scope, evaluate: Evaluate): List {
  return lazyList(placeOf(loop, scope), () => {
    const { turns, open } = turnsOf(loop, scope, evaluate);
    const items = turns
      .filter(({ condition }) => condition !== false)
      .map(({ scope: inner, body, position, condition }) => {
        const value = evaluate(body, inner);
        const sure = position !== undefined && condition === true;
        return sure || value.is !== "block" ? value : { ...value, maybe: true };
      });
    const unsure = turns.find(({ condition }) => condition === undefined);
    return { items, open: open ?? (unsure && "the condition of an item is unknown") };
  });
}
