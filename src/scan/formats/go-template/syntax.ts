/** The syntax tree of text/template. Offsets are those of the text that was parsed. */
import type { Value } from "./value.ts";

interface Written {
  readonly start: number;
  readonly end: number;
}

export type Statement =
  | (Written & { readonly is: "text" })
  | (Written & { readonly is: "action"; readonly pipeline: Pipeline })
  | (Written & {
      readonly is: "if" | "with" | "range";
      readonly pipeline: Pipeline;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    })
  | (Written & { readonly is: "template"; readonly name: string; readonly pipeline: Pipeline | undefined })
  | (Written & { readonly is: "break" | "continue" });

export interface Pipeline extends Written {
  /** Variables that it sets, at most two. */
  readonly variables: readonly string[];
  /** True for `=`, which sets a variable that is there. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
}

/** A value, or a function or method with its arguments. */
export interface Command extends Written {
  readonly words: readonly Expression[];
}

export type Expression = Written &
  (
    | { readonly is: "dot" }
    | { readonly is: "literal"; readonly value: Value }
    | { readonly is: "variable"; readonly name: string }
    | { readonly is: "function"; readonly name: string }
    | { readonly is: "field"; readonly of: Expression; readonly name: string }
    | { readonly is: "pipeline"; readonly pipeline: Pipeline }
  );

export interface ParsedTemplate {
  readonly body: readonly Statement[];
  /** Templates that are defined in it, by name. */
  readonly defined: ReadonlyMap<string, readonly Statement[]>;
}

/** Why a template cannot be used, and where. */
export interface TemplateFault {
  readonly message: string;
  readonly offset: number;
}
