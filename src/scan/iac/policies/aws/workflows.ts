/** Workflows and schedules: Amazon MWAA (Airflow), Step Functions, EventBridge Scheduler. */
import { value } from "../../condition.ts";
import { withoutOwnKey } from "../../families/aws-own-keys.ts";
import { setting } from "../../families/aws-settings.ts";
import type { Policy } from "../../policy.ts";

const airflow = [`name = "etl"`];
const machine = [`name = "orders"`];

/** One of the logs of an Airflow environment. */
const airflowLog = (
  part: string,
  log: string,
  cfnLog: string,
): Pick<Policy, "on" | "examples" | "severity" | "controls" | "fix" | "links"> => ({
  severity: "low",
  controls: "logging",
  fix: `Enable the log of the ${part}, at the level INFO or finer.`,
  links: ["https://docs.aws.amazon.com/mwaa/latest/userguide/monitoring-airflow.html"],
  ...setting({
    at: {
      "tf:aws_mwaa_environment": `logging_configuration.${log}.enabled`,
      "cfn:AWS::MWAA::Environment": `Properties.LoggingConfiguration.${cfnLog}.Enabled`,
    },
    demand: (path) => value(path).is(true),
    bad: "false",
    good: "true",
    lines: airflow,
  }),
});

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-airflow-public",
    aliases: ["CKV2_AWS_66"],
    title: "Airflow's web server can be reached from the internet",
    severity: "medium",
    controls: "network-exposure",
    why: "Only a login stands between anyone and workflows that hold connections to your systems.",
    fix: "Set the access mode to PRIVATE_ONLY and reach the server through your network.",
    links: ["https://docs.aws.amazon.com/mwaa/latest/userguide/configuring-networking.html"],
    ...setting({
      at: {
        "tf:aws_mwaa_environment": "webserver_access_mode",
        "cfn:AWS::MWAA::Environment": "Properties.WebserverAccessMode",
      },
      demand: (path) => value(path, { missing: "pass" }).is("PRIVATE_ONLY"),
      bad: `"PUBLIC_ONLY"`,
      good: `"PRIVATE_ONLY"`,
      lines: airflow,
    }),
  },
  {
    id: "iac/aws-airflow-without-scheduler-log",
    aliases: ["CKV_AWS_242"],
    title: "Airflow's scheduler is not logged",
    why: "What was started when, and by whom it was changed, cannot be followed.",
    ...airflowLog("scheduler", "scheduler_logs", "SchedulerLogs"),
  },
  {
    id: "iac/aws-airflow-without-worker-log",
    aliases: ["CKV_AWS_243"],
    title: "Airflow's workers are not logged",
    why: "What the tasks did with the data leaves no trace.",
    ...airflowLog("workers", "worker_logs", "WorkerLogs"),
  },
  {
    id: "iac/aws-airflow-without-web-log",
    aliases: ["CKV_AWS_244"],
    title: "Airflow's web server is not logged",
    why: "Logins and changes made in the browser leave no trace.",
    ...airflowLog("web server", "webserver_logs", "WebserverLogs"),
  },
  {
    id: "iac/aws-state-machine-without-tracing",
    aliases: ["CKV_AWS_284"],
    title: "Executions of the state machine are not traced",
    severity: "low",
    controls: "monitoring",
    why: "Which call led to which cannot be followed through the services.",
    fix: "Enable the tracing configuration.",
    links: ["https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html"],
    ...setting({
      at: {
        "tf:aws_sfn_state_machine": "tracing_configuration.enabled",
        "cfn:AWS::StepFunctions::StateMachine": "Properties.TracingConfiguration.Enabled",
      },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
      lines: machine,
    }),
  },
  {
    id: "iac/aws-state-machine-without-history",
    aliases: ["CKV_AWS_285"],
    title: "Log of the state machine lacks inputs and outputs",
    severity: "low",
    controls: "logging",
    why: "After an incident the log says that something ran, but not with which data.",
    fix: "Set `include_execution_data` to true, and protect the log group if the data is sensitive.",
    links: ["https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html"],
    ...setting({
      at: {
        "tf:aws_sfn_state_machine": "logging_configuration.include_execution_data",
        "cfn:AWS::StepFunctions::StateMachine": "Properties.LoggingConfiguration.IncludeExecutionData",
      },
      demand: (path) => value(path).is(true),
      bad: "false",
      good: "true",
      lines: machine,
    }),
  },
  withoutOwnKey({
    id: "iac/aws-schedule-without-own-key",
    aliases: ["CKV_AWS_297"],
    what: "Schedule of EventBridge",
    keys: { "tf:aws_scheduler_schedule": "kms_key_arn" },
    link: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html",
    lines: [`schedule_expression = "rate(1 hour)"`],
  }),
];
