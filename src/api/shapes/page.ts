/** How every list is asked for and answered: a window of rows and the number of all rows. */
import { type TSchema, Type } from "typebox";

/** Put into the query of a list route. */
export const pageQuery = {
  offset: Type.Integer({ minimum: 0, maximum: 10_000_000, default: 0 }),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 50 }),
};

export function pageOf<T extends TSchema>(row: T) {
  return Type.Object({ rows: Type.Array(row), total: Type.Integer() });
}
