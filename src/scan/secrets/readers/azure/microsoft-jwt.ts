/** JSON Web Tokens that Microsoft issues, told apart by issuer and audience. */
import { jwtFacts } from "../../checks/jwt-facts.ts";
import { type Hit, noProposal, type Proposal, type View } from "../../text/view.ts";
import { readJwt } from "../keys/jwt.ts";

interface Claims {
  readonly issuer: string;
  readonly audience: string;
}

const entraIssuer =
  /^https:\/\/(?:sts\.windows\.net|sts\.chinacloudapi\.cn|login\.(?:microsoftonline\.(?:com|us|de)|windows\.net|partner\.microsoftonline\.cn|microsoft\.com)|[\w-]+\.(?:b2clogin|ciamlogin)\.com)\//i;
const devOpsIssuer =
  /(?:^|[./])vstoken\.(?:visualstudio\.com|dev\.azure\.com)|^https:\/\/[\w-]+\.vssps\.visualstudio\.com/i;
const managementAudience =
  /^https:\/\/management\.(?:(?:core\.)?(?:windows\.net|azure\.com|usgovcloudapi\.net|chinacloudapi\.cn))\/?/i;

/** An ordinary token as far as `readJwt` goes, and then only with such claims. */
function withClaims(view: View, hit: Hit, wanted: (claims: Claims) => boolean): Proposal {
  const proposal = readJwt(view, hit);
  const [token] = proposal.candidates;
  if (token?.proven !== true) return { ...proposal, candidates: [] };
  const payload = jwtFacts(view.bytes.toString("latin1", token.start, token.end))?.payload;
  const { iss, aud } = payload ?? {};
  if (typeof iss !== "string") return { ...noProposal, skipTo: token.end };
  const audience = typeof aud === "string" ? aud : "";
  return wanted({ issuer: iss, audience }) ? proposal : { ...noProposal, skipTo: token.end };
}

export function readEntraJwt(view: View, hit: Hit): Proposal {
  return withClaims(
    view,
    hit,
    ({ issuer, audience }) => entraIssuer.test(issuer) && !managementAudience.test(audience),
  );
}

export function readManagementJwt(view: View, hit: Hit): Proposal {
  return withClaims(view, hit, ({ issuer, audience }) => entraIssuer.test(issuer) && managementAudience.test(audience));
}

export function readDevOpsJwt(view: View, hit: Hit): Proposal {
  return withClaims(view, hit, ({ issuer }) => devOpsIssuer.test(issuer));
}
