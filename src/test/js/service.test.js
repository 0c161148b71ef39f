// The client against a running service: FORETIDE_URL is its address, FORETIDE_MODEL the reference of a model.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { WebSocket } from "ws";

const { connect, ForetideError } = await import(pathToFileURL("src/main/resources/static/foretide.js"));

const { FORETIDE_URL: url, FORETIDE_MODEL: model = "air" } = process.env;
const series = { start: "1960-10", freq: "M", target: [461, 390, 432] };
const options = { skip: url === undefined && "there is no service" };

let client;
let sockets;

/** Sockets that can be cut. */
class Socket extends WebSocket {
  constructor(...parameters) {
    super(...parameters);
    sockets.push(this);
  }
}

beforeEach(() => {
  sockets = [];
  if (url !== undefined) {
    client = connect(url, { WebSocket: Socket, backoff: 5, maxBackoff: 200 });
  }
});

afterEach(() => client?.close());

test("each observation is answered with a forecast and its score", options, async () => {
  const session = await client.open({ model, series, horizon: 2, quantiles: [0.1, 0.9] });

  const first = await session.observe(449);
  const second = await session.observe(455);

  assert.equal(first.mean.length, 2);
  assert.equal(second.seq, 2);
  assert.equal(typeof second.scored.error, "number");
  await session.close();
});

test("observations are durable after a while", options, async () => {
  const session = await client.open({ model, series });

  await session.observe(449);
  for (let asked = 0; session.durableSeq < 1 && asked < 1000; asked++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }

  assert.equal(session.durableSeq, 1);
  await session.close();
});

test("a connection that breaks costs nothing", options, async () => {
  const whole = await client.open({ model, series });
  const broken = await client.open({ model, series });
  const cutting = setInterval(() => sockets.at(-1).terminate(), 20);

  const values = [...Array(100).keys()].map((i) => 430 + 10 * Math.sin(i));
  for (const value of values) {
    await broken.observe(value);
  }
  clearInterval(cutting);
  const expected = await Promise.all(values.map((value) => whole.observe(value)));
  const last = await broken.forecast();

  assert.equal(last.seq, values.length);
  assert.deepEqual(last.mean, expected.at(-1).mean);
  assert.ok(sockets.length > 1);
  await Promise.all([whole.close(), broken.close()]);
});

test("a session forks, goes back, and is restored", options, async () => {
  const session = await client.open({ model, series });
  const [one] = await Promise.all([449, 455].map((value) => session.observe(value)));

  const fork = await session.fork();
  await fork.observe(500);
  const state = await session.snapshot();
  const rewound = await session.rewind(1);
  const again = await session.forecast();
  const restored = await session.restore(state);

  assert.equal(fork.seq, 3);
  assert.equal(rewound.seq, 1);
  assert.deepEqual(again.mean, one.mean);
  assert.equal(restored.seq, 2);
  await Promise.all([session.close(), fork.close()]);
});

test("many sessions are observed in one message", options, async () => {
  const sessions = await Promise.all(["a", "b"].map(() => client.open({ model, series })));

  const answers = await client.observeMany(sessions.map((session) => [session, 449]));

  assert.deepEqual(answers.map(({ value }) => value.seq), [1, 1]);
  await Promise.all(sessions.map((session) => session.close()));
});

test("another client takes a session over", options, async () => {
  const session = await client.open({ model, series });
  const other = connect(url, { WebSocket });

  const resumed = await other.resume(session.token);
  await resumed.observe(449);

  await assert.rejects(session.observe(455));
  await assert.rejects(other.resume("forged.token"), ForetideError);
  await resumed.close();
  other.close();
});
