/** The languages of infrastructure that are read. A file may belong to several: a manifest can stand in a chart's folder. */
import type { Language } from "./language.ts";
import { arm } from "./languages/arm/arm.ts";
import { azurePipelines } from "./languages/azure-pipelines/azure-pipelines.ts";
import { bicep } from "./languages/bicep/bicep.ts";
import { cloudformation } from "./languages/cloudformation/cloudformation.ts";
import { compose } from "./languages/compose/compose.ts";
import { dockerfile } from "./languages/dockerfile/dockerfile.ts";
import { githubActions } from "./languages/github-actions/github-actions.ts";
import { helm } from "./languages/helm/helm.ts";
import { kubernetes } from "./languages/kubernetes/kubernetes.ts";
import { kustomize } from "./languages/kustomize/kustomize.ts";
import { terraform } from "./languages/terraform/terraform.ts";
import { terraformPlan } from "./languages/terraform-plan/terraform-plan.ts";

export const languages: readonly Language[] = [
  terraform,
  terraformPlan,
  bicep,
  arm,
  cloudformation,
  dockerfile,
  kubernetes,
  helm,
  kustomize,
  azurePipelines,
  compose,
  githubActions,
];
