import { X509Certificate } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Refusal } from "../../../provider/adapters/process/calls";
import { isEkmError } from "../../../provider/core/errors";
import type { Lifecycle } from "../../../provider/core/lifecycle";
import { holdsUnknown } from "../../../provider/core/unknown";
import { registry } from "../../../provider/systems/registry";
import { CANARY, frozen } from "../../kit/hostile-values";
import { type Material, makeMaterial } from "../../kit/material";
import { Openssl } from "../../kit/openssl";
import { tries } from "../../kit/replay";
import { simulatedFor } from "../../kit/simulated";
import type { Arguments } from "../../kit/specimen";
import { specimens, tokens } from "../../kit/specimens";
import { CONFIDENTIAL, spoilt, unknownRoots } from "./arguments";
import { Isolated } from "./isolated";

const CASES = 10_000;
/** Characters of one failure's reason. */
const LONGEST_REASON = 1_000;
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

const openssl = new Openssl();
const material = makeMaterial(openssl);
/** A little later than the certificates that the tests make. */
const now = new Date(Date.now() + 60 * 60 * 1000);
const prototypeMembers = Object.getOwnPropertyNames(Object.prototype).join();

afterAll(() => openssl.dispose());

describe.each(tokens)("%s", (token) => {
  const lifecycle = registry[token].lifecycle as unknown as Lifecycle<Arguments, Arguments>;
  const specimen = specimens[token];
  const [good, recorded] = [specimen.generators(material), specimen.recorded(material)];
  const names = Object.keys(good);
  const simulated = simulatedFor(token);
  const args = spoilt(good, material).map((properties): Arguments => frozen(properties));

  test(`check refuses or passes whatever it is given, and only that: ${CASES} cases`, async () => {
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(args, async (news) => {
        const context = new Isolated(specimen.looks?.(news) ? "reads" : "none", now, material, simulated);
        const driven = context.drive(lifecycle);
        const { inputs, failures } = await driven.check({}, news);
        expectPresentable(failures, names, news, context);
        if (failures.length > 0) return;
        passed += 1;
        // The engine checks the same arguments again on every run, and now with what it recorded.
        const again = await driven.check(frozen(inputs), news);
        if (!isDeepStrictEqual(again, { inputs, failures })) expect(again).toEqual({ inputs, failures });
        const state = { ...recorded, ...inputs };
        await driven.diff("1", state, inputs);
      }),
      tries(CASES),
    );
    expect(passed).toBeGreaterThan(CASES / 20);
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(prototypeMembers);
  });

  test("a change of what passed is refused, passes or ends in an error with a code", async () => {
    await fc.assert(
      fc.asyncProperty(args, args, async (before, after) => {
        const context = new Isolated("reads", now, material, simulated);
        const driven = context.drive(lifecycle);
        const { inputs: olds, failures } = await driven.check({}, before);
        // What is unknown in a preview never gets into a state.
        if (failures.length > 0 || holdsUnknown(olds)) return;
        const checked = await coded(() => driven.check(frozen(olds), after));
        if (checked === undefined) return;
        expectPresentable(checked.failures, names, after, context);
        if (checked.failures.length > 0) return;
        await driven.diff("1", frozen({ ...recorded, ...olds }), frozen(checked.inputs));
      }),
      tries(CASES / 5),
    );
  });
});

/** What a failure must be like so that the engine can show it to anyone. */
function expectPresentable(failures: Refusal[], names: string[], news: Arguments, context: Isolated): void {
  const shown = [...failures.map(({ reason }) => reason), ...context.warnings];
  for (const text of shown) {
    if (UNPRINTABLE.test(text)) throw new Error(`control characters: ${JSON.stringify(text)}`);
    if (text.length > LONGEST_REASON) throw new Error(`${text.length} characters: ${text.slice(0, 200)}`);
    if (text.includes(CANARY) || text.includes(keyLine(material))) throw new Error(`a secret: ${text}`);
  }
  for (const { property, reason } of failures) {
    const [root = ""] = /^\w*/.exec(property || reason) ?? [];
    if (!names.includes(root)) throw new Error(`no property is named by ${JSON.stringify({ property, reason })}`);
    if (!/^(\w+(\.\w+|\[\d+\])*)?$/.test(property)) throw new Error(`no path: ${property}`);
    if (CONFIDENTIAL.has(property) && mayBeSecret(news[property])) throw new Error(`the engine prints ${property}`);
  }
  for (const root of unknownRoots(news)) {
    const complaint = failures.find(({ property }) => property === root);
    if (complaint !== undefined) throw new Error(`refused before it is known: ${JSON.stringify(complaint)}`);
  }
}

const mayBeSecret = (value: unknown): boolean => {
  const text = typeof value === "string" ? withoutCertificates(value) : (JSON.stringify(value) ?? "");
  return text.includes(CANARY) || text.includes(keyLine(material)) || text.includes("PRIVATE KEY");
};

/** A certificate is public, even one that came to hold the canary's text where a generator cut it. */
const withoutCertificates = (pem: string): string =>
  pem.replaceAll(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs, (block) => {
    try {
      return new X509Certificate(block).serialNumber;
    } catch {
      return block;
    }
  });

const keyLine = ({ caKey }: Material): string => caKey.split("\n")[1]?.slice(0, 40) ?? "";

/** `undefined` when the work ended in an error of this package. */
async function coded<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isEkmError(error)) return undefined;
    throw error;
  }
}
