/** Makes the browser of the browser tests ready; part of `scripts/setup.js --browser`. */
import { findBrowser } from "../test/browser/find-browser.ts";

try {
  await findBrowser();
} catch (error) {
  console.error(`setup: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(2);
}
