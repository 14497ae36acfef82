/** Trains the model, measures it on families that it has not seen, and writes it with the record of what it rests on. */
import { writeFileSync } from "node:fs";
import { features } from "../../src/scan/secrets/scoring/features.ts";
import { logOdds } from "../../src/scan/secrets/scoring/forest.ts";
import { boost } from "./boost.ts";
import { type Gathered, gather } from "./gather.ts";
import type { SourcePackage } from "./packages.ts";
import type { Sample } from "./samples.ts";

const settings = { trees: 60, depth: 4, rate: 0.25, leastLeaf: 6 };
const folds = 4;
/** Made-up samples are easier than real code: the precision asked of them lies above the one that is wanted. */
const reportedPrecision = 0.985;
const shownPrecision = 0.9;
/** Literals that are none for each that is a secret. */
const prior = 5;

interface Judged {
  readonly sample: Sample;
  readonly odds: number;
}

interface Point {
  readonly odds: number;
  readonly recall: number;
  readonly precision: number;
}

export function trainModel(packages: readonly SourcePackage[], modelFile: string, recordFile: string): void {
  const gathered = gather(packages);
  const judged = crossJudged(gathered.samples);
  const points = curveOf(judged, gathered);
  const reported = pointAt(points, reportedPrecision);
  const shown = pointAt(points, shownPrecision);
  const forest = boost(gathered.samples, settings);
  const model = { reported: reported.odds, shown: shown.odds, usual: usualOf(gathered.samples), ...forest };
  writeFileSync(modelFile, `${JSON.stringify(model)}\n`);
  const validation = { folds, literalsPerSecret: prior, reported, shown };
  const sources = packages.map(({ name, version, licence }) => ({ name, version, licence }));
  writeFileSync(recordFile, `${JSON.stringify({ sources, settings, validation }, undefined, 2)}\n`);
  process.stdout.write(
    `${gathered.samples.length} samples; families left out: recall ${reported.recall} at precision ${reported.precision}, ` +
      `on request ${shown.recall} at ${shown.precision}.\n`,
  );
}

/** Every sample judged by a model that saw neither its family of templates nor its package. */
function crossJudged(samples: readonly Sample[]): readonly Judged[] {
  const families = [...new Set(samples.map(({ family }) => family))];
  return Array.from({ length: folds }, (_, fold) => {
    const out = new Set(families.filter((_family, index) => index % folds === fold));
    const forest = boost(
      samples.filter(({ family }) => !out.has(family)),
      settings,
    );
    return samples
      .filter(({ family }) => out.has(family))
      .map((sample) => ({ sample, odds: logOdds(forest, sample.features) }));
  }).flat();
}

function curveOf(judged: readonly Judged[], { samples, missed }: Gathered): readonly Point[] {
  const secrets = missed.length + samples.filter(({ label }) => label === 1).length;
  const others = samples.reduce((sum, { label, weight }) => sum + (1 - label) * weight, 0);
  const scale = (prior * secrets) / others;
  let hits = 0;
  let wrong = 0;
  return judged
    .toSorted((a, b) => b.odds - a.odds)
    .map(({ sample, odds }) => {
      if (sample.label === 1) hits++;
      else wrong += sample.weight * scale;
      return { odds: digits(odds), recall: digits(hits / secrets), precision: digits(hits / (hits + wrong)) };
    });
}

function pointAt(points: readonly Point[], precision: number): Point {
  return points.findLast((point) => point.precision >= precision) ?? { odds: 0, recall: 0, precision: 0 };
}

function usualOf(samples: readonly Sample[]): readonly number[] {
  const others = samples.filter(({ label }) => label === 0);
  return features.map((_, index) => {
    const values = others.map((sample) => sample.features[index]!).toSorted((a, b) => a - b);
    return digits(values[values.length >> 1] ?? 0);
  });
}

function digits(value: number): number {
  return Number(value.toPrecision(3));
}
