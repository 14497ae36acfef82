import { azurePipelines } from "./azure/azure-pipelines.ts";
import type { CicdLanguage } from "./cicd-language.ts";
import { githubActions } from "./github/github-actions.ts";
import { gitlabCi } from "./gitlab/gitlab-ci.ts";
import { packageFiles } from "./packages/package-files.ts";

/** All kinds of pipeline files; a new one is a line here. */
export const cicdLanguages: readonly CicdLanguage[] = [azurePipelines, githubActions, gitlabCi, packageFiles];
