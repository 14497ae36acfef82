/** ECS task definitions and services: what containers may do, and how they reach files and the network. */
import { all, type Condition, check, each, nodeAt, value, when } from "../../condition.ts";
import { cfnResource } from "../../families/aws-examples.ts";
import { tfResource } from "../../families/examples.ts";
import { inDocument } from "../../families/written-documents.ts";
import type { Example, Policy } from "../../policy.ts";
import { failAt, passAt } from "../../verdict.ts";

const parameters = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html";
const task = "aws_ecs_task_definition";

const containers = (line: string): Example =>
  tfResource(
    task,
    `family = "shop"`,
    `container_definitions = jsonencode([\n  {\n    name  = "shop"\n    image = "shop:1.4"\n    ${line}\n  }\n])`,
  );
const cfnContainers = (line: string): Example =>
  cfnResource(
    "AWS::ECS::TaskDefinition",
    "ContainerDefinitions:",
    "  - Name: shop",
    "    Image: shop:1.4",
    `    ${line}`,
  );

const onContainers = (terraform: Condition, cloudFormation: Condition): Policy["on"] => ({
  "tf:aws_ecs_task_definition": inDocument("container_definitions", terraform, "none"),
  "cfn:AWS::ECS::TaskDefinition": each("Properties.ContainerDefinitions", cloudFormation, { missing: "none" }),
});

/** Both roles are there and are the same, as text or by reference. */
const rolesDiffer = (first: string, second: string): Condition =>
  check((_, node) => {
    const [a, b] = [nodeAt(node, first), nodeAt(node, second)];
    if (!a || !b) return passAt(node.at);
    const isSame =
      (a.is === "scalar" && b.is === "scalar" && a.value === b.value) ||
      (a.is === "unknown" && b.is === "unknown" && a.refs.length === 1 && a.refs[0] === b.refs[0] && a.text === b.text);
    return isSame ? failAt(b, "one role serves both to start the task and to run it") : passAt(b.at);
  });

const files = (line: string): Example =>
  tfResource(
    task,
    `family = "shop"`,
    `volume {\n  name = "files"\n  efs_volume_configuration {\n    file_system_id = aws_efs_file_system.shop.id\n${line}  }\n}`,
  );
const cfnFiles = (...lines: readonly string[]): Example =>
  cfnResource(
    "AWS::ECS::TaskDefinition",
    "Volumes:",
    "  - Name: files",
    "    EFSVolumeConfiguration:",
    "      FilesystemId: fs-12345678",
    ...lines.map((line) => `      ${line}`),
  );

