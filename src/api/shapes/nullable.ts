/** A schema that also takes null: answers say "nothing there" with null, never by leaving the field out. */
import { type TSchema, Type } from "typebox";

export function nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}
