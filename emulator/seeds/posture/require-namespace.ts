/** A security namespace by the name that Azure DevOps has for it. */
import { namespaces, type SecurityNamespace } from "../../security/namespaces.ts";

export function requireNamespace(name: string): SecurityNamespace {
  const found = namespaces.find((one) => one.name === name);
  if (!found) throw new Error(`there is no namespace ${name}`);
  return found;
}
