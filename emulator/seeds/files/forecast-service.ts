/** Seed: a Python service. Planted: a Stripe key, a JWT and a private key, old Django and PyYAML, a GPL package. */
import type { SeedRepositoryBuilder } from "../seed-history.ts";

const requirements = (pins: Readonly<Record<string, string>>) =>
  `${Object.entries(pins)
    .map(([name, version]) => `${name}==${version}`)
    .join("\n")}\n`;

export const forecastService: SeedRepositoryBuilder = (secrets) => ({
  name: "forecast-service",
  project: "Storefront",
  pipeline: "pipelines/build.yml",
  tags: { "2025.1": 2 },
  history: [
    {
      by: "mei",
      daysAgo: 400,
      message: "Forecast demand per article",
      files: {
        "README.md":
          "# forecast-service\n\nForecasts next week's demand from last year's orders.\n\n    pip install -r requirements.txt\n",
        ".gitignore": "__pycache__/\n.venv/\n",
        "requirements.txt": requirements({ django: "2.2.3", pyyaml: "5.3", requests: "2.19.1", numpy: "1.21.0" }),
        "forecast/__init__.py": "",
        "forecast/model.py": `
import numpy as np


def weekly_demand(history: list[float], weeks: int = 52) -> float:
    """Mean of the same weeks of the years before, weighted towards the last."""
    same_weeks = history[::-weeks] or history[-1:]
    weights = np.linspace(1.0, 0.5, num=len(same_weeks))
    return float(np.average(same_weeks, weights=weights))
`,
      },
    },
    {
      by: "mei",
      daysAgo: 320,
      message: "Read settings from YAML",
      files: {
        "forecast/settings.py": `
import yaml


def load(path: str) -> dict:
    with open(path) as file:
        return yaml.load(file)
`,
        "config/settings.yml": `
payments:
  provider: stripe
  api_key: ${secrets.stripeSecretKey}
maps:
  key: ${secrets.googleApiKey}
window_weeks: 52
`,
      },
    },
    {
      by: "ines",
      daysAgo: 250,
      message: "Write forecasts to the warehouse",
      files: {
        "forecast/warehouse.py": `
import requests

# Long-lived token of the batch user; the warehouse has no other sign-in yet.
TOKEN = "${secrets.jwt}"


def write(article: str, demand: float) -> None:
    requests.post(
        "https://warehouse.brightwater.example/forecasts",
        json={"article": article, "demand": demand},
        headers={"Authorization": "Bearer " + TOKEN},
        verify=False,
        timeout=10,
    )
`,
      },
    },
    {
      by: "mei",
      daysAgo: 130,
      message: "Sign exports and upgrade requests",
      files: {
        "deploy/export-signing.pem": secrets.privateKeyPem,
        "requirements.txt": requirements({
          django: "2.2.3",
          numpy: "1.21.0",
          pyyaml: "5.3",
          requests: "2.31.0",
          unidecode: "1.3.6",
        }),
      },
    },
    {
      by: "jonas",
      daysAgo: 45,
      message: "Build on every push",
      files: {
        "pipelines/build.yml": `
trigger: [main]

parameters:
  - name: target
    type: string
    default: staging

pool:
  vmImage: ubuntu-20.04

steps:
  - task: UsePythonVersion@0
    inputs:
      versionSpec: "3.11"
  - script: pip install -r requirements.txt --extra-index-url http://packages.brightwater.example/simple
    displayName: Install
  - script: python -m pytest && ./deploy.sh \${{ parameters.target }}
    displayName: Test and deploy
    env:
      SYSTEM_ACCESSTOKEN: $(System.AccessToken)
`,
        "tests/test_model.py": `
from forecast.model import weekly_demand


def test_a_flat_history_stays_flat():
    assert weekly_demand([4.0] * 104) == 4.0
`,
      },
    },
  ],
});