export const policies: readonly Policy[] = [
  {
    id: "iac/aws-ecs-container-privileged",
    aliases: ["CKV_AWS_334"],
    title: "Container runs with all rights on its host",
    severity: "high",
    controls: "privileged-workload",
    why: "A privileged container can do what root of the machine can; whoever breaks into it has the other containers as well.",
    fix: "Remove `privileged`, and add single capabilities in `linuxParameters` where something needs them.",
    links: [parameters],
    on: onContainers(
      // The short form is no setting of ECS, but people mean it.
      all(value("privileged").not(true), value("privilege").not(true)),
      value("Privileged").not(true),
    ),
    examples: {
      bad: [containers("privileged = true"), cfnContainers("Privileged: true")],
      good: [containers("privileged = false"), cfnContainers("Privileged: false")],
    },
  },
  {
    id: "iac/aws-ecs-container-sees-host-processes",
    aliases: ["CKV_AWS_335"],
    title: "Containers share the processes of their host",
    severity: "medium",
    controls: "workload-isolation",
    why: "A container sees, and may stop or read, every process of the machine and of the other tasks on it.",
    fix: 'Remove `pid_mode = "host"`; use `task` where containers of one task have to see each other.',
    links: [parameters],
    on: {
      "tf:aws_ecs_task_definition": all(
        value("pid_mode").not("host"),
        inDocument("container_definitions", value("pidMode").not("host"), "none"),
      ),
      "cfn:AWS::ECS::TaskDefinition": value("Properties.PidMode").not("host"),
    },
    examples: {
      bad: [
        tfResource(task, `family = "shop"`, `pid_mode = "host"`, "container_definitions = jsonencode([])"),
        cfnResource("AWS::ECS::TaskDefinition", "PidMode: host"),
      ],
      good: [containers("essential = true"), cfnResource("AWS::ECS::TaskDefinition", "PidMode: task")],
    },
  },
  {
    id: "iac/aws-ecs-container-writable-root",
    aliases: ["CKV_AWS_336"],
    title: "Container may write to its root file system",
    severity: "low",
    controls: "workload-hardening",
    why: "Whoever breaks in puts tools there or changes the program; a file system that cannot be written stops most ready-made attacks.",
    fix: "Set `readonlyRootFilesystem` to true and mount a volume where the program has to write.",
    links: [parameters],
    on: onContainers(value("readonlyRootFilesystem").is(true), value("ReadonlyRootFilesystem").is(true)),
    examples: {
      bad: [containers("readonlyRootFilesystem = false"), cfnContainers("ReadonlyRootFilesystem: false")],
      good: [containers("readonlyRootFilesystem = true"), cfnContainers("ReadonlyRootFilesystem: true")],
    },
  },
  {
    id: "iac/aws-ecs-task-files-in-clear",
    aliases: ["CKV_AWS_97", "AVD-AWS-0035"],
    title: "Task reaches its EFS files without encryption",
    severity: "medium",
    controls: "encryption-in-transit",
    why: "Files travel in clear between task and file system; whoever is in between reads and changes them.",
    fix: 'Set `transit_encryption = "ENABLED"` (`TransitEncryption: ENABLED`).',
    links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html"],
    on: {
      "tf:aws_ecs_task_definition": each("volume.efs_volume_configuration", value("transit_encryption").is("ENABLED")),
      "cfn:AWS::ECS::TaskDefinition": each(
        ["Properties.Volumes.EFSVolumeConfiguration", "Properties.Volumes.EfsVolumeConfiguration"],
        value("TransitEncryption").is("ENABLED"),
      ),
    },
    examples: {
      bad: [files(""), cfnFiles()],
      good: [files(`    transit_encryption = "ENABLED"\n`), cfnFiles("TransitEncryption: ENABLED")],
    },
  },
  {
    id: "iac/aws-ecs-task-one-role",
    aliases: ["CKV_AWS_249"],
    title: "One role both starts and runs a task",
    severity: "low",
    controls: "least-privilege",
    why: "The program gets the rights that only ECS needs, such as pulling images and reading the secrets of other containers.",
    fix: "Make two roles: `execution_role_arn` for ECS, `task_role_arn` with what the program itself needs.",
    links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html"],
    on: {
      "tf:aws_ecs_task_definition": rolesDiffer("execution_role_arn", "task_role_arn"),
      "cfn:AWS::ECS::TaskDefinition": rolesDiffer("Properties.ExecutionRoleArn", "Properties.TaskRoleArn"),
    },
    examples: {
      bad: [
        tfResource(task, "execution_role_arn = aws_iam_role.shop.arn", "task_role_arn = aws_iam_role.shop.arn"),
        cfnResource("AWS::ECS::TaskDefinition", "ExecutionRoleArn: !GetAtt Shop.Arn", "TaskRoleArn: !GetAtt Shop.Arn"),
      ],
      good: [
        tfResource(task, "execution_role_arn = aws_iam_role.start.arn", "task_role_arn = aws_iam_role.shop.arn"),
        cfnResource("AWS::ECS::TaskDefinition", "ExecutionRoleArn: !GetAtt Start.Arn", "TaskRoleArn: !GetAtt Shop.Arn"),
      ],
    },
  },
  {
    id: "iac/aws-ecs-service-old-platform",
    aliases: ["CKV_AWS_332"],
    title: "Service stays on one version of the Fargate platform",
    severity: "low",
    controls: "patching",
    why: "Repairs of kernel and runtime come with new platform versions; a named one gets none when it is retired.",
    fix: "Remove `platform_version`, or set it to `LATEST`.",
    links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html"],
    on: {
      "tf:aws_ecs_service": when(
        value("launch_type").is("FARGATE"),
        value("platform_version", { missing: "pass" }).is("LATEST"),
        "none",
      ),
      "cfn:AWS::ECS::Service": when(
        value("Properties.LaunchType").is("FARGATE"),
        value("Properties.PlatformVersion", { missing: "pass" }).is("LATEST"),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource("aws_ecs_service", `launch_type = "FARGATE"`, `platform_version = "1.3.0"`),
        cfnResource("AWS::ECS::Service", "LaunchType: FARGATE", "PlatformVersion: 1.3.0"),
      ],
      good: [
        tfResource("aws_ecs_service", `launch_type = "FARGATE"`),
        cfnResource("AWS::ECS::Service", "LaunchType: FARGATE", "PlatformVersion: LATEST"),
      ],
    },
  },
  {
    id: "iac/aws-ecs-service-public-address",
    aliases: ["CKV_AWS_333"],
    title: "Tasks of a service get public addresses",
    severity: "medium",
    controls: "network-exposure",
    why: "Every container can be reached from the internet directly, past the load balancer and what protects it.",
    fix: "Set `assign_public_ip` to false; tasks reach out through a NAT gateway or VPC endpoints.",
    links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html"],
    on: {
      "tf:aws_ecs_service": value("network_configuration.assign_public_ip").not(true),
      "cfn:AWS::ECS::Service": value("Properties.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp", {
        edit: "DISABLED",
      }).not("ENABLED"),
    },
    examples: {
      bad: [
        tfResource("aws_ecs_service", "network_configuration {\n  assign_public_ip = true\n}"),
        cfnResource("AWS::ECS::Service", "NetworkConfiguration:\n  AwsvpcConfiguration:\n    AssignPublicIp: ENABLED"),
      ],
      good: [
        tfResource("aws_ecs_service", "network_configuration {\n  assign_public_ip = false\n}"),
        cfnResource("AWS::ECS::Service", "NetworkConfiguration:\n  AwsvpcConfiguration:\n    AssignPublicIp: DISABLED"),
      ],
    },
  },
];
