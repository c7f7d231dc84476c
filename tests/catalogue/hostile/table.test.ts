import type { Lifecycle } from "../../../provider/core/lifecycle";
import { registry } from "../../../provider/systems/registry";
import { makeMaterial } from "../../kit/material";
import { Openssl } from "../../kit/openssl";
import { simulatedFor } from "../../kit/simulated";
import { type Arguments, PASSES } from "../../kit/specimen";
import { specimens, tokens } from "../../kit/specimens";
import { Isolated } from "./isolated";

const openssl = new Openssl();
const material = makeMaterial(openssl);
/** A little later than the certificates that the tests make. */
const now = new Date(Date.now() + 60 * 60 * 1000);

afterAll(() => openssl.dispose());

const ALL = tokens.flatMap((token) =>
  specimens[token].rows(material).map(([what, args, property, words = ""]) => ({ token, what, args, property, words })),
);

test.each(ALL)("$token: $what", async ({ token, args, property, words }) => {
  const lifecycle = registry[token].lifecycle as unknown as Lifecycle<Arguments, Arguments>;
  const { passing, looks } = specimens[token];
  const news = { ...passing(material), ...args };
  const context = new Isolated(looks?.(news) ? "reads" : "none", now, material, simulatedFor(token));
  const { failures } = await context.drive(lifecycle).check({}, news);
  expect(failures).toEqual(property === PASSES ? [] : [{ property, reason: expect.stringContaining(words) }]);
});

test.each([
  ["element:KeyProvider", "must have at most 255 characters"],
  ["keyprotect:RootKey", "must have at most 255 characters"],
] as const)("%s: a logical name that is too long is refused where a name can be given", async (token, reason) => {
  const context = new Isolated("none", now, material, simulatedFor(token));
  context.urn += "a".repeat(255);
  const { name: _, ...unnamed } = specimens[token].passing(material);
  const { failures } = await context
    .drive(registry[token].lifecycle as unknown as Lifecycle<Arguments, Arguments>)
    .check({}, unnamed);
  expect(failures).toEqual([{ property: "name", reason }]);
});
