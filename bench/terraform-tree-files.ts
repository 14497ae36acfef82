/**
 * A made-up repository of landing zones, the same files every time. It has the shape of real ones: a few large root modules,
 * each calling dozens of local modules of its own, some of them over lists that are empty or not known, and a few modules
 * that all share. So there are about as many resources as blocks that write them. It is long because most of it is the text
 * of those files.
 */

const filesOfZone = 6;
const filesOfModule = 4;
/** One root module to so many files. */
const filesPerZone = 100;
/** The first modules are called by every zone, the others by one, and some of them twice. */
const sharedModules = 6;
const moduleNames = ["storage", "network", "vault", "database", "cluster", "web", "queue", "registry"];

const header = `# Maintained by the platform team. See docs/landing-zones.md for names, tags and address ranges.

`;

/** Paths and texts. */
export function landingZones(count: number): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const zones = Math.max(1, Math.floor(count / filesPerZone));
  const modules = Math.max(1, Math.ceil((count - zones * filesOfZone) / filesOfModule));
  for (let index = 0; index < modules; index++) addModule(files, index);
  for (let index = 0; index < zones; index++) addZone(files, index, modulesOfZone(index, zones, modules));
  return new Map([...files].slice(0, count).map(([path, text]) => [path, header + text]));
}

function moduleName(index: number): string {
  return `${moduleNames[index % moduleNames.length]}-${Math.floor(index / moduleNames.length)}`;
}

function addModule(files: Map<string, string>, index: number): void {
  const folder = `modules/${moduleName(index)}`;
  files.set(`${folder}/main.tf`, moduleMain(index));
  files.set(`${folder}/variables.tf`, moduleVariables());
  files.set(`${folder}/outputs.tf`, outputs(["account_id", "vault_id"]));
  files.set(
    `${folder}/locals.tf`,
    `locals {
  prefix = lower(join("-", compact([var.name, var.environment, "${index}"])))
  tags   = merge(var.tags, { module = "${moduleName(index)}", environment = var.environment })
  rules  = { for rule in var.rules : rule.name => rule if rule.enabled }
}
`,
  );
}

function moduleMain(index: number): string {
  return `resource "azurerm_storage_account" "this" {
  for_each                        = var.accounts
  name                            = substr(replace("\${local.prefix}\${each.key}", "-", ""), 0, 24)
  resource_group_name             = var.resource_group_name
  location                        = var.location
  account_tier                    = "Standard"
  account_replication_type        = each.value.replication
  min_tls_version                 = var.min_tls_version
  allow_nested_items_to_be_public = ${index % 3 === 0}
  public_network_access_enabled   = each.value.public
  tags                            = local.tags

  network_rules {
    default_action = each.value.public ? "Allow" : "Deny"
    bypass         = ["AzureServices"]
  }
}

resource "azurerm_network_security_group" "this" {
  name                = format("nsg-%s-%03d", local.prefix, ${index})
  resource_group_name = var.resource_group_name
  location            = var.location

  dynamic "security_rule" {
    for_each = local.rules
    content {
      name                       = security_rule.key
      priority                   = security_rule.value.priority
      direction                  = "Inbound"
      access                     = "Allow"
      protocol                   = "Tcp"
      source_port_range          = "*"
      destination_port_range     = security_rule.value.port
      source_address_prefix      = security_rule.value.source
      destination_address_prefix = "*"
    }
  }
}

resource "azurerm_key_vault" "this" {
  count                      = var.vault ? 1 : 0
  name                       = "kv-\${local.prefix}"
  resource_group_name        = var.resource_group_name
  location                   = var.location
  sku_name                   = "standard"
  tenant_id                  = var.tenant_id
  purge_protection_enabled   = ${index % 2 === 0}
  soft_delete_retention_days = 30
}
`;
}

function moduleVariables(): string {
  const texts = ["name", "environment", "resource_group_name", "location", "tenant_id"];
  return `${texts.map((name) => variable(name, "string")).join("\n")}
${variable("tags", "map(string)", "{}")}
${variable("min_tls_version", "string", '"TLS1_2"')}
${variable("vault", "bool", "true")}
variable "accounts" {
  type = map(object({
    replication = string
    public      = optional(bool, false)
  }))
  default = {}
}

variable "rules" {
  type = list(object({
    name     = string
    priority = number
    port     = string
    source   = string
    enabled  = bool
  }))
  default = []
}
`;
}

function variable(name: string, type: string, byDefault?: string): string {
  const value = byDefault === undefined ? "" : `\n  default     = ${byDefault}`;
  return `variable "${name}" {\n  type        = ${type}\n  description = "The ${name.replaceAll("_", " ")} of the landing zone"${value}\n}\n`;
}

function outputs(names: readonly string[]): string {
  const values: Readonly<Record<string, string>> = {
    account_id: "{ for key, account in azurerm_storage_account.this : key => account.id }",
    vault_id: "one(azurerm_key_vault.this[*].id)",
  };
  return names.map((name) => `output "${name}" {\n  value = ${values[name] ?? `module.${name}`}\n}\n`).join("\n");
}

/** Its own, every tenth of them twice, and those that all share. */
function modulesOfZone(zone: number, zones: number, modules: number): readonly number[] {
  const called: number[] = [];
  for (let module = 0; module < modules; module++) {
    if (module < sharedModules || module % zones === zone) called.push(module);
    if (module >= sharedModules && module % (zones * 10) === zone) called.push(module);
  }
  return called;
}

