/** A small organization for an example: facts that are not given are not known. */

import type { OrganizationId, ProjectId } from "#model/ids.ts";
import type { AttackPath } from "#model/posture/attack-path.ts";
import { known, unknown } from "#model/posture/fact.ts";
import { factKeys, factKind } from "#model/posture/fact-key.ts";
import type { FactValues, OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { JudgedPipeline } from "./pipelines/judged-pipeline.ts";
import type { PostureSettings } from "./posture-settings.ts";

export interface PostureExample {
  readonly organization?: Partial<FactValues>;
  /** Of the project `Payments`. */
  readonly project?: Partial<FactValues>;
  readonly visibility?: "private" | "public" | "organization";
  /** Of further projects, by their name. */
  readonly others?: Readonly<Record<string, Partial<FactValues>>>;
  readonly pipelines?: readonly JudgedPipeline[];
  readonly paths?: readonly AttackPath[];
  readonly settings?: Partial<PostureSettings>;
}

/** When examples are read and judged. */
export const exampleTime = "2026-03-01T12:00:00Z";
export const exampleProjectId = "11111111-1111-4111-8111-111111111111";

export function factsOfExample({
  organization = {},
  project = {},
  visibility = "private",
  others = {},
}: PostureExample): OrganizationFacts {
  const projects = Object.entries({ Payments: project, ...others }).map(([name, values], index) => ({
    ...factsOf("project", values),
    id: `${index + 1}`.repeat(8).concat("-1111-4111-8111-111111111111") as ProjectId,
    name,
    visibility: index === 0 ? visibility : ("private" as const),
  }));
  return {
    ...factsOf("organization", organization),
    id: "99999999-1111-4111-8111-111111111111" as OrganizationId,
    name: "contoso",
    url: "https://dev.azure.com/contoso",
    projects,
  };
}

type AnyFacts = Omit<OrganizationFacts, "id" | "name" | "url" | "projects"> &
  Omit<OrganizationFacts["projects"][number], "id" | "name" | "visibility">;

function factsOf(of: "organization" | "project", values: Partial<FactValues>): AnyFacts {
  const keys = factKeys.filter((key) => factKind(key).of === of);
  const entries = keys.map((key) => {
    const value = values[key];
    return [key, value === undefined ? unknown("not-read", "Nobody asked.") : known(value, exampleTime)] as const;
  });
  return Object.fromEntries(entries) as unknown as AnyFacts;
}
