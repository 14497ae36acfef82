/**
 * What it costs to put together and judge the pipelines of an organization from files in memory: 1,000 pipelines in 100
 * repositories, each with its templates (4 files and about 7 kB a pipeline). `npm run bench -- pipelines [PIPELINES]`.
 */

import { cicdScanner } from "#scan/cicd/cicd-scanner.ts";
import { judgePipelines } from "#scan/posture/pipelines/judge-pipelines.ts";
import { defaultPostureSettings } from "#scan/posture/posture-settings.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import { printTable } from "./machine.ts";
import { organizationOf } from "./pipelines-organization.ts";

const perRepository = 10;

export async function pipelines(args: readonly string[]): Promise<void> {
  const wanted = Number(args[0] ?? 1000);
  const repositories = Array.from({ length: Math.ceil(wanted / perRepository) }, (_, index) => repositoryOf(index));
  const bytes = repositories.flatMap((files) => [...files.values()]).reduce((sum, text) => sum + text.length, 0);
  const before = process.cpuUsage();
  const started = performance.now();
  let units = 0;
  let findings = 0;
  for (const files of repositories) {
    const sources = [...files].map(([path, text]) => sourceFileOf(path, path, Buffer.from(text)));
    const byPath = new Map(sources.map((file) => [file.path, file]));
    const surveyed = sources.map((file) => ({ path: file.path, survey: cicdScanner.survey(file) }));
    for (const unit of cicdScanner.units(surveyed)) {
      const own = unit.paths.flatMap((path) => byPath.get(path) ?? []);
      findings += cicdScanner.scan(unit, own, { fingerprintKey: new Uint8Array(32) }).findings.length;
      units++;
    }
  }
  const { user, system } = process.cpuUsage(before);
  printTable("pipelines: surveyed, put together and judged", [
    ["pipelines", String(units), `${(bytes / 1e6).toFixed(1)} MB in ${repositories.length} repositories`],
    ["findings", String(findings), ""],
    [
      "processor time",
      `${((user + system) / 1e6).toFixed(2)} s`,
      `${((user + system) / 1e3 / units).toFixed(2)} ms a pipeline`,
    ],
    ["time", `${((performance.now() - started) / 1e3).toFixed(2)} s`, ""],
  ]);
  joined(repositories.slice(0, Math.ceil(wanted / perRepository)), wanted);
}

/** The same pipelines as an organization has them: definitions, policies, connections, checks, pools and permissions. */
function joined(repositories: readonly ReadonlyMap<string, string>[], wanted: number): void {
  const { facts, sources } = organizationOf(repositories, wanted);
  const before = process.cpuUsage();
  const started = performance.now();
  const judged = judgePipelines(facts, sources, defaultPostureSettings);
  const { user, system } = process.cpuUsage(before);
  const results = judged.flatMap((one) => one.results);
  const count = (is: string): string => String(results.filter(({ answer }) => answer.is === is).length);
  printTable("pipelines: put together and judged with the settings of their organization", [
    ["pipelines", String(judged.length), `${facts.projects.length} projects`],
    [
      "answers",
      String(results.length),
      `${count("fail")} fail, ${count("pass")} pass, ${count("not-evaluated")} not evaluated`,
    ],
    [
      "uses, items",
      String(judged.reduce((sum, one) => sum + one.uses.length, 0)),
      String(judged.reduce((sum, one) => sum + one.items.length, 0)),
    ],
    [
      "processor time",
      `${((user + system) / 1e6).toFixed(2)} s`,
      `${((user + system) / 1e3 / judged.length).toFixed(2)} ms a pipeline`,
    ],
    ["time", `${((performance.now() - started) / 1e3).toFixed(2)} s`, ""],
  ]);
}

function repositoryOf(index: number): ReadonlyMap<string, string> {
  const files = new Map<string, string>([
    ["templates/build.yml", buildTemplate(index)],
    ["templates/deploy.yml", deployTemplate(index)],
    [
      "templates/variables.yml",
      `parameters:\n- { name: environment, type: string }\nvariables:\n- name: connection\n  value: sc-\${{ parameters.environment }}-${index}\n- group: settings-\${{ parameters.environment }}\n`,
    ],
  ]);
  for (let at = 0; at < perRepository; at++) files.set(`services/s${at}/azure-pipelines.yml`, pipelineOf(index, at));
  return files;
}

function pipelineOf(repository: number, at: number): string {
  const tests = Array.from(
    { length: 12 },
    (_, step) =>
      `    - script: dotnet test tests/Unit${step} --logger trx # ${repository}\n      displayName: Unit ${step}\n`,
  );
  return `trigger:
  branches: { include: [main, releases/*] }
  paths: { include: [services/s${at}] }
parameters:
- { name: environments, type: object, default: [dev, test, prod] }
- { name: deploy, type: boolean, default: true }
variables:
- template: /templates/variables.yml
  parameters: { environment: dev }
- name: version
  value: 1.${at}.$(Build.BuildId)
stages:
- stage: Build
  jobs:
  - template: /templates/build.yml
    parameters: { service: s${at}, project: services/s${at}/s${at}.csproj }
  - job: Tests
    pool: { vmImage: ubuntu-24.04 }
    steps:
    - checkout: self
      fetchDepth: 1
${tests.join("")}- \${{ each environment in parameters.environments }}:
  - \${{ if or(parameters.deploy, eq(environment, 'dev')) }}:
    - template: /templates/deploy.yml
      parameters:
        environment: \${{ environment }}
        service: s${at}
`;
}

function buildTemplate(index: number): string {
  return `parameters:
- { name: service, type: string }
- { name: project, type: string }
jobs:
- job: Build_\${{ parameters.service }}
  pool: { vmImage: ubuntu-24.04 }
  container: registry.example/build/dotnet:8.0.${index}
  steps:
  - task: UseDotNet@2
    inputs: { version: 8.x }
  - task: DotNetCoreCLI@2
    inputs: { command: restore, projects: '\${{ parameters.project }}' }
  - bash: |
      set -euo pipefail
      dotnet build \${{ parameters.project }} -c Release /p:Version=$(version)
      dotnet publish \${{ parameters.project }} -c Release -o "$BUILD_ARTIFACTSTAGINGDIRECTORY"
      echo "##vso[task.setvariable variable=built;isOutput=true]$(version)"
    name: build
  - publish: $(Build.ArtifactStagingDirectory)
    artifact: \${{ parameters.service }}
`;
}

function deployTemplate(index: number): string {
  return `parameters:
- { name: environment, type: string, values: [dev, test, prod] }
- { name: service, type: string }
stages:
- stage: Deploy_\${{ parameters.environment }}
  dependsOn: Build
  variables:
  - template: variables.yml
    parameters: { environment: '\${{ parameters.environment }}' }
  jobs:
  - deployment: \${{ parameters.service }}
    environment: \${{ parameters.environment }}-${index}
    pool: { vmImage: ubuntu-24.04 }
    strategy:
      runOnce:
        deploy:
          steps:
          - download: current
            artifact: \${{ parameters.service }}
          - task: AzureCLI@2
            inputs:
              azureSubscription: sc-\${{ parameters.environment }}-${index}
              scriptType: bash
              scriptLocation: inlineScript
              inlineScript: |
                az webapp deploy --name \${{ parameters.service }}-\${{ parameters.environment }} --src-path "$PIPELINE_WORKSPACE/\${{ parameters.service }}"
          - \${{ if eq(parameters.environment, 'prod') }}:
            - bash: ./smoke.sh https://\${{ parameters.service }}.example
`;
}
