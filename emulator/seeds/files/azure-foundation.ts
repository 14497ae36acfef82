/** Seed: Bicep for shared Azure services. Planted: public SQL and web app settings, a password as a parameter's default. */
import type { SeedRepositoryBuilder } from "../seed-history.ts";

export const azureFoundation: SeedRepositoryBuilder = (secrets) => ({
  name: "azure-foundation",
  project: "Cloud Platform",
  pipeline: "azure-pipelines.yml",
  history: [
    {
      by: "ines",
      daysAgo: 140,
      message: "Shared plan and web app",
      files: {
        "README.md": "# azure-foundation\n\nShared Azure services in Bicep.\n",
        "main.bicep": `
targetScope = 'resourceGroup'

param location string = resourceGroup().location
param environment string = 'production'

module web 'modules/web.bicep' = {
  name: 'web'
  params: {
    location: location
    name: 'brightwater-\${environment}'
  }
}
`,
        "modules/web.bicep": `
param location string
param name string

resource plan 'Microsoft.Web/serverfarms@2022-09-01' = {
  name: '\${name}-plan'
  location: location
  sku: {
    name: 'B1'
  }
}

resource app 'Microsoft.Web/sites@2022-09-01' = {
  name: name
  location: location
  properties: {
    serverFarmId: plan.id
    httpsOnly: false
    siteConfig: {
      minTlsVersion: '1.0'
      ftpsState: 'AllAllowed'
      remoteDebuggingEnabled: true
    }
  }
}
`,
      },
    },
    {
      by: "mei",
      daysAgo: 110,
      message: "SQL server for reports",
      files: {
        "modules/sql.bicep": `
param location string
param administrator string = 'reports_admin'
param password string = '${secrets.databasePassword}'

resource server 'Microsoft.Sql/servers@2022-05-01-preview' = {
  name: 'brightwater-reports'
  location: location
  properties: {
    administratorLogin: administrator
    administratorLoginPassword: password
    publicNetworkAccess: 'Enabled'
    minimalTlsVersion: '1.0'
  }
}

resource everyone 'Microsoft.Sql/servers/firewallRules@2022-05-01-preview' = {
  parent: server
  name: 'everyone'
  properties: {
    startIpAddress: '0.0.0.0'
    endIpAddress: '255.255.255.255'
  }
}
`,
        "main.bicep": `
targetScope = 'resourceGroup'

param location string = resourceGroup().location
param environment string = 'production'

module web 'modules/web.bicep' = {
  name: 'web'
  params: {
    location: location
    name: 'brightwater-\${environment}'
  }
}

module sql 'modules/sql.bicep' = {
  name: 'sql'
  params: {
    location: location
  }
}
`,
      },
    },
    {
      by: "jonas",
      daysAgo: 40,
      message: "Deploy from the pipeline",
      files: {
        "azure-pipelines.yml": `
trigger: [main]

pool:
  vmImage: ubuntu-latest

variables:
  - name: deployToken
    value: ${secrets.azureDevOpsPat}

steps:
  - checkout: self
  - script: az deployment group create --resource-group shared --template-file main.bicep
    displayName: Deploy
`,
        "modules/storage.bicep": `
param location string

resource account 'Microsoft.Storage/storageAccounts@2022-09-01' = {
  name: 'brightwaterreports'
  location: location
  kind: 'StorageV2'
  sku: {
    name: 'Standard_LRS'
  }
  properties: {
    allowBlobPublicAccess: true
    supportsHttpsTrafficOnly: false
    minimumTlsVersion: 'TLS1_0'
  }
}
`,
      },
    },
  ],
});
