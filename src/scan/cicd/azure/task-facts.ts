/**
 * What the built-in tasks take: inputs that name a service connection (with their aliases), that are command text, and that
 * name a secure file. A long list of data; an organization's own list of tasks, where it is known, goes before it.
 *
 * Facts from the task.json files of microsoft/azure-pipelines-tasks (MIT, Copyright (c) 2014 Microsoft Corporation),
 * commit 299572e25b6cf14b21c7b60e5228603cbb5ffb42; no text or code of the tasks is part of it.
 */

export interface TaskFacts {
  /** The name of an input, then its aliases. */
  readonly connections?: readonly (readonly string[])[];
  readonly scripts?: readonly string[];
  readonly files?: readonly string[];
  readonly isDeprecated?: true;
}

const tasks: Readonly<Record<string, TaskFacts>> = {
  "AndroidSigning@2": { files: ["keystoreFile"], isDeprecated: true },
  "AndroidSigning@3": { files: ["keystoreFile"] },
  "Ant@1": {},
  "ApacheJMeterLoadTest@1": { connections: [["connectedServiceName"]], isDeprecated: true },
  "AppCenterDistribute@1": { connections: [["serverEndpoint"]], isDeprecated: true },
  "AppCenterDistribute@2": { connections: [["serverEndpoint"]], isDeprecated: true },
  "AppCenterDistribute@3": { connections: [["serverEndpoint"]] },
  "AppCenterTest@1": { connections: [["serverEndpoint"]] },
  "ArchiveFiles@2": {},
  "AutomatedAnalysis@0": { connections: [["connectedServiceNameARM"]], isDeprecated: true },
  "AzureAppConfigurationExport@10": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "AzureAppConfigurationImport@10": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "AzureAppConfigurationSnapshot@1": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "AzureAppServiceManage@0": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "AzureAppServiceSettings@1": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "AzureCLI@1": {
    connections: [["connectedServiceNameARM", "azureSubscription"]],
    scripts: ["inlineScript", "args"],
    isDeprecated: true,
  },
  "AzureCLI@2": {
    connections: [["connectedServiceNameARM", "azureSubscription"]],
    scripts: ["inlineScript", "scriptArguments"],
  },
  "AzureCLI@3": {
    connections: [["connectedServiceNameARM", "azureSubscription"], ["azureDevOpsServiceConnection"]],
    scripts: ["inlineScript", "scriptArguments"],
  },
  "AzureCloudPowerShellDeployment@1": {
    connections: [["ConnectedServiceName", "azureClassicSubscription"], ["ARMConnectedServiceName"]],
    isDeprecated: true,
  },
  "AzureCloudPowerShellDeployment@2": { connections: [["ARMConnectedServiceName"]], isDeprecated: true },
  "AzureContainerApps@0": { connections: [["connectedServiceNameARM", "azureSubscription"]], isDeprecated: true },
  "AzureContainerApps@1": { connections: [["connectedServiceNameARM", "azureSubscription"]] },
  "AzureFileCopy@1": {
    connections: [
      ["ConnectedServiceName", "azureClassicSubscription"],
      ["ConnectedServiceNameARM", "azureSubscription"],
    ],
    isDeprecated: true,
  },
  "AzureFileCopy@2": {
    connections: [
      ["ConnectedServiceName", "azureClassicSubscription"],
      ["ConnectedServiceNameARM", "azureSubscription"],
    ],
    isDeprecated: true,
  },
  "AzureFileCopy@3": { connections: [["ConnectedServiceNameARM", "azureSubscription"]], isDeprecated: true },
  "AzureFileCopy@4": { connections: [["ConnectedServiceNameARM", "azureSubscription"]] },
  "AzureFileCopy@5": { connections: [["ConnectedServiceNameARM", "azureSubscription"]] },
  "AzureFileCopy@6": { connections: [["ConnectedServiceNameARM", "azureSubscription"]] },
  "AzureFunction@1": {},
  "AzureFunction@2": { connections: [["azureServiceConnection", "azureSubscription", "connectedServiceARM"]] },
  "AzureFunctionApp@1": { connections: [["azureSubscription"]] },
  "AzureFunctionApp@2": { connections: [["azureSubscription", "connectedServiceNameARM"]] },
  "AzureFunctionAppContainer@1": { connections: [["azureSubscription"]] },
  "AzureFunctionOnKubernetes@0": {
    connections: [["dockerRegistryServiceConnection"], ["kubernetesServiceConnection"]],
    scripts: ["arguments"],
    isDeprecated: true,
  },
  "AzureFunctionOnKubernetes@1": {
    connections: [
      ["dockerRegistryServiceConnection"],
      ["kubernetesServiceEndpoint", "kubernetesServiceConnection"],
      ["azureSubscriptionEndpoint", "azureSubscriptionConnection"],
    ],
    scripts: ["arguments"],
  },
  "AzureIoTEdge@2": {
    connections: [
      ["connectedServiceNameARM", "azureSubscription"],
      ["dockerRegistryEndpoint", "dockerRegistryConnection"],
      ["azureSubscriptionEndpoint"],
    ],
  },
  "AzureKeyVault@1": { connections: [["ConnectedServiceName", "azureSubscription"]], isDeprecated: true },
  "AzureKeyVault@2": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "AzureMonitor@0": { connections: [["connectedServiceNameARM"]], isDeprecated: true },
  "AzureMonitor@1": { connections: [["connectedServiceNameARM"]] },
  "AzureMysqlDeployment@1": { connections: [["ConnectedServiceName", "azureSubscription"]], isDeprecated: true },
  "AzureMysqlDeployment@2": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "AzureNLBManagement@1": { connections: [["ConnectedServiceName", "azureSubscription"]], isDeprecated: true },
  "AzurePolicyCheckGate@0": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "AzurePowerShell@2": {
    connections: [
      ["ConnectedServiceName", "azureClassicSubscription"],
      ["ConnectedServiceNameARM", "azureSubscription"],
    ],
    scripts: ["Inline", "ScriptArguments"],
    isDeprecated: true,
  },
  "AzurePowerShell@3": {
    connections: [
      ["ConnectedServiceName", "azureClassicSubscription"],
      ["ConnectedServiceNameARM", "azureSubscription"],
    ],
    scripts: ["Inline", "ScriptArguments"],
    isDeprecated: true,
  },
  "AzurePowerShell@4": {
    connections: [["ConnectedServiceNameARM", "azureSubscription"]],
    scripts: ["Inline", "ScriptArguments"],
  },
  "AzurePowerShell@5": {
    connections: [["ConnectedServiceNameARM", "azureSubscription"]],
    scripts: ["Inline", "ScriptArguments"],
  },
  "AzureResourceGroupDeployment@2": {
    connections: [
      ["ConnectedServiceName", "azureSubscription"],
      ["deploymentGroupEndpoint", "teamServicesConnection"],
    ],
  },
  "AzureResourceManagerTemplateDeployment@3": {
    connections: [["ConnectedServiceName", "azureResourceManagerConnection"]],
  },
  "AzureRmWebAppDeployment@3": {
    connections: [
      ["ConnectedServiceName", "azureSubscription"],
      ["RegistryConnectedServiceName", "dockerRegistryConnection"],
    ],
    scripts: ["InlineScript"],
    isDeprecated: true,
  },
  "AzureRmWebAppDeployment@4": {
    connections: [["ConnectedServiceName", "azureSubscription"]],
    scripts: ["InlineScript"],
  },
  "AzureRmWebAppDeployment@5": {
    connections: [["ConnectedServiceName", "azureSubscription"]],
    scripts: ["InlineScript"],
  },
  "AzureSpringCloud@0": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "AzureStaticWebApp@0": {},
  "AzureTestPlan@0": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "AzureVmssDeployment@0": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "AzureVmssDeployment@1": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "AzureWebApp@1": { connections: [["azureSubscription"]] },
  "AzureWebAppContainer@1": { connections: [["azureSubscription"]] },
  "Bash@3": { scripts: ["arguments", "script"] },
  "BatchScript@1": { scripts: ["arguments"] },
  "BicepDeploy@0": { connections: [["ConnectedServiceName", "azureResourceManagerConnection"]] },
  "CMake@1": {},
  "Cache@2": {},
  "CacheBeta@0": { isDeprecated: true },
  "CacheBeta@1": {},
  "CargoAuthenticate@0": { connections: [["cargoServiceConnections"]] },
  "Chef@1": { connections: [["connectedServiceName"]], isDeprecated: true },
  "ChefKnife@1": { connections: [["ConnectedServiceName"]], scripts: ["ScriptArguments"], isDeprecated: true },
  "CloudLoadTest@1": { connections: [["connectedServiceName"]], isDeprecated: true },
  "CmdLine@2": { scripts: ["script"] },
  "CocoaPods@0": {},
  "CondaAuthenticate@0": {},
  "CondaEnvironment@0": { isDeprecated: true },
  "CondaEnvironment@1": { isDeprecated: true },
  "ContainerBuild@0": { connections: [["dockerRegistryServiceConnection"]] },
  "ContainerStructureTest@0": { connections: [["dockerRegistryServiceConnection"]], isDeprecated: true },
  "CopyFiles@2": {},
  "CopyFilesOverSSH@0": { connections: [["sshEndpoint"]] },
  "DecryptFile@1": {},
  "Delay@1": {},
  "DeleteFiles@1": {},
  "Docker@0": {
    connections: [
      ["dockerRegistryEndpoint", "dockerRegistryConnection"],
      ["azureSubscriptionEndpoint", "azureSubscription"],
      ["dockerHostEndpoint"],
    ],
    scripts: ["customCommand"],
    isDeprecated: true,
  },
  "Docker@1": {
    connections: [["dockerRegistryEndpoint"], ["azureSubscriptionEndpoint"], ["dockerHostEndpoint"]],
    scripts: ["command", "arguments"],
  },
  "Docker@2": { connections: [["containerRegistry"]], scripts: ["command", "arguments"] },
  "DockerCompose@0": {
    connections: [
      ["dockerRegistryEndpoint"],
      ["azureSubscriptionEndpoint", "azureSubscription"],
      ["dockerHostEndpoint"],
    ],
    scripts: ["arguments"],
    isDeprecated: true,
  },
  "DockerCompose@1": {
    connections: [
      ["dockerRegistryEndpoint"],
      ["azureSubscriptionEndpoint", "azureSubscription"],
      ["dockerHostEndpoint"],
    ],
    scripts: ["arguments"],
  },
  "DockerInstaller@0": {},
  "DotNetCoreCLI@2": {
    connections: [
      ["ConnectedServiceName", "azureSubscription"],
      ["externalEndpoints", "externalFeedCredentials"],
      ["externalEndpoint", "publishFeedCredentials"],
    ],
    scripts: ["command", "arguments"],
  },
  "DotNetCoreInstaller@0": { isDeprecated: true },
  "DotNetCoreInstaller@1": { isDeprecated: true },
  "DownloadBuildArtifacts@0": {},
  "DownloadBuildArtifacts@1": {},
  "DownloadFileshareArtifacts@1": {},
  "DownloadGitHubNugetPackage@1": {
    connections: [["externalEndpoints", "externalFeedCredentials"]],
    isDeprecated: true,
  },
  "DownloadGitHubRelease@0": { connections: [["connection"]] },
  "DownloadGithubNpmPackage@1": {
    connections: [["externalEndpoints", "externalRegistryCredentials"]],
    isDeprecated: true,
  },
  "DownloadPackage@0": { isDeprecated: true },
  "DownloadPackage@1": {},
  "DownloadPipelineArtifact@0": { isDeprecated: true },
  "DownloadPipelineArtifact@1": {},
  "DownloadPipelineArtifact@2": {},
  "DownloadSecureFile@1": { files: ["secureFile"] },
  "DuffleInstaller@0": { isDeprecated: true },
  "ExtractFiles@1": {},
  "FileTransform@1": { isDeprecated: true },
  "FileTransform@2": {},
  "FtpUpload@1": { connections: [["serverEndpoint"]], isDeprecated: true },
  "FtpUpload@2": { connections: [["serverEndpoint"]] },
  "FuncToolsInstaller@0": {},
  "GitHubComment@0": { connections: [["gitHubConnection"]] },
  "GitHubRelease@0": { connections: [["gitHubConnection"]], isDeprecated: true },
  "GitHubRelease@1": { connections: [["gitHubConnection"]] },
  "Go@0": { scripts: ["command", "customCommand", "arguments"] },
  "GoTool@0": {},
  "Gradle@2": { isDeprecated: true },
  "Gradle@3": {},
  "Gradle@4": {},
  "GradleAuthenticate@0": { connections: [["adoServiceConnection"]] },
  "Grunt@0": { scripts: ["arguments"] },
  "HelmDeploy@0": {
    connections: [
      ["azureSubscriptionEndpoint", "azureSubscription"],
      ["kubernetesServiceEndpoint", "kubernetesServiceConnection"],
      ["azureSubscriptionEndpointForACR", "azureSubscriptionForACR"],
    ],
    scripts: ["command", "arguments"],
    files: ["caCert", "certificate", "privatekey"],
  },
  "HelmDeploy@1": {
    connections: [
      ["azureSubscriptionEndpoint", "azureSubscription"],
      ["kubernetesServiceEndpoint", "kubernetesServiceConnection"],
      ["azureSubscriptionEndpointForACR", "azureSubscriptionForACR"],
    ],
    scripts: ["command", "arguments"],
    files: ["caCert", "certificate", "privatekey"],
  },
  "HelmInstaller@0": { isDeprecated: true },
  "HelmInstaller@1": {},
  "IISWebAppDeployment@1": { isDeprecated: true },
  "IISWebAppDeploymentOnMachineGroup@0": {},
  "IISWebAppManagementOnMachineGroup@0": {},
  "InstallAppleCertificate@2": { files: ["certSecureFile"] },
  "InstallAppleProvisioningProfile@1": { files: ["provProfileSecureFile"] },
  "InstallSSHKey@0": { files: ["sshKeySecureFile"] },
  "InvokeRESTAPI@1": {
    connections: [
      ["connectedServiceName", "serviceConnection", "genericService"],
      ["connectedServiceNameARM", "azureServiceConnection", "azureSubscription"],
      ["connectedServiceNameAzureDevOps", "azureDevOpsServiceConnection"],
    ],
  },
  "JavaToolInstaller@0": { connections: [["azureResourceManagerEndpoint"]] },
  "JavaToolInstaller@1": { connections: [["azureResourceManagerEndpoint"]] },
  "JenkinsDownloadArtifacts@1": {
    connections: [["serverEndpoint", "jenkinsServerConnection"], ["ConnectedServiceNameARM"]],
  },
  "JenkinsDownloadArtifacts@2": {
    connections: [["serverEndpoint", "jenkinsServerConnection"], ["ConnectedServiceNameARM"]],
  },
  "JenkinsQueueJob@2": { connections: [["serverEndpoint"]] },
  "KubectlInstaller@0": {},
  "KubeloginInstaller@0": { connections: [["gitHubConnection"]] },
  "Kubernetes@0": {
    connections: [
      ["kubernetesServiceEndpoint", "kubernetesServiceConnection"],
      ["dockerRegistryEndpoint", "dockerRegistryConnection"],
      ["azureSubscriptionEndpoint", "azureSubscription"],
    ],
    scripts: ["command", "arguments"],
    isDeprecated: true,
  },
  "Kubernetes@1": {
    connections: [
      ["kubernetesServiceEndpoint"],
      ["azureSubscriptionEndpoint"],
      ["dockerRegistryEndpoint"],
      ["azureSubscriptionEndpointForSecrets"],
    ],
    scripts: ["command", "inline", "arguments"],
  },
  "KubernetesManifest@0": {
    connections: [["kubernetesServiceConnection"], ["dockerRegistryEndpoint"]],
    scripts: ["arguments"],
    isDeprecated: true,
  },
  "KubernetesManifest@1": {
    connections: [
      ["kubernetesServiceEndpoint", "kubernetesServiceConnection"],
      ["azureSubscriptionEndpoint", "azureSubscriptionConnection"],
      ["dockerRegistryEndpoint"],
    ],
    scripts: ["arguments"],
  },
  "MSBuild@1": {},
  "ManualIntervention@8": {},
  "ManualValidation@0": {},
  "ManualValidation@1": {},
  "Maven@2": { isDeprecated: true },
  "Maven@3": { isDeprecated: true },
  "Maven@4": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "MavenAuthenticate@0": { connections: [["mavenServiceConnections"]] },
  "MysqlDeploymentOnMachineGroup@1": { isDeprecated: true },
  "NodeTaskRunnerInstaller@0": {},
  "NodeTool@0": { isDeprecated: true },
  "Notation@0": { connections: [["azurekvServiceConection"]], scripts: ["command"] },
  "Npm@0": { scripts: ["command", "arguments"] },
  "Npm@1": { connections: [["customEndpoint"], ["publishEndpoint"]], scripts: ["command", "customCommand"] },
  "NuGet@0": { scripts: ["command", "arguments"], isDeprecated: true },
  "NuGetAuthenticate@0": { connections: [["nuGetServiceConnections"]], isDeprecated: true },
  "NuGetAuthenticate@1": { connections: [["nuGetServiceConnections"]] },
  "NuGetCommand@2": {
    connections: [
      ["externalEndpoints", "externalFeedCredentials"],
      ["externalEndpoint", "publishFeedCredentials"],
    ],
    scripts: ["command", "arguments"],
  },
  "NuGetInstaller@0": { isDeprecated: true },
  "NuGetPackager@0": { isDeprecated: true },
  "NuGetPublisher@0": { connections: [["connectedServiceName"]], isDeprecated: true },
  "NuGetRestore@1": { isDeprecated: true },
  "NuGetToolInstaller@0": {},
  "NuGetToolInstaller@1": {},
  "OpenPolicyAgentInstaller@0": {},
  "PackerBuild@0": { connections: [["ConnectedServiceName"]], isDeprecated: true },
  "PackerBuild@1": { connections: [["ConnectedServiceName"]] },
  "PipAuthenticate@0": { connections: [["externalSources", "externalFeeds"]] },
  "PipAuthenticate@1": { connections: [["pythonDownloadServiceConnections", "pythonDownloadServiceConnections"]] },
  "PowerShell@2": { scripts: ["arguments", "script"] },
  "PowerShellOnTargetMachines@1": { scripts: ["ScriptArguments"], isDeprecated: true },
  "PowerShellOnTargetMachines@2": { scripts: ["ScriptArguments"], isDeprecated: true },
  "PowerShellOnTargetMachines@3": { scripts: ["InlineScript", "ScriptArguments"] },
  "PublishBuildArtifacts@1": {},
  "PublishCodeCoverageResults@1": { isDeprecated: true },
  "PublishCodeCoverageResults@2": {},
  "PublishPipelineArtifact@0": {},
  "PublishPipelineArtifact@1": {},
  "PublishPipelineMetadata@0": {},
  "PublishSymbols@2": { connections: [["ConnectedServiceName"]] },
  "PublishTestResults@1": { isDeprecated: true },
  "PublishTestResults@2": {},
  "PublishToAzureServiceBus@1": { connections: [["connectedServiceName", "azureSubscription"]] },
  "PublishToAzureServiceBus@2": { connections: [["connectedServiceName", "azureSubscription"]] },
  "PyPIPublisher@0": { connections: [["serviceEndpoint", "pypiConnection"]], isDeprecated: true },
  "PythonScript@0": { scripts: ["script", "arguments"] },
  "QuickPerfTest@1": { connections: [["connectedServiceName"]], isDeprecated: true },
  "ReviewApp@0": {},
  "SSH@0": { connections: [["sshEndpoint"]], scripts: ["runOptions", "commands", "inline", "args"] },
  "ServiceFabricComposeDeploy@0": {
    connections: [
      ["serviceConnectionName", "clusterConnection"],
      ["dockerRegistryEndpointName", "dockerRegistryConnection"],
      ["azureSubscriptionEndpoint", "azureSubscription"],
    ],
    isDeprecated: true,
  },
  "ServiceFabricDeploy@1": {
    connections: [
      ["serviceConnectionName"],
      ["dockerRegistryEndpoint", "dockerRegistryConnection"],
      ["azureSubscriptionEndpoint", "azureSubscription"],
    ],
  },
  "ServiceFabricPowerShell@1": {
    connections: [["serviceConnectionName", "clusterConnection"]],
    scripts: ["Inline", "ScriptArguments"],
  },
  "ServiceFabricUpdateManifests@2": {},
  "ShellScript@2": { scripts: ["args"] },
  "SqlAzureDacpacDeployment@1": {
    connections: [
      ["ConnectedServiceName", "azureClassicSubscription"],
      ["ConnectedServiceNameARM", "azureSubscription"],
    ],
  },
  "SqlDacpacDeploymentOnMachineGroup@0": {},
  "SqlServerDacpacDeployment@1": { isDeprecated: true },
  "TwineAuthenticate@0": { connections: [["externalSources", "externalFeeds"]] },
  "TwineAuthenticate@1": { connections: [["pythonUploadServiceConnection", "pythonUploadServiceConnection"]] },
  "UniversalPackages@0": {
    connections: [
      ["externalEndpoint", "externalFeedCredentials"],
      ["externalEndpoints", "publishFeedCredentials"],
    ],
    scripts: ["command"],
  },
  "UniversalPackages@1": { scripts: ["command"] },
  "UseDotNet@2": {},
  "UseNode@1": {},
  "UsePythonVersion@0": {},
  "UseRubyVersion@0": {},
  "VSBuild@1": {},
  "VSTest@1": { isDeprecated: true },
  "VSTest@2": {},
  "VSTest@3": { connections: [["ConnectedServiceName", "azureSubscription"]] },
  "VisualStudioTestPlatformInstaller@1": {},
  "WindowsMachineFileCopy@1": {},
  "WindowsMachineFileCopy@2": {},
  "XamarinAndroid@1": { isDeprecated: true },
  "XamarinTestCloud@1": { isDeprecated: true },
  "XamariniOS@2": { scripts: ["args"], isDeprecated: true },
  "Xcode@5": { scripts: ["args"] },
  "cURLUploader@2": { connections: [["serviceEndpoint"]] },
  "gulp@0": { scripts: ["arguments"] },
  "gulp@1": { scripts: ["arguments"] },
  "npmAuthenticate@0": { connections: [["customEndpoint"]] },
  "queryWorkItems@0": {},
};

const byName = new Map(Object.entries(tasks).map(([name, facts]) => [name.toLowerCase(), facts]));
const names = new Set(Object.keys(tasks).map((name) => name.slice(0, name.indexOf("@")).toLowerCase()));

/** Of `Name` in a major version; undefined for tasks that are not built in. */
export function taskFacts(name: string, major: string): TaskFacts | undefined {
  return byName.get(`${name.toLowerCase()}@${major}`);
}

export function isBuiltInTask(name: string): boolean {
  return names.has(name.toLowerCase());
}
