/** How one provider is asked whether it takes a secret: data only. Nothing in it comes from scanned text. */
import type { RuleId } from "#model/rule.ts";

export interface LiveProvider {
  /** What people switch it on by: `github`. */
  readonly id: string;
  readonly title: string;
  /** The one host that is asked, over https. */
  readonly host: string;
  /** What the request leaves behind, for whoever allows it. */
  readonly trace: string;
  readonly checks: readonly LiveCheck[];
}

export interface LiveCheck {
  readonly rules: readonly RuleId[];
  /** Of what these rules find only secrets that begin so: others of them are refused for what they are. */
  readonly begins?: readonly string[];
  /** What the provider does not count as the secret's own beginning. */
  readonly without?: string;
  /** GET if absent. POST only where the provider's reading request is one. */
  readonly method?: "POST";
  /** With `{secret}` or a companion's name in braces where it stands in the path. */
  readonly path: string;
  readonly carrier: Carrier;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** What must be known beside the secret. */
  readonly companion?: Companion;
  /** Only this answer says that it is live. */
  readonly live: Marker;
  /** Only these documented answers say that it is not; none where the same secret may work at another place. */
  readonly notLive?: readonly Marker[];
  /** Why another refusal proves nothing. */
  readonly doubt?: string;
  readonly examples: {
    readonly live: unknown;
    /** One for each marker. */
    readonly notLive?: readonly unknown[];
  };
}

/** How the secret travels. */
export type Carrier =
  | { readonly is: "bearer" }
  | { readonly is: "header"; readonly name: string; readonly before?: string }
  /** The secret is the password; without a user it holds both, with a colon between them. */
  | { readonly is: "basic"; readonly user?: string }
  | { readonly is: "path" };

/** Something public that the provider needs to know whom it is asked about. */
export type Companion =
  /** The organization of Azure DevOps: named near the secret, else the one that holds the repository. */
  | { readonly is: "organization" }
  /** The nearest text of that form in the file. */
  | {
      readonly is: "near";
      readonly name: string;
      readonly prefix: string;
      readonly alphabet: "hexLower";
      readonly length: number;
    };

/** An answer in JSON with that status and all these fields. */
export interface Marker {
  readonly status: number;
  /** By their way through the JSON: `errors/0/message`. */
  readonly fields: Readonly<Record<string, FieldTest>>;
}

export type FieldTest =
  | "text"
  | "number"
  | "list"
  | boolean
  | { readonly is: readonly (string | number)[] }
  | { readonly startsWith: string }
  /** A text, and none of these. */
  | { readonly not: readonly string[] };
