/** Takes up the operator's app registration of Microsoft Entra ID. What is pasted is checked as far as that goes without asking anybody. */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { deleteEntraApp, entraAppRowId, getEntraApp, saveEntraApp } from "#store/people/entra-app.ts";
import { seal } from "#store/sealing.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForDueChecks } from "../check-credential/ask-for-due-checks.ts";

export interface EntraAppEntry {
  readonly clientId: string;
  /** The directory of its service principal. */
  readonly tenant?: string | undefined;
  readonly proof:
    | { readonly is: "secret"; readonly value: string }
    | { readonly is: "certificate"; readonly privateKey: string; readonly certificate: string };
  /** Of a secret; a certificate tells it. */
  readonly proofExpires?: Date | undefined;
  readonly by: string;
}

export type SavedEntraApp =
  | { readonly is: "saved" }
  | { readonly is: "invalid"; readonly field: string; readonly problem: string };

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export async function enterEntraApp(
  app: Pick<App, "db" | "keys" | "jobs" | "now">,
  entry: EntraAppEntry,
): Promise<SavedEntraApp> {
  const clientId = entry.clientId.trim().toLowerCase();
  if (!guid.test(clientId)) {
    const problem = 'must be the "Application (client) ID" of the registration\'s overview page: a GUID';
    return { is: "invalid", field: "clientId", problem };
  }
  const proof = readProof(entry, app.now());
  if ("problem" in proof) return { is: "invalid", ...proof };
  await inTransaction(app.db, async (tx) => {
    await saveEntraApp(tx, {
      clientId,
      ...(entry.tenant !== undefined && { tenant: entry.tenant.toLowerCase() }),
      proof: entry.proof.is,
      sealedProof: seal(app.keys, proof.value, entraAppRowId),
      ...(proof.certificate !== undefined && { certificate: proof.certificate }),
      ...(proof.expires && { proofExpires: proof.expires }),
      updatedBy: entry.by,
      updatedAt: app.now(),
    });
    const data = { proof: entry.proof.is, expires: proof.expires?.toISOString() };
    await insertAuditEvent(tx, { actor: entry.by, action: "entra-app-saved", subject: clientId, at: app.now(), data });
  });
  // Sign-ins that stood still for want of a good secret go on at once.
  await askForDueChecks(app);
  return { is: "saved" };
}

/** Sign-ins that exist stay; they cannot be renewed until there is an app again. */
export async function removeEntraApp(app: Pick<App, "db" | "now">, by: string): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    const row = await getEntraApp(tx);
    if (!row) return;
    await deleteEntraApp(tx);
    await insertAuditEvent(tx, { actor: by, action: "entra-app-removed", subject: row.clientId, at: app.now() });
  });
}

type ReadProof =
  | { readonly value: string; readonly certificate?: string; readonly expires: Date | undefined }
  | { readonly field: string; readonly problem: string };

function readProof({ proof, proofExpires }: EntraAppEntry, now: Date): ReadProof {
  if (proof.is === "certificate") return readCertificate(proof, now);
  const value = proof.value.trim();
  if (guid.test(value)) {
    const problem = "is the ID of a secret: copy its Value, which Entra shows once, right after it was made";
    return { field: "proof/value", problem };
  }
  if (proofExpires && proofExpires <= now) return { field: "proofExpires", problem: "this secret has expired already" };
  return { value, expires: proofExpires };
}

/** Neither the key nor OpenSSL's remarks on it go into an answer. */
function readCertificate(proof: { readonly privateKey: string; readonly certificate: string }, now: Date): ReadProof {
  const certificate = readable(() => new X509Certificate(proof.certificate));
  if (!certificate) return { field: "proof/certificate", problem: "must be a certificate in PEM (BEGIN CERTIFICATE)" };
  const key = readable(() => createPrivateKey(proof.privateKey));
  if (key?.asymmetricKeyType !== "rsa") {
    return { field: "proof/privateKey", problem: "must be an RSA key in PEM (BEGIN PRIVATE KEY), without a password" };
  }
  if (!certificate.checkPrivateKey(key)) {
    return { field: "proof/privateKey", problem: "does not belong to the certificate" };
  }
  const expires = new Date(certificate.validTo);
  if (expires <= now) return { field: "proof/certificate", problem: "this certificate has expired already" };
  return { value: pemOf(key), certificate: certificate.toString(), expires };
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function pemOf(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}
