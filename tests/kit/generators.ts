import fc from "fast-check";

export const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

export const name = fc.constantFrom("keys", "server", "other", "Schlüssel 鍵", "a".repeat(255));
export const id = fc.constantFrom("1", "2", "999999999999999");
export const days = (maximum: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: maximum });
export const text = fc.string({ unit: fc.constantFrom(..."abcäöü鍵 -."), minLength: 1, maxLength: 20 });
export const triggers = fc.dictionary(fc.string({ unit: "binary", maxLength: 5 }), text, { maxKeys: 3 });

export const subject = fc.record(
  {
    commonName: text,
    organization: text,
    organizationalUnit: text,
    locality: text,
    state: text,
    country: fc.constantFrom("US", "de"),
    emailAddress: fc.constant("ops@example.com"),
  },
  { requiredKeys: ["commonName"] },
);

export const hostname = fc.oneof(
  fc.domain(),
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom("localhost", "keys.example.com.", "xn--bcher-kva.example"),
);
