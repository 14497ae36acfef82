/**
 * Password hashes by scrypt: `scrypt$N$r$p$salt$key`, so that the cost can rise without breaking old hashes.
 * N = 2^15, r = 8, p = 3 is as strong as OWASP's N = 2^17, p = 1, but takes 32 MB instead of 128 MB per hash
 * (about 0.3 s of one core); one hash is computed at a time, so that a flood of sign-ins cannot take the memory.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

const cost = { N: 2 ** 15, r: 8, p: 3 };
const keyLength = 32;
const maximumMemory = 512 * 1024 * 1024;

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** Without a hash (an unknown name) it takes the same time and says no. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [kind, N, r, p, salt = "", key = ""] = (hash ?? (await decoy())).split("$");
  if (kind !== "scrypt") return false;
  const expected = Buffer.from(key, "base64url");
  const given = await derive(password, Buffer.from(salt, "base64url"), { N: Number(N), r: Number(r), p: Number(p) });
  return expected.length === given.length && timingSafeEqual(expected, given) && hash !== undefined;
}

let decoyHash: Promise<string> | undefined;

function decoy(): Promise<string> {
  decoyHash ??= hashPassword(randomBytes(16).toString("hex"));
  return decoyHash;
}

/** Computed before the first sign-in, so that not even the first unknown name takes longer than a known one. */
export async function prepareDecoy(): Promise<void> {
  await decoy();
}

let last: Promise<unknown> = Promise.resolve();

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  const result = last.then(() => deriveNow(password, salt, options));
  last = result.catch(() => undefined);
  return result;
}

function deriveNow(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // NFKC: the same password typed on another keyboard or system is the same bytes.
    scrypt(password.normalize("NFKC"), salt, keyLength, { ...options, maxmem: maximumMemory }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
