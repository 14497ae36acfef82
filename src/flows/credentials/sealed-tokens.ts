/** The tokens of a sign-in at rest. Sealed for the id of the sign-in, so whoever stores them asks for the row first. */
import type { Tokens } from "#azure-devops/entra/open-entra.ts";
import type { SignInId } from "#model/ids.ts";
import type { SealedTokens } from "#store/people/sign-ins.ts";
import { seal } from "#store/sealing.ts";
import type { App } from "../app.ts";

export function sealTokens({ keys }: Pick<App, "keys">, id: SignInId, tokens: Tokens): SealedTokens {
  const { refreshToken, accessToken, expires, scopes } = tokens;
  return {
    sealedRefresh: refreshToken && seal(keys, refreshToken.reveal(), id),
    sealedAccess: seal(keys, accessToken.reveal(), id),
    accessExpires: expires,
    scopes,
  };
}
