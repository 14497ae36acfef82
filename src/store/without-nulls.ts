/** A row as the rest of the house wants it: what is not known is absent, never null. */

export type WithoutNulls<T> = {
  readonly [K in keyof T as null extends T[K] ? never : K]: T[K];
} & { readonly [K in keyof T as null extends T[K] ? K : never]?: Exclude<T[K], null> };

export function withoutNulls<T extends object>(row: T): WithoutNulls<T> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) if (value !== null) result[name] = value;
  return result as WithoutNulls<T>;
}
