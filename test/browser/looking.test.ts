/** Stories of what scanners found, told one after the other on one server; the last ones push, and switch a rule off. */
import "./secrets-story.ts";
import "./secrets-at-once-story.ts";
import "./packages-story.ts";
import "./posture-story.ts";
import "./infrastructure-story.ts";
import "./many-places-story.ts";
import "./trouble-story.ts";
