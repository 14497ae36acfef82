/** Variables and inputs that look like secrets and stand readable, with what was seen of each: never the text itself. */
import type { ClassicStep, SecretLook, VariableFact } from "#model/posture/pipeline-facts.ts";

interface PlainSecret {
  readonly name: string;
  /** `looks like secrets/… (ab…cd)`. */
  readonly says: string;
}

export function secretVariables(variables: readonly VariableFact[]): readonly PlainSecret[] {
  return variables.flatMap(({ name, isSecret, looksSecret }) =>
    isSecret || !looksSecret ? [] : [{ name, says: sayLook(looksSecret) }],
  );
}

export function secretInputs(steps: readonly ClassicStep[]): readonly PlainSecret[] {
  return steps.flatMap(({ name, inputs }) =>
    inputs.flatMap(({ name: input, looksSecret }) =>
      looksSecret ? [{ name: `the input ${input} of the step ${name}`, says: sayLook(looksSecret) }] : [],
    ),
  );
}

function sayLook({ rule, masked }: SecretLook): string {
  return `looks like ${rule} (${masked})`;
}
