/** Facts for rules on code, each with what proves it, and a record of which of them a rule asked for. */
import type { Evidence } from "#model/posture/posture-result.ts";
import type { FactName, PipelineFacts } from "../../cicd/azure/pipeline-facts.ts";

export interface ProvedFacts {
  readonly facts: PipelineFacts;
  /** By the name of the fact, or `pools.name` where it is about many things. */
  readonly evidence: ReadonlyMap<string, readonly Evidence[]>;
}

/** While they are put together. */
export interface FactDraft {
  readonly facts: { -readonly [K in keyof PipelineFacts]: PipelineFacts[K] };
  readonly reasons: Partial<Record<FactName, string>>;
  readonly evidence: Map<string, readonly Evidence[]>;
}

export interface WatchedFacts {
  readonly facts: PipelineFacts;
  /** What was asked so far, in the order it was. */
  readonly asked: ReadonlySet<string>;
  readonly forget: () => void;
}

/** Hands out only what is the facts' own: a name out of a file may be `constructor`. */
export function watch(facts: PipelineFacts): WatchedFacts {
  const asked = new Set<string>();
  const inner = new Map<string, object>();
  const watched = new Proxy(facts, {
    get: (target, key) => {
      const name = String(key);
      const value: unknown = Object.hasOwn(target, key) ? target[name as keyof PipelineFacts] : undefined;
      if (name === "reasons") return value;
      asked.add(name);
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      const before = inner.get(name);
      if (before) return before;
      const made = watchInner(name, value, asked);
      inner.set(name, made);
      return made;
    },
  });
  return { facts: watched, asked, forget: () => asked.clear() };
}

function watchInner(fact: string, value: object, asked: Set<string>): object {
  return new Proxy(value, {
    get: (target, key) => {
      asked.add(`${fact}.${String(key)}`);
      return Object.hasOwn(target, key) ? (target as Record<string | symbol, unknown>)[key] : undefined;
    },
  });
}

export function evidenceFor(asked: ReadonlySet<string>, { evidence }: ProvedFacts): readonly Evidence[] {
  return [...asked].flatMap((name) => evidence.get(name) ?? []);
}
