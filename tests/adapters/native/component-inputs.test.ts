import * as pulumi from "@pulumi/pulumi";
import { componentInputs } from "../../../provider/adapters/pulumi/native/component-inputs";

const SPECS = {
  name: {},
  makeDefault: { plain: true },
  keyServer: { plain: true, $ref: "#/types/ekm:element:ExternalKeyManagementKeyServer" },
};
const TYPES = {
  "ekm:element:ExternalKeyManagementKeyServer": { properties: { hostnames: {}, logicalName: { plain: true } } },
};

const taken = (given: object) => componentInputs(given as Record<string, unknown>, SPECS, TYPES);

const unknown = () => pulumi.output(new Promise<never>(() => {}));

const valueIn = <T>(output: unknown): Promise<T> =>
  new Promise((resolve) => {
    (output as pulumi.Output<T>).apply((value) => resolve(value as T));
  });

it("hands on an output where the class takes one", async () => {
  const name = unknown();
  expect((await taken({ name })).name).toBe(name);
});

it("takes a plain value out of an output that is known", async () => {
  expect(await taken({ makeDefault: pulumi.secret(false) })).toEqual({ makeDefault: false });
});

it("takes an object that is an output, such as a secret, apart into members", async () => {
  const { keyServer } = await taken({ keyServer: { hostnames: pulumi.secret(["kms"]), logicalName: "east" } });
  expect(await valueIn(Object(keyServer).hostnames)).toEqual(["kms"]);
  expect(keyServer).toMatchObject({ logicalName: "east" });
  const { keyServer: whole } = await taken({ keyServer: pulumi.secret({ hostnames: ["kms"], logicalName: "east" }) });
  expect(await valueIn(Object(whole).hostnames)).toEqual(["kms"]);
  expect(whole).toMatchObject({ logicalName: "east" });
});

it("refuses a plain value that only a run makes known", async () => {
  const unknownValue = new (pulumi.output(1).constructor as new (...parts: unknown[]) => pulumi.Output<unknown>)(
    new Set(),
    Promise.resolve(undefined),
    Promise.resolve(false),
    Promise.resolve(false),
    Promise.resolve(new Set()),
  );
  await expect(taken({ makeDefault: unknownValue })).rejects.toThrow('"makeDefault" decides which resources there are');
});
