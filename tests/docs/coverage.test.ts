import { APIS, ofApi } from "../../tools/docs/apis";
import { declaredMethods } from "../../tools/docs/declared-methods";

const declared = declaredMethods();

test.each(APIS.map((api) => [api.name, api] as const))(
  "%s: every method is used or excused, and none is both",
  (_, api) => {
    const used = new Set([...api.connecting, ...ofApi(api, declared).flatMap(([, methods]) => methods)]);
    const excused = Object.keys(api.notUsed);
    expect(Object.keys(api.calls).filter((method) => !used.has(method) && !excused.includes(method))).toEqual([]);
    expect(excused.filter((method) => used.has(method))).toEqual([]);
  },
);
