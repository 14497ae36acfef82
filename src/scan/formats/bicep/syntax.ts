/** The syntax tree of a Bicep or bicepparam file. Offsets are into the text; nothing is resolved. */
import type { FormatProblem } from "../format-problem.ts";

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Values and types are one kind of tree: a type is written with literals, objects, lists and names as a value is. */
export type Expression =
  | Literal
  | Interpolation
  | ArrayLiteral
  | ObjectLiteral
  | Name
  | Call
  | Access
  | Element
  | Unary
  | Binary
  | Ternary
  | Lambda
  | Loop
  | Conditional
  | Union
  | Modified
  | Broken;

export interface Literal extends Stretch {
  readonly is: "literal";
  readonly value: string | number | boolean | null;
}

/** A text with expressions in it; a text without any is a literal. */
export interface Interpolation extends Stretch {
  readonly is: "interpolation";
  readonly parts: readonly (string | Expression)[];
}

export interface Spread extends Stretch {
  readonly is: "spread";
  readonly of: Expression;
}

export interface ArrayLiteral extends Stretch {
  readonly is: "array";
  readonly items: readonly (Expression | Spread)[];
}

export interface Property extends Stretch {
  readonly is: "property";
  /** A literal text, or an interpolation; `*` in types that allow further members is a Name. */
  readonly key: Literal | Interpolation | Name;
  readonly value: Expression;
  /** Only members of types have them. */
  readonly decorators: readonly Decorator[];
}

export interface ObjectLiteral extends Stretch {
  readonly is: "object";
  readonly members: readonly (Property | Spread)[];
  /** Resources declared in the body of another. */
  readonly resources: readonly ResourceStatement[];
  /** Part of it could not be read, so that members may be missing. */
  readonly broken: boolean;
}

export interface Name extends Stretch {
  readonly is: "name";
  readonly name: string;
}

export interface Call extends Stretch {
  readonly is: "call";
  /** `az` in `az.resourceGroup()`, a resource in `vault.getSecret('x')`. */
  readonly on: Expression | undefined;
  readonly name: string;
  readonly args: readonly Expression[];
}

export interface Access extends Stretch {
  readonly is: "access";
  readonly of: Expression;
  readonly name: string;
  /** `.?`: null instead of an error. `::` reaches a nested resource. */
  readonly by: "." | ".?" | "::";
}

export interface Element extends Stretch {
  readonly is: "element";
  readonly of: Expression;
  /** Absent in types: `name[*]`. */
  readonly key: Expression | undefined;
  readonly safe: boolean;
  /** `[^1]`: counted from the end. */
  readonly fromEnd: boolean;
}

export interface Unary extends Stretch {
  readonly is: "unary";
  readonly operator: "!" | "-" | "+";
  readonly of: Expression;
}

export interface Binary extends Stretch {
  readonly is: "binary";
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Ternary extends Stretch {
  readonly is: "ternary";
  readonly condition: Expression;
  readonly yes: Expression;
  readonly no: Expression;
}

export interface Lambda extends Stretch {
  readonly is: "lambda";
  readonly parameters: readonly string[];
  readonly body: Expression;
}

/** `[for (item, position) in list: body]` */
export interface Loop extends Stretch {
  readonly is: "loop";
  readonly item: string;
  readonly position: string | undefined;
  readonly list: Expression;
  readonly body: Expression;
}

/** `if (condition) { ... }` as the body of a resource, a module or a loop. */
export interface Conditional extends Stretch {
  readonly is: "if";
  readonly condition: Expression;
  readonly body: Expression;
}

/** `'a' | 'b'` */
export interface Union extends Stretch {
  readonly is: "union";
  readonly options: readonly Expression[];
}

/** `value!`, `type?`, `type[]`. */
export interface Modified extends Stretch {
  readonly is: "modified";
  readonly by: "!" | "?" | "[]";
  readonly of: Expression;
}

/** Where an expression should be and none could be read. */
export interface Broken extends Stretch {
  readonly is: "broken";
}

export interface Decorator extends Stretch {
  /** Without `sys.` */
  readonly name: string;
  readonly args: readonly Expression[];
}

/** The stretch of a statement begins at its keyword. */
interface Declared extends Stretch {
  readonly decorators: readonly Decorator[];
  readonly name: Name;
}

export type Statement =
  | ParameterStatement
  | ValueStatement
  | OutputStatement
  | ResourceStatement
  | ModuleStatement
  | TypeStatement
  | FunctionStatement
  | ImportStatement
  | ExtensionStatement
  | FileStatement;

export interface ParameterStatement extends Declared {
  readonly is: "param";
  readonly type: Expression | undefined;
  readonly value: Expression | undefined;
}

/** `targetScope` has the name of its keyword. */
export interface ValueStatement extends Declared {
  readonly is: "var" | "metadata" | "assert" | "targetScope";
  readonly value: Expression;
}

export interface OutputStatement extends Declared {
  readonly is: "output";
  readonly type: Expression | undefined;
  readonly value: Expression;
}

export interface ResourceStatement extends Declared {
  readonly is: "resource";
  /** `'Microsoft.Storage/storageAccounts@2023-01-01'` */
  readonly type: Expression;
  readonly existing: boolean;
  readonly value: Expression;
}

export interface ModuleStatement extends Declared {
  readonly is: "module";
  readonly path: Expression;
  readonly value: Expression;
}

export interface TypeStatement extends Declared {
  readonly is: "type";
  readonly value: Expression;
}

export interface FunctionStatement extends Declared {
  readonly is: "func";
  readonly parameters: readonly string[];
  readonly body: Expression;
}

export interface ImportStatement extends Stretch {
  readonly is: "import";
  readonly path: Expression;
  /** What is imported, under which name; a string means all, under that name. */
  readonly names: string | readonly { readonly name: string; readonly as: string }[];
}

export interface ExtensionStatement extends Stretch {
  readonly is: "extension";
  readonly as: string | undefined;
}

/** `using 'main.bicep'`, `using none`, `extends 'shared.bicepparam'` */
export interface FileStatement extends Stretch {
  readonly is: "using" | "extends";
  readonly path: Expression | undefined;
}

export interface ParsedBicep {
  readonly statements: readonly Statement[];
  readonly problems: readonly FormatProblem[];
}
