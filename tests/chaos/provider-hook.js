// Required before anything else in every Node process of a run. In the one that serves the provider, each call to a
// system is announced before it is sent and after it is answered, and goes on when the announcement is answered.
if (/dynamic-provider|native\/main/.test(process.argv[1] ?? "")) {
  const { get } = require("node:http");
  const { Dispatcher } = require(process.env.EKM_CHAOS_UNDICI);

  const announce = (moment, call) =>
    new Promise((resolve, reject) => {
      const query = new URLSearchParams({ moment, call, pid: process.pid });
      get(`${process.env.EKM_CHAOS_CONTROL}/?${query}`, (answer) => answer.resume().once("end", resolve)).once(
        "error",
        reject,
      );
    });

  // A method stands in the body of JSON-RPC, and in that of an envelope; REST has verb and path.
  const callIn = ({ method: verb, path, body }) => {
    if (path.startsWith("/json-rpc/")) return JSON.parse(body).method;
    return path === "/sdk" ? /<Body><(\w+)/.exec(body)[1] : `${verb} ${path}`;
  };

  const send = Dispatcher.prototype.request;
  Dispatcher.prototype.request = async function (options) {
    const call = callIn(options);
    await announce("before", call);
    const answer = await send.call(this, options);
    const body = await answer.body.text();
    await announce("after", call);
    return {
      ...answer,
      body: (async function* () {
        yield Buffer.from(body);
      })(),
    };
  };
}
