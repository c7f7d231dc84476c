import { join } from "node:path";
import { BackgroundJobs } from "../../../simulator/chassis/background-jobs";
import {
  type CertificateSubject,
  type EndpointSecrets,
  selfSignedEndpointCertificate,
} from "../../../simulator/chassis/endpoint-certificate";
import { Machine } from "../../../simulator/chassis/machine";
import { Simulator, type SimulatorOptions } from "../../../simulator/chassis/simulator";
import { Store } from "../../../simulator/chassis/store";
import { amount, oneOf } from "../../../simulator/chassis/switch-values";
import {
  type Answer,
  type Call,
  type HttpRequest,
  isLoggedIn,
  RefusalError,
  type System,
  type TurnedAway,
} from "../../../simulator/chassis/system";

interface Lamp {
  id: number;
  /** A lamp that is switched on takes its time. */
  light: "off" | "warming" | "on";
}

interface State {
  lamps: Lamp[];
}

interface Switches {
  warmingSeconds: number;
  colour: "white" | "red";
}

/** A lamp that is not there. */
class NoSuchLampError extends RefusalError {
  override readonly name = "NoSuchLamp";
}

type House = Machine<State, EndpointSecrets, Switches>;

const LOGIN = { username: "keeper", password: "wick" };
const SUBJECT: CertificateSubject = { commonName: "lighthouse", organizationName: "Toys" };

/** A system as small as can be: REST with several verbs, beside it a path that speaks XML. */
export class Lighthouse extends Simulator<House> {
  readonly username = LOGIN.username;
  readonly password = LOGIN.password;

  static async start(options: SimulatorOptions & { switches?: Partial<Switches> }): Promise<Lighthouse> {
    const store = await Store.open(join(options.stateDir, "lighthouse.json"), async () => ({
      state: { lamps: [] as Lamp[] },
      secrets: await selfSignedEndpointCertificate(SUBJECT, new Date()),
    }));
    const switches: Switches = { warmingSeconds: 0, colour: "white", ...options.switches };
    const house: House = new Machine(store, switches, new BackgroundJobs(), () => new Date());
    return new Lighthouse(house, lampSystem(house), options.beforeAnswer).open(options);
  }

  /** A second address, where everything is asked for but lamps. */
  async openHarbour(): Promise<{ endpoint: string; certificate: string }> {
    const secrets = await selfSignedEndpointCertificate({ ...SUBJECT, commonName: "harbour" }, new Date());
    const read = ({ url }: HttpRequest): Call | TurnedAway => ({
      method: "seeHarbour",
      params: {},
      turnedAway: url === "/lamps" ? problem(404, "NoSuchPath", url) : { status: 204, outcome: "ok" },
    });
    return { endpoint: await this.openAnother(secrets, read, {}), certificate: secrets.tlsCertificate };
  }
}

const lampSystem = (house: House): System<Switches> => ({
  read: (request) => readCall(house, request),
  certificateSubject: SUBJECT,
  switchValues: { warmingSeconds: amount, colour: oneOf("white", "red") },
  scenarios: { smash: ({ id }) => remove(house, Number(id)) },
  routes: { "GET /night": () => ({ dark: house.state.lamps.every(({ light }) => light !== "on") }) },
  unfinished: [async () => void (await Promise.all(house.state.lamps.map((lamp) => warmUp(house, lamp))))],
});

function readCall(house: House, request: HttpRequest): Call | TurnedAway {
  const [, id] = /^\/lamps\/(\d+)$/.exec(request.url) ?? [];
  const path = id === undefined ? request.url : "/lamps/ID";
  const found = METHODS.find((method) => method.verb === request.verb && method.path === path);
  const named = { method: found?.name ?? "", params: id === undefined ? {} : { id: Number(id) } };
  if (!isLoggedIn(request, LOGIN)) return { ...named, turnedAway: problem(401, "NotLoggedIn", "who are you?") };
  if (!found) return { ...named, turnedAway: problem(404, "NoSuchPath", request.url) };
  return {
    ...named,
    perform: async () => {
      try {
        return await found.handle(house, Number(id));
      } catch (error) {
        if (!(error instanceof RefusalError)) throw error;
        return problem(404, error.name, error.message);
      }
    },
    fail: ({ name, message }) => problem(500, name, message),
  };
}

interface RestMethod {
  name: string;
  verb: string;
  path: string;
  handle(house: House, id: number): Answer | Promise<Answer>;
}

const METHODS: RestMethod[] = [
  {
    name: "listLamps",
    verb: "GET",
    path: "/lamps",
    handle: ({ state }) => ({ body: { json: state.lamps, resultAt: "" }, outcome: "ok" }),
  },
  {
    name: "createLamp",
    verb: "POST",
    path: "/lamps",
    async handle(house) {
      const lamp: Lamp = { id: 1 + Math.max(0, ...house.state.lamps.map(({ id }) => id)), light: "off" };
      house.state.lamps.push(lamp);
      await house.save();
      const headers = { Location: `/lamps/${lamp.id}` };
      const body = { json: lamp, contentType: "application/vnd.lamp+json", resultAt: "" };
      return { status: 201, headers, body, outcome: "ok" };
    },
  },
  {
    name: "lightLamp",
    verb: "PUT",
    path: "/lamps/ID",
    async handle(house, id) {
      const lamp = find(house, id);
      lamp.light = "warming";
      await house.save();
      house.jobs.start(() => warmUp(house, lamp));
      return { status: 202, body: { json: lamp, resultAt: "" }, outcome: "ok" };
    },
  },
  {
    name: "deleteLamp",
    verb: "DELETE",
    path: "/lamps/ID",
    async handle(house, id) {
      await remove(house, id);
      return { status: 204, outcome: "ok" };
    },
  },
  {
    name: "Count",
    verb: "POST",
    path: "/soap",
    handle: ({ state }) => ({
      body: { text: `<count>${state.lamps.length}</count>`, contentType: "text/xml" },
      outcome: "ok",
    }),
  },
];

function find({ state }: House, id: number): Lamp {
  const lamp = state.lamps.find((other) => other.id === id);
  if (!lamp) throw new NoSuchLampError(`no lamp ${id}`);
  return lamp;
}

async function remove(house: House, id: number): Promise<void> {
  const lamp = find(house, id);
  house.state.lamps = house.state.lamps.filter((other) => other !== lamp);
  await house.save();
}

async function warmUp(house: House, lamp: Lamp): Promise<void> {
  if (lamp.light !== "warming") return;
  const began = house.now().getTime();
  await house.jobs.waitUntilDue(() => began + house.switches.warmingSeconds * 1000 - house.now().getTime());
  lamp.light = "on";
  await house.save();
}

const problem = (status: number, name: string, message: string): Answer => ({
  status,
  body: { json: { problem: name, message } },
  outcome: name,
});
