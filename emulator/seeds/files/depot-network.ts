/** Seed of the second organization: Terraform for depots. Planted: storage that everybody may read, a database open to the internet. */
import type { SeedRepositoryBuilder } from "../seed-history.ts";

export const depotNetwork: SeedRepositoryBuilder = () => ({
  name: "depot-network",
  project: "Logistics",
  history: [
    {
      by: "otto",
      daysAgo: 200,
      message: "Network of the depots",
      files: {
        "README.md": "# depot-network\n\nNetwork and storage of the depots.\n",
        "main.tf": `
terraform {
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 3.80"
    }
  }
}

resource "azurerm_resource_group" "depots" {
  name     = "depots"
  location = "northeurope"
}
`,
      },
    },
    {
      by: "otto",
      daysAgo: 90,
      message: "Pictures of deliveries",
      files: {
        "storage.tf": `
resource "azurerm_storage_account" "pictures" {
  name                            = "harbourlinepictures"
  resource_group_name             = azurerm_resource_group.depots.name
  location                        = azurerm_resource_group.depots.location
  account_tier                    = "Standard"
  account_replication_type        = "LRS"
  allow_nested_items_to_be_public = true
  min_tls_version                 = "TLS1_0"
}
`,
      },
    },
    {
      by: "freja",
      daysAgo: 30,
      message: "Database of the depots",
      files: {
        "database.tf": `
resource "azurerm_postgresql_flexible_server" "depots" {
  name                          = "harbourline-depots"
  resource_group_name           = azurerm_resource_group.depots.name
  location                      = azurerm_resource_group.depots.location
  version                       = "16"
  sku_name                      = "B_Standard_B1ms"
  public_network_access_enabled = true
}

resource "azurerm_postgresql_flexible_server_firewall_rule" "everybody" {
  name             = "everybody"
  server_id        = azurerm_postgresql_flexible_server.depots.id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255"
}
`,
      },
    },
  ],
});
