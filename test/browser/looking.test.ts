/** Stories of what scanners found, told one after the other on one server; the last one pushes, and switches a rule off. */
import "./secrets-story.ts";
import "./packages-story.ts";
import "./posture-story.ts";
import "./infrastructure-story.ts";
