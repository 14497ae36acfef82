/** The syntax tree of HCL2. Every piece of it is a place in its file, so that a value can point at the text that wrote it. */
import type { Place } from "../text-file.ts";

export interface Body extends Place {
  readonly items: readonly Item[];
}

export type Item = Attribute | BlockSyntax;

/** `name = value`. */
export interface Attribute extends Place {
  readonly is: "attribute";
  readonly name: string;
  readonly key: Place;
  readonly value: Expression;
}

/** `type "label" { ... }`. */
export interface BlockSyntax extends Place {
  readonly is: "block";
  readonly type: string;
  readonly labels: readonly Label[];
  readonly body: Body;
}

export interface Label extends Place {
  readonly text: string;
}

export type Expression =
  | Literal
  | Template
  | ListExpression
  | ObjectExpression
  | ForExpression
  | Name
  | GetAttribute
  | GetIndex
  | Splat
  | SplatItem
  | Call
  | Conditional
  | Binary
  | Unary;

/** A number, a boolean, `null`, or a text without templates in it. */
export interface Literal extends Place {
  readonly is: "literal";
  readonly value: string | number | boolean | null;
}

/** A quoted text or heredoc with templates in it. One interpolation alone passes its value on as it is. */
export interface Template extends Place {
  readonly is: "template";
  readonly parts: readonly TemplatePart[];
}

export type TemplatePart = TextPart | Interpolation | WhenPart | RepeatPart;

export interface TextPart extends Place {
  readonly is: "text";
  readonly value: string;
}

/** `${value}`; the place includes the braces. */
export interface Interpolation extends Place {
  readonly is: "interpolation";
  readonly value: Expression;
}

/** `%{ if test }yes%{ else }no%{ endif }`. */
export interface WhenPart extends Place {
  readonly is: "when";
  readonly test: Expression;
  readonly yes: readonly TemplatePart[];
  readonly no: readonly TemplatePart[];
}

/** `%{ for key, value in collection }parts%{ endfor }`. */
export interface RepeatPart extends Place {
  readonly is: "repeat";
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  readonly parts: readonly TemplatePart[];
}

export interface ListExpression extends Place {
  readonly is: "list";
  readonly items: readonly Expression[];
}

export interface ObjectExpression extends Place {
  readonly is: "object";
  readonly entries: readonly Entry[];
}

export interface Entry extends Place {
  /** A bare word is a literal here; in parentheses it is a name. */
  readonly key: Expression;
  readonly value: Expression;
}

/** `[for k, v in collection : value if test]`, or with `key => value...` in braces. */
export interface ForExpression extends Place {
  readonly is: "for";
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  /** Present in braces: the result is an object. */
  readonly key: Expression | undefined;
  readonly value: Expression;
  /** Written as `...`: values of the same key are gathered in a list. */
  readonly grouped: boolean;
  readonly test: Expression | undefined;
}

export interface Name extends Place {
  readonly is: "name";
  readonly name: string;
}

/** `of.name`. */
export interface GetAttribute extends Place {
  readonly is: "get";
  readonly of: Expression;
  readonly name: string;
}

/** `of[key]`, also written `of.0`. */
export interface GetIndex extends Place {
  readonly is: "index";
  readonly of: Expression;
  readonly key: Expression;
}

/** `of[*].a` or `of.*.a`: `each` is read for each item, which stands in it as a SplatItem. */
export interface Splat extends Place {
  readonly is: "splat";
  readonly of: Expression;
  readonly each: Expression;
}

export interface SplatItem extends Place {
  readonly is: "item";
}

export interface Call extends Place {
  readonly is: "call";
  /** With its namespace, where it has one: `provider::aws::arn_parse`. */
  readonly name: string;
  readonly args: readonly Expression[];
  /** The last argument is written with `...`: its items are the arguments. */
  readonly expand: boolean;
}

export interface Conditional extends Place {
  readonly is: "conditional";
  readonly test: Expression;
  readonly yes: Expression;
  readonly no: Expression;
}

export type BinaryOperator = "||" | "&&" | "==" | "!=" | "<" | ">" | "<=" | ">=" | "+" | "-" | "*" | "/" | "%";

export interface Binary extends Place {
  readonly is: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Unary extends Place {
  readonly is: "unary";
  readonly operator: "-" | "!";
  readonly of: Expression;
}
