/** The closed sets of words that several resources share. */
import { Type } from "typebox";
import { scannerNames } from "#model/scanner-name.ts";
import { severities } from "#model/severity.ts";

export const severityName = Type.Enum(severities);
export const scannerName = Type.Enum(scannerNames);
export const instanceStateName = Type.Enum(["connecting", "connected", "warning", "error", "disabled"] as const);
export const scanOutcomeName = Type.Enum(["complete", "partial", "failed", "superseded"] as const);
export const roleName = Type.Enum(["administrator", "member"] as const);
export const signInMethodName = Type.Enum(["entra", "pat", "service-principal", "managed-identity"] as const);
