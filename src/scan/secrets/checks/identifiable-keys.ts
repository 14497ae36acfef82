/** Azure's identifiable keys (HIS v1) as data: a signature at a fixed place, and behind it a Marvin32 checksum under a seed. */

export type KeyBytes = 32 | 39 | 40 | 64;

/** Characters before the signature, in base64, and the padding at the end. Six characters follow every signature. */
export const keyLayouts: Readonly<Record<KeyBytes, { readonly at: number; readonly padding: "" | "=" | "==" }>> = {
  32: { at: 33, padding: "=" },
  39: { at: 42, padding: "" },
  40: { at: 44, padding: "==" },
  64: { at: 76, padding: "==" },
};

interface IdentifiableKey {
  /** Shorter ones first: what was read of one is the end of the next. */
  readonly bytes: readonly KeyBytes[];
  /** One per use of the key: of a namespace, of sending, of a device. */
  readonly seeds: readonly string[];
}

const messaging: IdentifiableKey = {
  bytes: [32],
  seeds: ["System00", "Unknown0", "Send0000", "Manage00", "Listen00"],
};

/** By signature. Source: microsoft/security-utilities (MIT). */
export const identifiableKeys = {
  "+ABa": { bytes: [64], seeds: ["AbAcct00"] },
  "+ACR": { bytes: [39], seeds: ["ACRDflt0"] },
  "+AEh": messaging,
  "+AMC": { bytes: [64], seeds: ["Classic0"] },
  "+ARm": messaging,
  "+ASb": messaging,
  "+ASt": { bytes: [64], seeds: ["Default0"] },
  // The length of a generated password is the caller's choice.
  "+SQL": { bytes: [32, 39, 40, 64], seeds: ["UsrPwd00"] },
  ACDb: {
    bytes: [64],
    seeds: ["MastRW00", "MastRO00", "SystRW00", "SystRO00", "SysAll00", "Resour00", "Encryp00"],
  },
  AIoT: { bytes: [32], seeds: ["IoTHub00", "DpsKey00", "Device00"] },
  APIM: { bytes: [64], seeds: ["Tenant00", "IoTHub00", "Gatewy00", "GitKey00"] },
  AZEG: { bytes: [32], seeds: ["Default0"] },
  AzCa: { bytes: [32], seeds: ["Access00"] },
  AzFu: { bytes: [40], seeds: ["Functi00", "Master00", "System00"] },
  AzSe: { bytes: [39], seeds: ["Query000", "PAdmin00"] },
} as const satisfies Readonly<Record<string, IdentifiableKey>>;

export type KeySignature = keyof typeof identifiableKeys;
