/** Autoscaling groups: how instances are made, checked and named. */
import { all, anyOf, connected, value } from "../../condition.ts";
import { tfBlock, tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const group = "aws_autoscaling_group";
const size = "max_size = 3\nmin_size = 1";
const attached = (healthCheck: string) =>
  tf(
    tfBlock(group, "web", size, `health_check_type = "${healthCheck}"`) +
      tfBlock(
        "aws_lb_target_group",
        "web",
        "port = 443",
        `protocol = "HTTPS"`,
        `health_check {\n  path = "/health"\n}`,
      ) +
      tfBlock(
        "aws_autoscaling_attachment",
        "web",
        "autoscaling_group_name = aws_autoscaling_group.web.name",
        "lb_target_group_arn    = aws_lb_target_group.web.arn",
      ),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-autoscaling-without-launch-template",
    aliases: ["CKV_AWS_315"],
    title: "Autoscaling group uses no launch template",
    severity: "low",
    controls: "patching",
    why: "Launch configurations are no longer developed: new instance types and settings of protection do not come to them.",
    fix: "Replace `launch_configuration` by `launch_template`, or by one in `mixed_instances_policy`.",
    links: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-templates.html"],
    on: {
      "tf:aws_autoscaling_group": value(["launch_template", "mixed_instances_policy.launch_template"]).exists(),
    },
    examples: {
      bad: [tfResource(group, size, `launch_configuration = "web"`)],
      good: [tfResource(group, size, "launch_template {\n  id = aws_launch_template.web.id\n}")],
    },
  },
  {
    id: "iac/aws-autoscaling-ignores-load-balancer",
    aliases: ["CKV2_AWS_15"],
    title: "Autoscaling group does not ask the load balancer who is healthy",
    severity: "low",
    controls: "availability",
    why: "Instances whose application is down are kept as long as their machine runs.",
    fix: "Set `health_check_type` of the group to ELB, and give the target group or balancer a `health_check`.",
    links: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-checks-overview.html"],
    on: {
      "tf:aws_autoscaling_attachment": all(
        connected("aws_autoscaling_group", value("health_check_type").is("ELB")),
        anyOf(
          connected("aws_elb", value("health_check").exists()),
          connected(["aws_lb_target_group", "aws_alb_target_group"], value("health_check").exists()),
        ),
      ),
    },
    examples: { bad: [attached("EC2")], good: [attached("ELB")] },
  },
  {
    id: "iac/aws-autoscaling-without-tags",
    aliases: ["CKV_AWS_153"],
    title: "Autoscaling group has no tags",
    severity: "low",
    controls: "governance",
    why: "Nobody knows whose instances these are, and rules on access and cost that go by tags miss them.",
    fix: "Add `tag` blocks with `propagate_at_launch = true`.",
    links: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html"],
    on: { "tf:aws_autoscaling_group": value(["tag", "tags"], { edit: false }).exists() },
    examples: {
      bad: [tfResource(group, size)],
      good: [
        tfResource(
          group,
          size,
          `tag {\n  key                 = "team"\n  value               = "orders"\n  propagate_at_launch = true\n}`,
        ),
      ],
    },
  },
];
