import {
  type ReportViolation,
  type ResourceValidation,
  type ResourceValidationArgs,
  validateResourceOfType,
} from "@pulumi/policy";
import type { Resource } from "@pulumi/pulumi";
import { type Known, known } from "./known";

// biome-ignore lint/suspicious/noExplicitAny: the framework takes no narrower type.
type ResourceClass = new (name: string, args: never, ...rest: any[]) => Resource;

/** One judgement of resources of several classes, each of which has these properties, in its arguments or its outputs. */
export const eachOf = <Properties>(
  classes: readonly ResourceClass[],
  judge: (props: Known<Partial<Properties>>, args: ResourceValidationArgs, report: ReportViolation) => void,
): ResourceValidation[] =>
  classes.map((resourceClass) =>
    validateResourceOfType(resourceClass, (props, args, report) =>
      judge(known(props) as Known<Partial<Properties>>, args, report),
    ),
  );
