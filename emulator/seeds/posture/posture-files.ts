/** What the repositories of the two organizations hold: the same shop, built carelessly and with care. */
type Files = Readonly<Record<string, string>>;

export type Posture = "weak" | "strong";

const tests = `
parameters:
  - name: project
    type: string
    default: tests

steps:
  - script: npm test --workspace \${{ parameters.project }}
    displayName: Test
`;

const carelessPipeline = `
trigger:
  branches:
    include:
      - "*"

parameters:
  - name: target
    type: string
    default: staging

resources:
  repositories:
    - repository: templates
      type: git
      name: Platform/pipeline-templates
      ref: refs/heads/main
  webhooks:
    - webhook: Deployed
      connection: deployed-hook

variables:
  - group: production-secrets
  - name: System.Debug
    value: true

pool:
  name: Build machines

stages:
  - stage: Build
    jobs:
      - job: Build
        steps:
          - checkout: self
            persistCredentials: true
          - script: |
              echo "Building $(Build.SourceVersionMessage)"
              echo "for \${{ parameters.target }}"
            displayName: Say what is built
          - script: curl -s http://tools.wavecrest.example/install.sh | bash
            displayName: Install tools
          - script: ./build.sh $(Channel)
            displayName: Build
            env:
              SYSTEM_ACCESSTOKEN: $(System.AccessToken)
          - template: templates/test.yml

  - stage: Production
    dependsOn: Build
    jobs:
      - job: Deploy
        steps:
          - template: deploy.yml@templates
            parameters:
              connection: production
`;

const carefulPipeline = `
trigger:
  branches:
    include:
      - main

pr: none

resources:
  repositories:
    - repository: templates
      type: git
      name: Platform/pipeline-templates
      ref: refs/tags/v1

extends:
  template: guarded.yml@templates
  parameters:
    connection: production
    environment: production
`;

const deploySteps = (connection: string) => `
steps:
  - task: AzureCLI@2
    displayName: Deploy
    inputs:
      azureSubscription: ${connection}
      scriptType: bash
      scriptLocation: scriptPath
      scriptPath: deploy.sh
`;

const deploy = `
parameters:
  - name: connection
    type: string
${deploySteps(`\${{ parameters.connection }}`)}`;

const guarded = `
parameters:
  - name: connection
    type: string
    values: [production]
  - name: environment
    type: string
    values: [production]

stages:
  - stage: Build
    pool:
      vmImage: ubuntu-24.04
    jobs:
      - job: Build
        steps:
          - checkout: self
            persistCredentials: false
          - script: npm ci && npm test
            displayName: Test

  - stage: Production
    dependsOn: Build
    condition: and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))
    pool:
      name: Build machines
    jobs:
      - deployment: Deploy
        environment: \${{ parameters.environment }}
        workspace:
          clean: all
        strategy:
          runOnce:
            deploy:
              steps:
                - template: deploy.yml
                  parameters:
                    connection: \${{ parameters.connection }}
`;

/** Looks at pull requests, on machines that nobody keeps. */
const checks = `
trigger: none

pool:
  vmImage: ubuntu-24.04

steps:
  - checkout: self
    persistCredentials: false
  - script: npm ci && npm test
    displayName: Test
`;

const manifest = (name: string, packages: Readonly<Record<string, string>>) =>
  `${JSON.stringify({ name, version: "1.0.0", private: true, dependencies: packages }, null, 2)}\n`;

/** A hash of the length of SHA-512, of nothing. */
const integrity = `sha512-${"A".repeat(86)}==`;

const lock = (name: string, dependency: string) =>
  `${JSON.stringify(
    {
      name,
      lockfileVersion: 3,
      packages: {
        "": { name, version: "1.0.0", dependencies: { [dependency]: "1.0.0" } },
        [`node_modules/${dependency}`]: {
          version: "1.0.0",
          resolved: `https://packages.example/${dependency}/-/1.0.0.tgz`,
          integrity,
        },
      },
    },
    null,
    2,
  )}\n`;

export function shopFiles(posture: Posture): Files {
  const isWeak = posture === "weak";
  const dependency = isWeak ? "shop-ui" : "@stonebridge/shop-ui";
  return {
    "azure-pipelines.yml": isWeak ? carelessPipeline : carefulPipeline,
    "checks.yml": checks,
    "templates/test.yml": tests,
    "build.sh": "#!/bin/sh\nnpm run build\n",
    "deploy.sh": "#!/bin/sh\naz webapp up --name shop\n",
    "package.json": manifest("shop", { [dependency]: "1.0.0" }),
    ...(isWeak
      ? { ".npmrc": "registry=http://packages.wavecrest.example/\n" }
      : {
          ".npmrc": "registry=https://packages.example/\n",
          "package-lock.json": lock("shop", dependency),
        }),
  };
}

/** Whoever may push deploys, and nobody reviews what is pushed. */
export function ledgerFiles(): Files {
  return {
    "azure-pipelines.yml": `trigger:\n  - main\n\npool:\n  vmImage: ubuntu-24.04\n${deploySteps("production")}`,
    "deploy.sh": "#!/bin/sh\naz webapp up --name ledger\n",
  };
}

export function templateFiles(): Files {
  return { "deploy.yml": deploy, "guarded.yml": guarded, "README.md": "# Templates of pipelines\n" };
}
