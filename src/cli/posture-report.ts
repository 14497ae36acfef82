/** What a look at an organization gave, as its formats write it down. */
import type { Judgement } from "#flows/posture/judge-facts.ts";
import type { FactKey } from "#model/posture/fact-key.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PostureResult } from "#model/posture/posture-result.ts";

export interface PostureReport {
  readonly facts: OrganizationFacts;
  readonly calls: { readonly total: number; readonly byKey: Readonly<Partial<Record<FactKey, number>>> };
  readonly judgement: Judgement;
  readonly results: readonly PostureResult[];
  readonly at: Date;
}
