/**
 * Nodes of a rendered text with the places of the template that put it out, and behind them those that decided. Letters
 * that stand for something unknown make unknown values again, and open blocks where they stand as a key.
 */
import type { Block, Member, Node } from "../node.ts";
import type { Place } from "../text-file.ts";
import { originBetween, placeOf, type Rendered } from "./output.ts";
import { plainText } from "./traced-text.ts";
import { isUnknown, type Unknowns, withGaps } from "./value.ts";

/** `node` was read from `rendered.text`. */
// oxlint-disable-next-line max-lines-per-function -- the steps share what was placed already
export function placedNode(node: Node, rendered: Rendered, unknowns: Unknowns): Node {
  const known = new Map<Node, Node>();
  const place = ({ start, end }: Place): Place => placeOf(rendered, start, end) ?? node.at;

  const placed = (one: Node): Node => {
    const before = known.get(one);
    if (before) return before;
    const after = moved(one);
    known.set(one, after);
    return after;
  };

  const moved = (one: Node): Node => {
    const at = place(one.at);
    const decided = one.from ?? one.at;
    const from = originBetween(rendered, decided.start, decided.end) ?? (one.from && place(one.from));
    const written = { at, ...(from && { from }) };
    switch (one.is) {
      case "scalar": {
        if (typeof one.value !== "string" || !isUnknown(plainText(one.value))) return { ...one, ...written };
        const reason = unknowns.reasonIn(one.value) ?? "";
        const isWhole = one.value.trim().length === 1;
        return { is: "unknown", ...written, reason, refs: [], ...(!isWhole && { text: withGaps(one.value) }) };
      }
      case "list":
        return { ...one, ...written, items: one.items.map(placed) };
      case "unknown":
        return { ...one, ...written };
      case "block":
        return movedBlock(one, written);
    }
  };

  const movedBlock = (block: Block, written: { readonly at: Place; readonly from?: Place }): Node => {
    const all = block.keys();
    const keys = all.filter((key) => !isUnknown(plainText(key)));
    const gap = all.find((key) => isUnknown(plainText(key)));
    const reason = gap === undefined ? undefined : unknowns.reasonIn(gap);
    if (reason !== undefined && keys.length === 0) return { is: "unknown", ...written, reason, refs: [] };
    const members = new Map<string, Member | undefined>();
    return {
      ...block,
      ...written,
      ...(reason !== undefined && { open: reason }),
      keys: () => keys,
      get: (key) => {
        if (!members.has(key)) {
          const member = block.get(key);
          const isMember = member !== undefined && keys.includes(key);
          members.set(
            key,
            isMember ? { key: place(member.key), whole: place(member.whole), value: placed(member.value) } : undefined,
          );
        }
        return members.get(key);
      },
    };
  };

  return placed(node);
}
