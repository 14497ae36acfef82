/** Launch templates and configurations: machines that are started too open. */
import { value } from "../../condition.ts";
import { setting } from "../../families/aws-settings.ts";
import type { Policy } from "../../policy.ts";

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-launch-template-far-metadata",
    aliases: ["CKV_AWS_341"],
    title: "Metadata of the machines reaches farther than the machine",
    severity: "medium",
    controls: "instance-metadata",
    why: "With more than one hop, containers and whatever the machine forwards for can fetch the credentials of its role.",
    fix: "Set `http_put_response_hop_limit` to 1.",
    links: ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html"],
    ...setting({
      at: {
        "tf:aws_launch_template": "metadata_options.http_put_response_hop_limit",
        "tf:aws_launch_configuration": "metadata_options.http_put_response_hop_limit",
      },
      demand: (path) => value(path, { missing: "pass" }).atMost(1),
      bad: "2",
      good: "1",
    }),
  },
  {
    id: "iac/aws-launch-configuration-public-address",
    aliases: ["CKV_AWS_389"],
    title: "Machines of the scaling group get public addresses",
    severity: "medium",
    controls: "network-exposure",
    why: "Every machine that is started can be reached from the internet, past the load balancer.",
    fix: "Set `associate_public_ip_address` to false and put a load balancer in front.",
    links: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-in-vpc.html"],
    ...setting({
      at: {
        "tf:aws_launch_configuration": "associate_public_ip_address",
        "cfn:AWS::AutoScaling::LaunchConfiguration": "Properties.AssociatePublicIpAddress",
      },
      demand: (path) => value(path).not(true),
      bad: "true",
      good: "false",
      lines: [`image_id = "ami-1"`],
    }),
  },
];
