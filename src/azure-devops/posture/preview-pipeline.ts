/** Asks Azure DevOps what a pipeline is when all its templates are put together. Nothing runs. */
import { RemoteError } from "#model/remote-error.ts";
import { type OrganizationClient, path } from "../organization-client.ts";
import { requiredText, wireObject } from "../read-wire.ts";
import type { CollectedProject } from "./collector.ts";

export interface PreviewWanted {
  readonly project: CollectedProject;
  readonly definitionId: number;
  /** Instead of the file in the repository. */
  readonly yamlOverride?: string;
  /** Full ref name of the pipeline's own repository; absent: its default branch. */
  readonly refName?: string;
  readonly templateParameters?: Readonly<Record<string, string>>;
}

export type Preview =
  | { readonly is: "expanded"; readonly yaml: string }
  /** The pipeline is not valid, in the words of Azure DevOps. */
  | { readonly is: "invalid"; readonly message: string };

export async function previewPipeline(client: OrganizationClient, wanted: PreviewWanted): Promise<Preview> {
  const { project, definitionId, yamlOverride, refName, templateParameters } = wanted;
  try {
    const { body } = await client.request({
      method: "POST",
      path: path`/${project.id}/_apis/pipelines/${definitionId}/preview`,
      body: {
        previewRun: true,
        ...(yamlOverride !== undefined && { yamlOverride }),
        ...(refName !== undefined && { resources: { repositories: { self: { refName } } } }),
        ...(templateParameters && { templateParameters }),
      },
      isRepeatable: true,
    });
    const where = "preview of a pipeline";
    return { is: "expanded", yaml: requiredText(wireObject(body, where), "finalYaml", where) };
  } catch (error) {
    const isInvalid = error instanceof RemoteError && error.details.typeKey === "PipelineValidationException";
    if (!isInvalid) throw error;
    return { is: "invalid", message: error.message };
  }
}