function addZone(files: Map<string, string>, index: number, called: readonly number[]): void {
  const folder = `zones/area-${index % 5}/zone-${index}`;
  files.set(`${folder}/main.tf`, called.map((module, position) => moduleCall(index, module, position)).join("\n"));
  files.set(`${folder}/network.tf`, `${zoneNetwork(index)}\n${zoneDiagnostics(index)}`);
  files.set(`${folder}/identity.tf`, zoneIdentity(index));
  files.set(`${folder}/variables.tf`, zoneVariables(index));
  files.set(`${folder}/outputs.tf`, outputs(called.map((_, position) => `part_${position}`)));
  files.set(`${folder}/providers.tf`, providers(index));
}

/** Nobody knows `accounts`, and nothing is in `extensions`. */
const loops = [
  "",
  "",
  "for_each            = var.accounts\n  ",
  "for_each            = try(var.extensions.parts, {})\n  ",
];

function moduleCall(zone: number, module: number, position: number): string {
  const loop = loops[position % loops.length] ?? "";
  return `module "part_${position}" {
  source              = "../../../modules/${moduleName(module)}"
  ${loop}name                = ${loop === "" ? `"zone${zone}"` : "each.key"}
  environment         = var.environment
  resource_group_name = azurerm_resource_group.this.name
  location            = azurerm_resource_group.this.location
  tenant_id           = data.azurerm_client_config.current.tenant_id
  min_tls_version     = ${zone % 4 === 0 ? '"TLS1_0"' : "var.min_tls_version"}
  tags                = merge(local.tags, { part = "${position}" })
  accounts = {
    logs = { replication = "LRS", public = ${zone % 5 === 0} }
    data = { replication = "GRS" }
  }
  rules = [
    { name = "https", priority = 100, port = "443", source = "*", enabled = true },
    { name = "ssh", priority = 110, port = "22", source = ${zone % 7 === 0 ? '"*"' : '"10.0.0.0/8"'}, enabled = true },
  ]
}
`;
}

function zoneNetwork(zone: number): string {
  return `resource "azurerm_resource_group" "this" {
  name     = "rg-\${local.name}"
  location = var.location
  tags     = local.tags
}

resource "azurerm_virtual_network" "this" {
  name                = "vnet-\${local.name}"
  resource_group_name = azurerm_resource_group.this.name
  location            = var.location
  address_space       = [local.space]
}

resource "azurerm_subnet" "this" {
  for_each             = { for position, name in var.subnets : name => position }
  name                 = "snet-\${each.key}"
  resource_group_name  = azurerm_resource_group.this.name
  virtual_network_name = azurerm_virtual_network.this.name
  address_prefixes     = [cidrsubnet(local.space, 8, each.value)]
}

locals {
  name  = join("-", ["zone", "${zone}", var.environment])
  space = cidrsubnet("10.0.0.0/8", 8, ${zone % 256})
  tags  = merge(var.tags, { zone = "${zone}", cost_center = "cc-${zone % 37}" })
}
`;
}

function zoneDiagnostics(zone: number): string {
  return `resource "azurerm_log_analytics_workspace" "this" {
  name                = "log-\${local.name}"
  resource_group_name = azurerm_resource_group.this.name
  location            = var.location
  sku                 = "PerGB2018"
  retention_in_days   = ${30 + (zone % 4) * 30}
}

resource "azurerm_monitor_diagnostic_setting" "network" {
  name                       = "to-\${azurerm_log_analytics_workspace.this.name}"
  target_resource_id         = azurerm_virtual_network.this.id
  log_analytics_workspace_id = azurerm_log_analytics_workspace.this.id

  dynamic "metric" {
    for_each = toset(["AllMetrics"])
    content {
      category = metric.value
      enabled  = ${zone % 3 !== 0}
    }
  }
}
`;
}

function zoneIdentity(zone: number): string {
  return `data "azurerm_client_config" "current" {}

resource "azurerm_user_assigned_identity" "this" {
  name                = "id-\${local.name}"
  resource_group_name = azurerm_resource_group.this.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_role_assignment" "this" {
  for_each             = toset(["Reader", "${zone % 9 === 0 ? "Owner" : "Contributor"}"])
  scope                = azurerm_resource_group.this.id
  role_definition_name = each.value
  principal_id         = azurerm_user_assigned_identity.this.principal_id
}

resource "azurerm_policy_definition" "tags" {
  name         = "tags-${zone}"
  policy_type  = "Custom"
  mode         = "Indexed"
  display_name = "Tags of zone ${zone}"
  policy_rule = jsonencode({
    if   = { field = "tags['zone']", exists = "false" }
    then = { effect = "audit" }
  })
}
`;
}

function zoneVariables(zone: number): string {
  return `${variable("environment", "string", zone % 2 === 0 ? '"prod"' : '"test"')}
${variable("location", "string", '"westeurope"')}
${variable("min_tls_version", "string", '"TLS1_2"')}
${variable("tags", "map(string)", '{ owner = "platform" }')}
${variable("subnets", "list(string)", '["web", "app", "data"]')}
${variable("accounts", "map(any)")}
${variable("extensions", "map(any)", "{}")}
`;
}

function providers(zone: number): string {
  return `terraform {
  required_version = ">= 1.6"
  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 4.0"
    }
  }
  backend "azurerm" {
    container_name = "state"
    key            = "zone-${zone}.tfstate"
  }
}

provider "azurerm" {
  features {}
}
`;
}
