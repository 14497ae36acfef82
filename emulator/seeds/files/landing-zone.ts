/**
 * Seed: Terraform for Azure and AWS. Planted: open storage and network rules, a client secret in variables, an unpinned
 * module, a module of its own that one caller weakens, a skip with its reason and one that is out of date.
 */
import type { SeedRepositoryBuilder } from "../seed-history.ts";

export const landingZone: SeedRepositoryBuilder = (secrets) => ({
  name: "landing-zone",
  project: "Cloud Platform",
  pipeline: "azure-pipelines.yml",
  history: [
    {
      by: "jonas",
      daysAgo: 180,
      message: "Resource group, network and state",
      files: {
        "README.md": "# landing-zone\n\nWhat every team of Brightwater starts from in Azure.\n",
        ".gitignore": ".terraform/\n*.tfplan\n",
        "versions.tf": `
terraform {
  required_version = ">= 1.6"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 3.80"
    }
    aws = {
      source = "hashicorp/aws"
    }
  }
  backend "azurerm" {
    resource_group_name  = "tfstate"
    storage_account_name = "brightwaterstate"
    container_name       = "state"
    key                  = "landing-zone.tfstate"
  }
}
`,
        "network.tf": `
resource "azurerm_resource_group" "core" {
  name     = "core"
  location = "westeurope"
}

resource "azurerm_virtual_network" "core" {
  name                = "core"
  address_space       = ["10.20.0.0/16"]
  location            = azurerm_resource_group.core.location
  resource_group_name = azurerm_resource_group.core.name
}

resource "azurerm_network_security_group" "jump" {
  name                = "jump"
  location            = azurerm_resource_group.core.location
  resource_group_name = azurerm_resource_group.core.name

  security_rule {
    name                       = "ssh"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "22"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}
`,
      },
    },
    {
      by: "jonas",
      daysAgo: 150,
      message: "Storage for diagnostics",
      files: {
        "storage.tf": `
resource "azurerm_storage_account" "diagnostics" {
  name                            = "brightwaterdiag"
  resource_group_name             = azurerm_resource_group.core.name
  location                        = azurerm_resource_group.core.location
  account_tier                    = "Standard"
  account_replication_type        = "LRS"
  enable_https_traffic_only       = false
  min_tls_version                 = "TLS1_0"
  allow_nested_items_to_be_public = true
}

resource "azurerm_key_vault" "core" {
  name                     = "brightwater-core"
  location                 = azurerm_resource_group.core.location
  resource_group_name      = azurerm_resource_group.core.name
  tenant_id                = var.tenant_id
  sku_name                 = "standard"
  purge_protection_enabled = false
}
`,
        "variables.tf": `
variable "tenant_id" {
  type    = string
  default = "7f1d3f0e-52c4-4c8e-9a55-0f2f6f0c1a44"
}

variable "client_secret" {
  type      = string
  sensitive = true
}
`,
      },
    },
    {
      by: "tomas",
      daysAgo: 95,
      message: "Sign in as the deployment application",
      files: {
        "environments/production.tfvars": `
tenant_id     = "7f1d3f0e-52c4-4c8e-9a55-0f2f6f0c1a44"
client_secret = "${secrets.entraClientSecret}"
`,
      },
    },
    {
      by: "ines",
      daysAgo: 60,
      message: "Archive bucket in AWS",
      files: {
        "archive.tf": `
resource "aws_s3_bucket" "archive" {
  bucket = "brightwater-archive"
  acl    = "public-read"
}

resource "aws_security_group" "archive" {
  name = "archive"

  ingress {
    from_port   = 0
    to_port     = 65535
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_db_instance" "catalogue" {
  identifier          = "catalogue"
  engine              = "postgres"
  instance_class      = "db.t3.small"
  allocated_storage   = 20
  username            = "catalogue"
  password            = var.client_secret
  publicly_accessible = true
  storage_encrypted   = false
  skip_final_snapshot = true
}

module "alerts" {
  source = "git::https://github.com/someone-else/terraform-alerts.git"
}
`,
        "azure-pipelines.yml": `
trigger: [main]

pool:
  vmImage: ubuntu-latest

steps:
  - script: terraform init && terraform apply -auto-approve -var-file=environments/production.tfvars
    displayName: Apply
`,
      },
    },
    {
      by: "tomas",
      daysAgo: 20,
      message: "One module for the storage of teams",
      files: {
        "modules/team-storage/main.tf": `
variable "team" {
  type = string
}

variable "resource_group" {
  type = object({ name = string, location = string })
}

variable "min_tls_version" {
  type    = string
  default = "TLS1_2"
}

variable "public" {
  type    = bool
  default = false
}

locals {
  name = "brightwater\${var.team}"
}

resource "azurerm_storage_account" "team" {
  name                            = local.name
  resource_group_name             = var.resource_group.name
  location                        = var.resource_group.location
  account_tier                    = "Standard"
  account_replication_type        = "GRS"
  https_traffic_only_enabled      = true
  min_tls_version                 = var.min_tls_version
  public_network_access_enabled   = var.public
  allow_nested_items_to_be_public = var.public
  shared_access_key_enabled       = true

  blob_properties {
    delete_retention_policy {
      days = 14
    }
  }
}
`,
        "teams.tf": `
module "analytics" {
  source         = "./modules/team-storage"
  team           = "analytics"
  resource_group = azurerm_resource_group.core

  # The export job of the old warehouse speaks nothing newer.
  min_tls_version = "TLS1_0"
}

module "press" {
  # sallyport:skip=CKV_AZURE_59:Journalists download pictures from here without signing in
  source         = "./modules/team-storage"
  team           = "press"
  resource_group = azurerm_resource_group.core
  public         = true
}

resource "azurerm_container_registry" "teams" {
  # sallyport:skip=CKV_AZURE_137:Until the build agents sign in with an identity
  name                = "brightwaterteams"
  resource_group_name = azurerm_resource_group.core.name
  location            = azurerm_resource_group.core.location
  sku                 = "Premium"
  admin_enabled       = false
}
`,
      },
    },
  ],
});
