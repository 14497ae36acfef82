export interface JwtFacts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Decodes header and payload of a JSON Web Token; undefined if either is no JSON object or the header has no `alg`. */
export function jwtFacts(token: string): JwtFacts | undefined {
  const [head, body] = token.split(".");
  const header = jsonObject(head);
  const payload = jsonObject(body);
  return header !== undefined && payload !== undefined && typeof header.alg === "string"
    ? { header, payload }
    : undefined;
}

/** The header alone, which is all that an encrypted token shows. */
export function jwtHeader(token: string): JwtFacts["header"] | undefined {
  return jsonObject(token.split(".", 1)[0]);
}

function jsonObject(part: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (part === undefined || part.length > 8192) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
