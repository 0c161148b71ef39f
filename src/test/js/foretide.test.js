// The client against a service that breaks.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { WebSocket } from "ws";
import { FakeServer } from "./fake-server.js";

const { connect, ForetideError } = await import(pathToFileURL("src/main/resources/static/foretide.js"));

let server;
let client;
let events;

beforeEach(async () => {
  server = await FakeServer.start();
  events = [];
  client = connect(server.url, { WebSocket, backoff: 5, maxBackoff: 50, onEvent: (event) => events.push(event) });
});

afterEach(async () => {
  client.close();
  await server.stop();
});

const values = (name) => server.sessions.get(name).values;

async function until(condition) {
  while (!condition()) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

test("answers each observation with its forecast", async () => {
  const session = await client.open({ model: "air", session: "a" });

  const first = await session.observe(5);
  const second = await session.observe(null, { time: "1961-01" });

  assert.deepEqual([first.seq, first.mean], [1, [5]]);
  assert.equal(second.seq, 2);
  assert.equal(server.received.at(-1).time, "1961-01");
  assert.deepEqual([session.seq, session.durableSeq], [2, 2]);
});

test("labels a text piece by piece, also when the connection breaks between", async () => {
  const session = await client.open({ model: "mood", session: "a" });
  const heard = [];
  const reading = (async () => {
    for await (const { label } of session) {
      heard.push(label);
    }
  })();

  const first = await session.text("gre");
  server.cut();
  const second = await session.text("at");
  const asked = await session.classify();
  client.close();
  await reading;

  assert.deepEqual([first.label, second.label, asked.label], ["gre", "great", "great"]);
  assert.deepEqual([first.seq, second.seq], [1, 2]);
  assert.deepEqual(heard, ["gre", "great"]);
});

test("hears a continuation token by token, between the texts before and behind it", async () => {
  const session = await client.open({ model: "tales", session: "a" });
  const heard = [];

  const before = session.text("x");
  const said = session.generate({ max_tokens: 3, onToken: (text, index) => heard.push([index, text]) });
  const behind = session.text("y");
  await Promise.all([before, said, behind]);

  assert.deepEqual(heard, [[0, "a"], [1, "b"], [2, "c"]]);
  assert.deepEqual([(await said).text, (await said).seq, (await said).finish_reason], ["abc", 2, "length"]);
  assert.equal((await behind).label, "xabcy");
  assert.equal(session.seq, 3);
});

test("ends a continuation early", async () => {
  const session = await client.open({ model: "tales", session: "a" });
  const controller = new AbortController();

  const said = await session.generate({ max_tokens: 1000, signal: controller.signal, onToken: (_, index) => index === 2 && controller.abort() });

  assert.deepEqual([said.text, said.finish_reason, session.seq], ["abc", "cancelled", 1]);
});

test("a continuation that the connection cuts off fails, and the session goes on", async () => {
  const session = await client.open({ model: "tales", session: "a" });

  await assert.rejects(session.generate({ max_tokens: 1000, onToken: (_, index) => index === 2 && server.cut() }), /lost/);

  assert.equal((await session.text("y")).seq, 1);
});

test("sends what was asked before the connection was there", async () => {
  const early = connect(server.url, { WebSocket });

  const session = await early.open({ model: "air" });
  early.close();

  assert.equal(session.name, "s1");
});

test("forecasts, forks, rewinds, resets, restores and closes", async () => {
  const session = await client.open({ model: "air", session: "a" });
  await Promise.all([1, 2, 3].map((value) => session.observe(value)));
  const state = await session.snapshot();

  const forecast = await session.forecast({ horizon: 2 });
  const fork = await session.fork("b");
  await fork.observe(9);
  await session.rewind(1);
  await session.observe(7);
  const rewound = [...values("a")];
  await session.reset();
  await session.observe(8);
  const reset = [...values("a")];
  await session.restore(state);
  await session.observe(4);

  assert.deepEqual(forecast.mean, [3]);
  assert.deepEqual(values("b"), [1, 2, 3, 9]);
  assert.deepEqual(rewound, [1, 7]);
  assert.deepEqual(reset, [8]);
  assert.deepEqual(values("a"), [1, 2, 3, 4]);
  assert.equal((await session.close()).reason, "closed");
  await assert.rejects(session.observe(1), /closed/);
});

test("counts observations that are sent while the session goes back", async () => {
  const session = await client.open({ model: "air", session: "a" });
  await Promise.all([1, 2, 3].map((value) => session.observe(value)));

  const rewound = session.rewind(1);
  const observed = session.observe(9);
  await Promise.all([rewound, observed]);

  assert.deepEqual(values("a"), [1, 9]);
});

test("observes many sessions in one message", async () => {
  const a = await client.open({ model: "air", session: "a" });
  const b = await client.open({ model: "air", session: "b" });
  await a.observe(0);

  const results = await client.observeMany([[a, 1], [b, 2], [a, "x"], [a, 3]]);

  assert.deepEqual(results.map(({ status }) => status), ["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  assert.deepEqual([values("a"), values("b")], [[0, 1, 3], [2]]);
});

test("knows late answers to what was observed before it went back", async () => {
  const session = await client.open({ model: "air", session: "a" });
  await session.observe(1);
  let answer;
  server.intercept = (message, socket) => {
    if (message.type !== "observe.many") {
      return false;
    }
    values("a").push(2);
    const forecasts = [{ session: "a", seq: 2, durable_seq: 2, mean: [2], quantiles: {} }];
    answer = () => server.send(socket, { type: "forecast.many", event_id: message.event_id, forecasts, errors: [] });
    return true;
  };
  client.observeMany([[session, 2]]);
  await until(() => answer !== undefined);

  await session.rewind(1);
  answer();
  await session.forecast();
  const counts = [session.seq, session.durableSeq];
  await session.observe(3);

  assert.deepEqual(counts, [1, 1]);
  assert.deepEqual(values("a"), [1, 3]);
});

test("iterates over forecasts as they come", async () => {
  const session = await client.open({ model: "air", session: "a" });
  const means = [];
  const reading = (async () => {
    for await (const { mean } of session) {
      means.push(mean[0]);
    }
  })();

  await session.observe(1);
  await session.observe(2);
  await session.close();
  await reading;

  assert.deepEqual(means, [1, 2]);
});

test("sends again what a crash lost, and nothing twice", async () => {
  server.durableLag = 3;
  const session = await client.open({ model: "air", session: "a" });
  await Promise.all([1, 2, 3, 4, 5].map((value) => session.observe(value)));

  server.crash();
  const sixth = await session.observe(6);

  assert.deepEqual(values("a"), [1, 2, 3, 4, 5, 6]);
  assert.equal(sixth.seq, 6);
});

test("applies each observation once whatever breaks", async () => {
  server.durableLag = 7;
  const session = await client.open({ model: "air", session: "a" });
  const sent = [];
  const breaking = setInterval(() => (Math.random() < 0.5 ? server.crash() : server.cut()), 7);

  for (let value = 0; value < 500; value++) {
    sent.push(session.observe(value));
    if (value % 5 === 0) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
  const answers = await Promise.all(sent);
  clearInterval(breaking);
  await session.forecast();

  assert.deepEqual(values("a"), [...Array(500).keys()]);
  answers.forEach(({ seq }, index) => assert.ok(seq >= index + 1));
  assert.ok(server.connections > 2);
});

test("resolves observations whose answers were lost", async () => {
  const session = await client.open({ model: "air", session: "a" });
  server.intercept = ({ type }) => type === "observe";

  const observed = session.observe(1);
  await until(() => server.received.some(({ type }) => type === "observe"));
  values("a").push(1);
  server.intercept = () => false;
  server.cut();

  assert.equal((await observed).seq, 1);
  assert.deepEqual(values("a"), [1]);
});

test("learns from a resume how far a session is durable", async () => {
  server.durableLag = 3;
  const session = await client.open({ model: "air", session: "a" });
  await Promise.all([1, 2, 3, 4, 5].map((value) => session.observe(value)));
  const before = session.durableSeq;

  server.sessions.get("a").durable = 4;
  server.cut();
  await until(() => session.durableSeq > before);

  assert.deepEqual([before, session.seq, session.durableSeq], [2, 5, 4]);
});

test("resolves observations whose forecasts gave way to a newer one", async () => {
  const session = await client.open({ model: "air", session: "a" });
  server.intercept = ({ type, seq }) => type === "observe" && values("a").push(seq) < 3;

  const answers = await Promise.all([1, 2, 3].map((value) => session.observe(value)));

  assert.deepEqual(answers.map(({ seq }) => seq), [3, 3, 3]);
});

test("rejects an observation that is refused, and goes on with those behind it", async () => {
  const session = await client.open({ model: "air", session: "a" });

  const results = await Promise.allSettled([1, "x", 3, 4].map((value) => session.observe(value)));

  assert.deepEqual(results.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled", "fulfilled"]);
  assert.ok(results[1].reason instanceof ForetideError);
  assert.equal(results[1].reason.problem.type, "/problems/invalid-request");
  assert.deepEqual(values("a"), [1, 3, 4]);
});

test("waits where it sends too fast", async () => {
  const session = await client.open({ model: "air", session: "a" });
  let refused = 0;
  server.intercept = (message, socket) => {
    if (message.type === "observe" && message.seq === 2 && refused < 3) {
      refused++;
      server.fail(socket, message, { type: "/problems/too-many-messages", status: 429, retry_after: 0.001 });
      return true;
    }
    return false;
  };

  await Promise.all([1, 2, 3].map((value) => session.observe(value)));

  assert.equal(refused, 3);
  assert.deepEqual(values("a"), [1, 2, 3]);
});

test("goes elsewhere when the service drains", async () => {
  const session = await client.open({ model: "air", session: "a" });

  server.say({ type: "draining", deadline: "2026-01-01T00:00:00Z" });
  await until(() => server.connections >= 2);

  assert.equal((await session.observe(1)).seq, 1);
});

test("finds the service again after a restart", async () => {
  const session = await client.open({ model: "air", session: "a" });
  await session.observe(1);

  const { port } = server;
  await server.stop();
  const observed = session.observe(2);
  await server.listen(port);
  await observed;

  assert.deepEqual(values("a"), [1, 2]);
});

test("leaves a connection that says nothing any more", async () => {
  const patient = connect(server.url, { WebSocket, backoff: 5, pingInterval: 20 });
  const session = await patient.open({ model: "air", session: "p" });

  server.fallSilent();

  assert.equal((await session.observe(1)).seq, 1);
  patient.close();
});

test("ends a session that was taken over, or is gone", async () => {
  const taken = await client.open({ model: "air", session: "a" });
  server.say({ type: "session.closed", session: "a", seq: 0, reason: "taken_over" });
  await until(() => server.received.length > 0);
  await assert.rejects(async () => {
    for (;;) await taken.observe(1);
  }, /taken over/);

  const gone = await client.open({ model: "air", session: "b" });
  server.sessions.delete("b");
  server.cut();

  await assert.rejects(gone.observe(1), ForetideError);
});

test("says what the service warns of", async () => {
  await client.open({ model: "air", session: "a" });

  server.say({ type: "warning", session: "a", code: "gap", detail: "2 steps" });
  await until(() => events.length === 1);

  assert.equal(events[0].code, "gap");
});

test("rejects what was asked when the client is closed", async () => {
  server.intercept = () => true;
  const asked = client.open({ model: "air" });

  client.close();

  await assert.rejects(asked, /closed/);
});
