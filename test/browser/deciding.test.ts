/** Stories of deciding and fixing, told one after the other on one server: starting one costs more than a story. */
import "./policies-story.ts";
import "./people-story.ts";
import "./triage-story.ts";
import "./dashboards-story.ts";
import "./no-repository-story.ts";
