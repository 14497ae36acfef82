/** Keys of services for health, food and sports, one line each. */
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import {
  type BriefNamed,
  type BriefToken,
  briefNamed,
  briefTokens,
  hex,
  keyOf,
  mixed,
  upper,
  url,
} from "../../rule-makers/brief-rule.ts";

/** Beside their provider's name. */
const named: readonly BriefNamed[] = [
  ["Athenahealth", "docs.athenahealth.com/", [mixed(40, 64)], ["athenahealth"]],
  ["CalorieNinjas", "calorieninjas.com/api", [mixed(40)], ["calorieninjas", "calorieninja", "calorie ninjas"]],
  ["Edamam", "developer.edamam.com/", [hex(32)]],
  ["Fitbit", "dev.fitbit.com/build/reference/", [hex(32)]],
  ["Garmin", "developer.garmin.com/", [mixed(36)]],
  ["Healthie", "docs.gethealthie.com/", [mixed(40, 64)]],
  ["Hevy", "api.hevyapp.com/docs/", [...uuidParts], [...keyOf("hevy"), "hevyapp"]],
  ["Infermedica", "developer.infermedica.com/docs/", [hex(32)]],
  ["Lexigram", "docs.lexigram.io/", [mixed(301)]],
  ["Nutritionix", "developer.nutritionix.com/", [hex(32)]],
  ["openFDA", "open.fda.gov/apis/", [mixed(40)]],
  ["Oura", "cloud.ouraring.com/docs/", [upper(32)], ["ouraring", ...keyOf("oura")]],
  ["Spoonacular", "spoonacular.com/food-api/docs", [hex(32)]],
  ["Strava", "developers.strava.com/docs/", [hex(40)]],
  ["UMLS", "documentation.uts.nlm.nih.gov/", [...uuidParts], [...keyOf("umls")]],
  ["Whoop", "developer.whoop.com/", [hex(64)]],
  ["Withings", "developer.withings.com/", [hex(64)]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [["Vital", "docs.junction.com/", [["sk_us_", "sk_eu_"], url(40, 64)]]];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
