/** The resource types of Azure App Service, by what runs on them, and settings that may stand beside the app. */
import { all, anyOf, type Condition, check, connected, nodeAt, value } from "../condition.ts";
import type { Path } from "../locate.ts";
import type { Policy, ResourceKey } from "../policy.ts";
import { on } from "../policy.ts";
import { plainOf } from "../value-conditions.ts";
import { failAt, passAt, unknownAt } from "../verdict.ts";

export const webApps: readonly ResourceKey[] = [
  "tf:azurerm_app_service",
  "tf:azurerm_linux_web_app",
  "tf:azurerm_windows_web_app",
];

export const webAppSlots: readonly ResourceKey[] = [
  "tf:azurerm_app_service_slot",
  "tf:azurerm_linux_web_app_slot",
  "tf:azurerm_windows_web_app_slot",
];

export const functionApps: readonly ResourceKey[] = [
  "tf:azurerm_function_app",
  "tf:azurerm_function_app_slot",
  "tf:azurerm_linux_function_app",
  "tf:azurerm_linux_function_app_slot",
  "tf:azurerm_windows_function_app",
  "tf:azurerm_windows_function_app_slot",
];

/** Resources since version 3 of the provider. */
export const currentApps: readonly ResourceKey[] = [...webApps, ...webAppSlots, ...functionApps].filter((key) =>
  /_(?:linux|windows)_/.test(key),
);

/** Apps and slots of every kind are one pair of types in ARM. */
export const armApps: readonly ResourceKey[] = ["arm:Microsoft.Web/sites", "arm:Microsoft.Web/sites/slots"];

/** A condition on all apps of Terraform, and one on those of ARM. */
export function onApps(terraform: Condition, arm: Condition): Policy["on"] {
  return { ...on([...webApps, ...webAppSlots, ...functionApps], terraform), ...on(armApps, arm) };
}

/** A setting of an app in ARM: in its `siteConfig`, or in a config resource of its own. */
export function siteSetting(name: string, demand: (path: Path) => Condition): Condition {
  const path = `properties.siteConfig.${name}`;
  const beside = connected("Microsoft.Web/sites/config", demand(`properties.${name}`));
  return anyOf(demand(path), all(value(path).absent(), beside));
}

/** Settings that are no part of the site configuration proper, each a config resource with this name. */
export const otherConfigs =
  /^(?:appsettings|authsettings(?:V2)?|azurestorageaccounts|backup|connectionstrings|logs|metadata|pushsettings|slotConfigNames)$/i;

/** A config resource whose own name, the last part of the full one, is such. Often only that part is known. */
export function configNamed(pattern: RegExp): Condition {
  return check((_, node) => {
    const name = nodeAt(node, "name");
    const text = name?.is === "unknown" ? name.text : plainOf(name);
    const own = typeof text === "string" ? text.slice(text.lastIndexOf("/") + 1) : undefined;
    const at = name?.at ?? node.at;
    if (own === undefined || own.includes("${")) return unknownAt(at, "the name is not known");
    return pattern.test(own) ? passAt(at) : failAt(at);
  });
}
