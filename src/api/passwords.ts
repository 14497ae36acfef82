/**
 * Password hashes by scrypt: `scrypt$N$r$p$salt$key`, so that the cost can rise without breaking old hashes.
 * N = 2^15, r = 8, p = 3 is as strong as OWASP's N = 2^17, p = 1, but takes 32 MB instead of 128 MB per hash
 * (about 0.3 s of one core); one hash is computed at a time, so that a flood of sign-ins cannot take the memory.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

export interface PasswordCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Without a hash (an unknown name) it takes the same time and says no. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
  /** Before the first sign-in, so that not even the first unknown name takes longer than a known one. */
  prepareDecoy(): Promise<void>;
}

const keyLength = 32;
const maximumMemory = 512 * 1024 * 1024;

export function createPasswords(cost: PasswordCost = { N: 2 ** 15, r: 8, p: 3 }): Passwords {
  let decoy: Promise<string> | undefined;
  const decoyHash = () => {
    decoy ??= hashPassword(randomBytes(16).toString("hex"), cost);
    return decoy;
  };
  return {
    hash: (password) => hashPassword(password, cost),
    verify: async (password, hash) => (await isOf(password, hash ?? (await decoyHash()))) && hash !== undefined,
    prepareDecoy: async () => void (await decoyHash()),
  };
}

async function hashPassword(password: string, cost: PasswordCost): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

async function isOf(password: string, hash: string): Promise<boolean> {
  const [kind, N, r, p, salt = "", key = ""] = hash.split("$");
  if (kind !== "scrypt") return false;
  const expected = Buffer.from(key, "base64url");
  const given = await derive(password, Buffer.from(salt, "base64url"), { N: Number(N), r: Number(r), p: Number(p) });
  return expected.length === given.length && timingSafeEqual(expected, given);
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
