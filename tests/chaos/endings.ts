import type { Operation } from "./begin";
import type { StackSite } from "./stack-site";

/** By the plain command alone, or after the `up` that its refusal or the README names. */
export const WAYS = ["at once", "after an up"] as const;
export type Way = (typeof WAYS)[number];

/** A command, and the program that it is run with, by which people finish a run that was cut off. */
export interface Ending<S extends StackSite<string> = StackSite<string>> {
  command: Operation["command"];
  program(site: S): object;
  /** More rekeys than these, by whatever way, would be ones that nobody asked for. */
  mostRekeys: number;
  /** An engine that destroys asks for what is in state alone, in the order of the dependencies that state knows of. */
  mayNeedUp: boolean;
  /** Whether it may leave what it leaves after the whole operation, or what it leaves alone. */
  leaves: "alone" | "either";
  /** What somebody does to the systems before it. */
  prepared?(site: S): Promise<void>;
  /** Options of a run before it, which may be refused. */
  tried?(site: S): string[];
}

export const up = <S extends StackSite<string>>(
  program: Ending<S>["program"],
  mostRekeys: number,
  leaves: Ending["leaves"] = "alone",
): Ending<S> => ({ command: "up", program, mostRekeys, mayNeedUp: false, leaves });

/** It leaves what the operation did not come to take over or to switch on. */
export const destroy = <S extends StackSite<string>>(program: Ending<S>["program"], mostRekeys: number): Ending<S> => ({
  command: "destroy",
  program,
  mostRekeys,
  mayNeedUp: true,
  leaves: "either",
});
