import type { RiskSettings } from "../settings/package-settings.ts";

export const defaultRiskSettings: RiskSettings = {
  mediumFrom: 30,
  highFrom: 55,
  leastConfidence: 0.5,
  report: "high",
  weights: {
    "release-age": 40,
    "no-recent-release": 10,
    "single-maintainer": 5,
    "maintainer-change": 5,
    "no-repository": 5,
    "majors-behind": 15,
    "versions-behind": 10,
    popularity: 15,
  },
};
