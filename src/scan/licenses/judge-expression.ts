/** Judges a licence expression by a policy, three-valued: an OR is as good as its best branch, an AND as bad as its worst. */
import type { LicenseAction, LicenseCategory, LicensePolicy, LicenseRule } from "../settings/package-settings.ts";
import { pathGlob } from "../settings/path-glob.ts";
import { byDemand, categoryOfLicense } from "./category-of.ts";
import { laterIds } from "./later-ids.ts";
import { type LicenseExpression, type NamedLicense, writeExpression } from "./license-expression.ts";
import { parseExpression } from "./parse-expression.ts";

export interface LicensedPackage {
  readonly name: string;
  readonly isDevelopment: boolean;
  readonly isDirect: boolean;
}

export interface LicenseJudgement {
  readonly action: LicenseAction;
  readonly category: LicenseCategory;
  /** The branch of an OR that was taken, or the part of an AND that was worst; absent if there is but one licence. */
  readonly decidedBy?: string;
  /** Absent: no rule matched, `otherwise` decided. */
  readonly rule?: LicenseRule;
}

export type JudgeExpression = (expression: LicenseExpression | undefined, on: LicensedPackage) => LicenseJudgement;

/** `today` is an ISO date: rules whose last day is over are left out. */
export function expressionJudge(policy: LicensePolicy, today: string): JudgeExpression {
  const rules = policy.rules
    .filter(({ until }) => until === undefined || until >= today)
    .map((rule) => ({ rule, license: writtenLicense(rule.match.license) }));
  const judge: JudgeExpression = (expression, on) => {
    if (expression !== undefined && (expression.is === "and" || expression.is === "or")) {
      const judged = expression.parts.map((part) => ({ part, judgement: judge(part, on) }));
      const sign = expression.is === "or" ? 1 : -1;
      const [decisive] = judged.toSorted((a, b) => sign * compareJudgements(a.judgement, b.judgement));
      // The parser gives no expression without parts.
      if (decisive === undefined) return judge(undefined, on);
      return { decidedBy: writeExpression(decisive.part), ...decisive.judgement };
    }
    const license = expression?.is === "license" ? expression : undefined;
    const own = judgeLicense(license, on);
    if (license === undefined || own.rule?.match.license !== undefined) return own;
    // Who may take a later version may take the one that is allowed.
    const others = laterIds(license).map((id) => judgeLicense({ ...license, id, orLater: false }, on));
    return (
      [own, ...others.filter(({ rule }) => rule?.match.license !== undefined)].toSorted(compareJudgements)[0] ?? own
    );
  };
  const judgeLicense = (license: NamedLicense | undefined, on: LicensedPackage): LicenseJudgement => {
    const category = license === undefined ? "unknown" : categoryOfLicense(license);
    const written = license && writeExpression(license).toLowerCase();
    const found = rules.find(
      ({ rule, license: asked }) => (asked === undefined || asked === written) && fits(rule, category, on),
    )?.rule;
    return { action: found?.action ?? policy.otherwise, category, ...(found && { rule: found }) };
  };
  return judge;
}

function writtenLicense(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const expression = parseExpression(text);
  return (expression.is === "unknown" ? text : writeExpression(expression)).toLowerCase();
}

function fits({ match }: LicenseRule, category: LicenseCategory, on: LicensedPackage): boolean {
  if (match.category !== undefined && match.category !== category) return false;
  if (match.package !== undefined && !isNamed(match.package, on.name)) return false;
  if (match.scope === "direct") return on.isDirect;
  return match.scope === undefined || on.isDevelopment === (match.scope === "development");
}

const longestGlob = 300;

/** `Contoso.*`, `@contoso/*`; names have no folders, so that `*` goes over slashes as well. */
function isNamed(glob: string, name: string): boolean {
  const flat = (text: string) => text.toLowerCase().replaceAll("/", ":");
  return glob.length <= longestGlob && name.length <= longestGlob && pathGlob(flat(glob))(flat(name));
}

const actions: readonly LicenseAction[] = ["allow", "review", "deny"];

/** The better one first. */
function compareJudgements(a: LicenseJudgement, b: LicenseJudgement): number {
  const byAction = actions.indexOf(a.action) - actions.indexOf(b.action);
  return byAction === 0 ? byDemand.indexOf(a.category) - byDemand.indexOf(b.category) : byAction;
}
