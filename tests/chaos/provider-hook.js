// Required before anything else in every Node process of a run. In the one that serves the provider, each call to a
// cluster is announced before it is sent and after it is answered, and goes on when the announcement is answered.
if (/dynamic-provider/.test(process.argv[1] ?? "")) {
  const { get } = require("node:http");
  const { Dispatcher } = require(process.env.EKM_CHAOS_UNDICI);

  const announce = (moment, method) =>
    new Promise((resolve, reject) => {
      const query = new URLSearchParams({ moment, method, pid: process.pid });
      get(`${process.env.EKM_CHAOS_CONTROL}/?${query}`, (answer) => answer.resume().once("end", resolve)).once(
        "error",
        reject,
      );
    });

  const send = Dispatcher.prototype.request;
  Dispatcher.prototype.request = async function (options) {
    const { method } = JSON.parse(options.body);
    await announce("before", method);
    const answer = await send.call(this, options);
    const body = await answer.body.text();
    await announce("after", method);
    return {
      ...answer,
      body: (async function* () {
        yield Buffer.from(body);
      })(),
    };
  };
}
