/**
 * Why Entra refused, in words that flows can act on. Entra's numbers (AADSTS...) tell more than the codes of OAuth, so a
 * known number wins; the code of OAuth and the step decide about numbers that are not known. What is sent and received
 * (codes, tokens) never becomes part of an error.
 */
import { RemoteError } from "#model/remote-error.ts";

export type SignInProblemCode =
  | "consent-declined"
  | "consent-missing" // withdrawn, or never given for what is asked now
  | "consent-needs-administrator"
  | "wrong-directory"
  | "not-a-member"
  | "conditional-access"
  | "account-disabled"
  | "app-unknown"
  | "app-permissions" // the registration does not list what is asked for
  | "app-secret-wrong"
  | "app-secret-expired"
  | "redirect-address"
  | "code-used"
  | "sign-in-expired"
  | "sign-in-revoked"
  | "personal-account"
  | "interaction-needed"
  | "state-mismatch"
  | "other";

/** What was asked of Entra: the same refusal means something else at another step. */
export type SignInStep = "directory" | "authorize" | "code" | "refresh" | "app";

/** Source: "Microsoft Entra authentication and authorization error codes", and the messages Entra sends with them. */
const numbersOf: Partial<Readonly<Record<SignInProblemCode, readonly number[]>>> = {
  "consent-declined": [65004],
  "consent-missing": [65001, 9002341],
  "consent-needs-administrator": [90093, 90094, 90095, 90097],
  "wrong-directory": [90002, 90019, 90038, 50059, 50128, 700005],
  "not-a-member": [16000, 16003, 50014, 50020, 50034, 50105, 50177, 50178, 51004, 90072],
  "conditional-access": [
    50002, 50005, 50097, 50129, 50131, 50155, 50158, 50187, 53000, 53001, 53002, 53003, 53004, 53009, 53010, 53011,
    500021, 500022, 500212, 500213, 530032, 530034, 530035, 135011,
  ],
  "account-disabled": [50053, 50057],
  "app-unknown": [50194, 70001, 700011, 700016, 700025, 7000112, 7000229, 1000031],
  "app-permissions": [28002, 65005, 70011, 90008, 500011, 650052, 650053, 650054, 650056, 650057],
  "app-secret-wrong": [50012, 50013, 50048, 70002, 700023, 700024, 700027, 700030, 7000215, 7000218],
  "app-secret-expired": [7000222],
  "redirect-address": [50011, 70004, 500112, 900971],
  "code-used": [54005],
  "sign-in-expired": [50089, 70008, 70043, 700082, 700084],
  "sign-in-revoked": [50132, 50133, 50173, 70000],
  "personal-account": [500200, 500208, 9002332],
  "interaction-needed": [
    50055, 50058, 50072, 50074, 50076, 50078, 50079, 50085, 50125, 50126, 50135, 50140, 50144, 50199, 700020,
  ],
  "state-mismatch": [501481],
};

const problems = new Map(
  Object.entries(numbersOf).flatMap(([problem, numbers]) =>
    numbers.map((number) => [number, problem as SignInProblemCode] as const),
  ),
);

/** Troubles of Entra itself, which pass. */
const passing: readonly number[] = [
  50033, 50087, 50088, 50166, 50196, 70012, 80001, 80002, 80005, 90006, 90012, 90024, 90033, 90055, 90090, 90091,
];

/** The body of a refusal, or the query of an address that Entra sent the person back with. */
export type EntraAnswer = Readonly<Record<string, unknown>>;

