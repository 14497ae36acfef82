/** The attribute of a name among the items of a body. */
import type { Attribute, Item } from "../../../formats/hcl/syntax.ts";

export function attributeOf(items: readonly Item[], name: string): Attribute | undefined {
  for (const item of items) if (item.is === "attribute" && item.name === name) return item;
  return undefined;
}
