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

test("a logical name that is too long for the cluster is refused where a name can be given", async () => {
  const context = new Isolated("none", now, material, simulatedFor("element:KeyProvider"));
  context.urn += "a".repeat(255);
  const named = context.drive(registry["element:KeyProvider"].lifecycle);
  const { failures } = await named.check({}, { cluster: "default" });
  expect(failures).toEqual([{ property: "name", reason: "must have at most 255 characters" }]);
});