/** The error of a refusal that Entra put into words. */
export function entraRefused(answer: EntraAnswer, step: SignInStep, status?: number): RemoteError {
  const says = sentence(answer.error_description);
  const numbers = numbersIn(answer);
  const aadsts = numbers.find((number) => problems.has(number) || passing.includes(number)) ?? numbers[0];
  const details = {
    step,
    ...(status === undefined ? {} : { status }),
    ...(aadsts === undefined ? {} : { aadsts }),
    ...optional("error", text(answer.error)),
    ...optional("claims", text(answer.claims)),
    ...optional("says", says),
    // Microsoft's support asks for these.
    ...optional("traceId", text(answer.trace_id)),
    ...optional("correlationId", text(answer.correlation_id)),
  };
  const isPassing =
    (aadsts !== undefined && passing.includes(aadsts)) ||
    (!problems.has(aadsts ?? 0) && ["temporarily_unavailable", "server_error"].includes(String(answer.error)));
  const message = says ?? `Microsoft Entra ID answered "${text(answer.error) ?? status ?? "nothing"}".`;
  if (isPassing) return new RemoteError("unavailable", message, { details: { ...details, problem: "other" } });
  return new RemoteError("sign-in-again", message, {
    details: { ...details, problem: problemOf(answer, aadsts, step) },
  });
}

/** The error of something that Sallyport itself saw. */
export function signInFailed(problem: SignInProblemCode, message: string, details: EntraAnswer = {}): RemoteError {
  return new RemoteError("sign-in-again", message, { details: { ...details, problem } });
}

function problemOf(answer: EntraAnswer, aadsts: number | undefined, step: SignInStep): SignInProblemCode {
  // The one number for "not in this directory" is also what people with a personal account get.
  const isPersonal = aadsts === 50020 && /live\.com/i.test(text(answer.error_description) ?? "");
  if (isPersonal) return "personal-account";
  // At the moment of redemption it is the code that is of no use, not a sign-in that once worked.
  if (aadsts === 70000 && step === "code") return "code-used";
  const byNumber = aadsts === undefined ? undefined : problems.get(aadsts);
  return byNumber ?? bySuberror(text(answer.suberror)) ?? byError(answer, step);
}

function bySuberror(suberror: string | undefined): SignInProblemCode | undefined {
  if (suberror === "consent_required") return "consent-missing";
  if (suberror === "bad_token" || suberror === "token_expired") return "sign-in-expired";
  if (suberror === "protection_policy_required") return "conditional-access";
  if (suberror === "basic_action" || suberror === "additional_action" || suberror === "user_password_expired") {
    return "interaction-needed";
  }
  return undefined;
}

function byError({ error, error_subcode: subcode }: EntraAnswer, step: SignInStep): SignInProblemCode {
  if (subcode === "cancel") return "consent-declined";
  if (error === "access_denied") return step === "authorize" ? "consent-declined" : "other";
  if (error === "consent_required") return step === "authorize" ? "consent-needs-administrator" : "consent-missing";
  if (error === "interaction_required" || error === "login_required") return "interaction-needed";
  if (error === "invalid_tenant") return "wrong-directory";
  if (error === "invalid_client") return "app-secret-wrong";
  if (error === "unauthorized_client") return "app-unknown";
  if (error === "invalid_scope" || error === "invalid_resource") return "app-permissions";
  if (error === "invalid_grant") return step === "code" ? "code-used" : "sign-in-revoked";
  return "other";
}

function numbersIn(answer: EntraAnswer): readonly number[] {
  const listed = Array.isArray(answer.error_codes) ? answer.error_codes.map(Number) : [];
  const written = [...(text(answer.error_description) ?? "").matchAll(/AADSTS(\d{4,9})/g)].map(([, digits]) =>
    Number(digits),
  );
  return [...listed, ...written].filter(Number.isSafeInteger);
}

/** Entra's own line without the ids and the time that follow it. It comes through the person's browser: plain and short. */
function sentence(value: unknown): string | undefined {
  const [first = ""] = (text(value) ?? "").split(/\s*\bTrace ID:/i);
  const plain = first.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return plain === "" ? undefined : plain.slice(0, 500);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function optional<T>(name: string, value: T | undefined): Readonly<Record<string, T>> {
  return value === undefined ? {} : { [name]: value };
}
