import { randomInt } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { FaultAction } from "./fault-actions";

export interface FaultRule {
  /** A method's name in any letter case, or `*`. */
  method: string;
  /** Only calls that have these parameters, among others, as the log of requests tells them. */
  where?: Record<string, unknown>;
  /** Share of the matching calls that are hit, 0 to 1. Default 1. */
  probability?: number;
  /** Calls to hit before the rule is spent. Default: no limit. */
  count?: number;
  /** Matching calls to let pass first. Default 0. */
  skip?: number;
  /** Waiting time before the effect (`before`), or before the answer (`after`). */
  delayMs?: number;
  /**
   * `before`: the method does nothing. `after`: it has its effect and the answer is lost. Default `before`. An action on the
   * answer itself is always `after`.
   */
  when?: "before" | "after";
  /** Without an action the call is only delayed. */
  action?: FaultAction;
  /** Default true. */
  enabled?: boolean;
}

/** A rule with its counts. */
export interface ActiveFaultRule extends FaultRule {
  id: number;
  /** Calls that it has hit. */
  hits: number;
  /** Calls that it has let pass by `skip`. */
  skipped: number;
}

export class FaultRules {
  #rules: ActiveFaultRule[] = [];
  #lastID = 0;

  /** Adds a rule; earlier ones come first. Returns its number. */
  add(rule: FaultRule): number {
    this.#lastID += 1;
    this.#rules.push({ ...rule, id: this.#lastID, hits: 0, skipped: 0 });
    return this.#lastID;
  }

  remove(id: number): void {
    this.#rules = this.#rules.filter((rule) => rule.id !== id);
  }

  clear(): void {
    this.#rules = [];
  }

  list(): ActiveFaultRule[] {
    return structuredClone(this.#rules);
  }

  /** The first rule that hits this call, counted. */
  hit(method: string, params: Record<string, unknown>): FaultRule | undefined {
    return this.#rules.find((rule) => {
      if (rule.enabled === false || !appliesTo(rule, method, params)) return false;
      if (rule.hits >= (rule.count ?? Number.POSITIVE_INFINITY)) return false;
      if (rule.skipped < (rule.skip ?? 0)) {
        rule.skipped += 1;
        return false;
      }
      if (randomInt(1_000_000) >= (rule.probability ?? 1) * 1_000_000) return false;
      rule.hits += 1;
      return true;
    });
  }
}

function appliesTo({ method, where = {} }: FaultRule, called: string, params: Record<string, unknown>): boolean {
  const isNamed = method === "*" || method.toLowerCase() === called.toLowerCase();
  return isNamed && Object.entries(where).every(([name, value]) => isDeepStrictEqual(params[name], value));
}
