/** What the parts of the reader of Bicep know of each other. */
import type { TemplateScope } from "../../../formats/azure-template/call.ts";
import type {
  Expression,
  FunctionStatement,
  ImportStatement,
  ModuleStatement,
  ObjectLiteral,
  OutputStatement,
  ParameterStatement,
  ResourceStatement,
  Statement,
  Stretch,
  TypeStatement,
  ValueStatement,
} from "../../../formats/bicep/syntax.ts";
import type { Block, Node } from "../../../formats/node.ts";
import type { Place, TextFile } from "../../../formats/text-file.ts";
import type { FullName } from "../arm/resource-name.ts";

/** A parsed file with its names. */
export interface Source {
  readonly file: TextFile;
  readonly statements: readonly Statement[];
  readonly names: ReadonlyMap<string, Named>;
  readonly outputs: ReadonlyMap<string, OutputStatement>;
}

/** What a name stands for where it is declared; outputs have names of their own. */
export type Named =
  | ParameterStatement
  | ValueStatement
  | ResourceStatement
  | ModuleStatement
  | TypeStatement
  | FunctionStatement
  | { readonly is: "imported"; readonly statement: ImportStatement; readonly name: string }
  | { readonly is: "namespace"; readonly statement: ImportStatement };

/** A file as it is deployed: by a call of a module, or as the root. A module that is called twice is two templates. */
export interface Template {
  readonly source: Source;
  readonly scope: TemplateScope;
  /** Of modules: `storage[0].`, for addresses and for the names of what is unknown. */
  readonly prefix: string;
  readonly depth: number;
  readonly calledFrom: readonly Place[];
  /** The call that made it. */
  readonly caller: Instance | undefined;
  /** The value of a name; of a loop of resources, the list of them. */
  readonly lookup: (name: string, at: Place) => Node;
  readonly output: (name: string, at: Place) => Node | undefined;
  /** A function of the user, also an imported one, with the template that its body belongs to. */
  readonly functionNamed: (name: string) => UserFunction | undefined;
  /** The file that `import * as x` brings in under this name. */
  readonly namespace: (name: string) => Template | undefined;
  /** A type, also an imported one, with the template in which its parts are named. */
  readonly typeNamed: (name: string) => DeclaredType | undefined;
  readonly expansionOf: (statement: ResourceStatement | ModuleStatement, parent?: Instance) => Expansion;
  readonly loadedText: (path: string) => TextFile | undefined;
}

export interface UserFunction {
  readonly statement: FunctionStatement;
  readonly template: Template;
}

export interface DeclaredType {
  readonly statement: TypeStatement;
  readonly template: Template;
}

/** Where an expression is evaluated: names of loops, lambdas and arguments come before those of the file. */
export interface Scope {
  readonly template: Template;
  readonly locals?: Locals | undefined;
  /** The resource in whose body it stands: those declared there are known by their names. */
  readonly around?: Instance | undefined;
}

export interface Locals {
  readonly name: string;
  readonly value: Node;
  readonly next: Locals | undefined;
}

export type Evaluate = (expression: Expression, scope: Scope) => Node;

/** The resources or module calls that one statement makes. */
export interface Expansion {
  readonly loop: boolean;
  readonly instances: readonly Instance[];
  /** Stands for any of them where it is not known which. */
  readonly any: () => Instance;
  /** Why there may be others. */
  readonly open?: string | undefined;
}

export interface Instance {
  readonly statement: ResourceStatement | ModuleStatement;
  readonly scope: Scope;
  readonly object: ObjectLiteral | undefined;
  /** The resource in whose body it is declared. */
  readonly parent: Instance | undefined;
  /** `storage`, `storage[0]`, `storage::blobs` */
  readonly symbol: string;
  /** Its condition, or that of its parent, is known to be false. */
  readonly off: boolean;
  /** The value of its name in expressions. */
  readonly value: () => Block;
  /** Undefined for modules. */
  readonly identity: () => Identity | undefined;
  /** What a call of a module makes, if its file is there. */
  readonly callee: () => Template | undefined;
}

export interface Identity {
  /** `Microsoft.Sql/servers/databases` */
  readonly type: string;
  readonly version: string | undefined;
  /** With the names of its parents: `server/database`. */
  readonly name: Node;
  readonly full: FullName;
  readonly id: Node;
  /** Type and name: what ids point to. */
  readonly address: string;
}

export function placeOf({ start, end }: Stretch, { template }: Scope): Place {
  return { file: template.source.file, start, end };
}

export function localNamed(name: string, { locals }: Scope): Node | undefined {
  for (let local = locals; local; local = local.next) if (local.name === name) return local.value;
  return undefined;
}

export function withLocal(scope: Scope, name: string, value: Node): Scope {
  return { ...scope, locals: { name, value, next: scope.locals } };
}

/** Computes once; undefined while it is computing, which happens where something depends on itself. */
export function memo<T>(make: () => T, circular: () => T): () => T {
  let state: "new" | "busy" | "done" = "new";
  let value: T;
  return () => {
    if (state === "done") return value;
    if (state === "busy") return circular();
    state = "busy";
    try {
      value = make();
      state = "done";
      return value;
    } finally {
      if (state === "busy") state = "new";
    }
  };
}
