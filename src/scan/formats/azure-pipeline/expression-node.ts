/** Expressions of Azure Pipelines, as they are parsed: calls, names and literals; there are no operators. */

export type Expression =
  | { readonly is: "literal"; readonly value: null | boolean | number | string | Version }
  | { readonly is: "name"; readonly name: string; readonly at: number }
  | { readonly is: "property"; readonly of: Expression; readonly name: string }
  | { readonly is: "item"; readonly of: Expression; readonly key: Expression }
  /** `.*` and `[*]`: every value. */
  | { readonly is: "every"; readonly of: Expression }
  | { readonly is: "call"; readonly name: string; readonly args: readonly Expression[]; readonly at: number };

export interface Version {
  readonly version: readonly number[];
}

export type ParsedExpression =
  | { readonly is: "parsed"; readonly expression: Expression }
  | { readonly is: "refused"; readonly message: string; readonly at: number };

export function isVersion(value: unknown): value is Version {
  return typeof value === "object" && value !== null && "version" in value;
}
