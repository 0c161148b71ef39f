// A service whose forecast is the last value, and which breaks when a test says so.
import { WebSocketServer } from "ws";

export class FakeServer {
  /** By name: what is applied, what is durable, and whose it is. */
  sessions = new Map();
  /** What clients sent, in order. */
  received = [];
  durableLag = 0;
  /** Answers a message in its own way, or says false. */
  intercept = () => false;
  connections = 0;

  static async start() {
    const server = new FakeServer();
    await server.listen(0);
    return server;
  }

  async listen(port) {
    this.wss = new WebSocketServer({ port, handleProtocols: (asked) => asked.has("foretide.v1") && "foretide.v1" });
    await new Promise((resolve) => this.wss.once("listening", resolve));
    this.port = this.wss.address().port;
    this.wss.on("connection", (socket) => {
      this.connections++;
      socket.on("message", (text) => this.#take(socket, JSON.parse(text)));
    });
  }

  get url() {
    return `ws://127.0.0.1:${this.port}/api/v1/stream`;
  }

  async stop() {
    this.cut();
    await new Promise((resolve) => this.wss.close(resolve));
  }

  /** Breaks all connections. */
  cut() {
    this.wss.clients.forEach((socket) => socket.terminate());
  }

  /** Connections stay, and say nothing any more. */
  fallSilent() {
    this.wss.clients.forEach((socket) => (socket.silent = true));
  }

  /** As a crash: what is not durable is lost. */
  crash() {
    this.sessions.forEach((session) => session.values.splice(session.durable));
    this.cut();
  }

  say(message) {
    this.wss.clients.forEach((socket) => this.send(socket, message));
  }

  send(socket, message) {
    socket.send(JSON.stringify(message));
  }

  fail(socket, { event_id, session }, problem) {
    this.send(socket, { type: "error", event_id, session, fatal: false, error: { title: "", detail: problem.type, ...problem } });
  }

  #take(socket, message) {
    this.received.push(message);
    if (socket.silent || this.intercept(message, socket)) {
      return;
    }
    const { event_id, session: name } = message;
    const session = this.sessions.get(name);
    const owned = session?.owner === socket;
    if (name !== undefined && message.type !== "session.open" && !owned) {
      const type = session === undefined ? "/problems/unknown-session" : "/problems/session-elsewhere";
      this.fail(socket, message, { type, status: session === undefined ? 404 : 409 });
      return;
    }
    switch (message.type) {
      case "session.open": {
        const opened = name ?? `s${this.sessions.size + 1}`;
        this.sessions.set(opened, { values: [], durable: 0, owner: socket });
        this.send(socket, { type: "session.opened", event_id, session: opened, model: "air", version: 1, token: `token-${opened}`, seq: 0, limits: {} });
        break;
      }
      case "session.resume": {
        const resumed = message.token.slice("token-".length);
        const found = this.sessions.get(resumed);
        if (found === undefined) {
          this.fail(socket, message, { type: "/problems/session-gone", status: 410 });
        } else {
          found.owner = socket;
          this.send(socket, { type: "session.resumed", event_id, session: resumed, model: "air", version: 1, token: message.token, seq: found.values.length, durable_seq: found.durable, limits: {} });
        }
        break;
      }
      case "observe": {
        const answer = this.#observe(session, name, message.seq, message.value);
        if (answer.error) {
          this.fail(socket, message, answer.error);
        } else {
          this.send(socket, { type: "forecast", event_id, ...answer });
        }
        break;
      }
      case "text": {
        const { mean, quantiles, error, ...answer } = this.#observe(session, name, message.seq, { text: message.text });
        if (error) {
          this.fail(socket, message, error);
        } else {
          this.send(socket, { type: "classification", event_id, ...answer, ...this.#label(session) });
        }
        break;
      }
      case "generate": {
        if (message.seq > session.values.length + 1) {
          this.fail(socket, message, { type: "/problems/unexpected-count", status: 409, expected: session.values.length + 1 });
          break;
        }
        this.generating = { session, event_id, name, socket, said: 0 };
        for (let index = 0; index < Math.min(message.max_tokens, 3); index++) {
          this.sayToken();
        }
        if (message.max_tokens <= 3) {
          this.finish("length");
        }
        break;
      }
      case "cancel":
        if (this.generating?.event_id === event_id) {
          this.finish("cancelled");
        }
        break;
      case "classify": {
        const { mean, quantiles, ...answer } = this.#forecast(session, name);
        this.send(socket, { type: "classification", event_id, ...answer, ...this.#label(session) });
        break;
      }
      case "observe.many": {
        const answers = message.points.map(([one, seq, value]) => this.#observe(this.sessions.get(one), one, seq, value));
        this.send(socket, {
          type: "forecast.many",
          event_id,
          forecasts: answers.filter(({ error }) => !error),
          errors: answers.filter(({ error }) => error),
        });
        break;
      }
      case "forecast":
        this.send(socket, { type: "forecast", event_id, ...this.#forecast(session, name) });
        break;
      case "session.fork":
        this.sessions.set(message.new_session, { values: [...session.values], durable: session.values.length, owner: socket });
        this.send(socket, { type: "session.forked", event_id, session: name, new_session: message.new_session, token: `token-${message.new_session}`, seq: session.values.length });
        break;
      case "session.rewind":
        session.values.splice(message.to_seq);
        session.durable = session.values.length;
        this.send(socket, { type: "session.rewound", event_id, session: name, seq: session.values.length });
        break;
      case "session.reset":
        session.values = [];
        session.durable = 0;
        this.send(socket, { type: "session.reset", event_id, session: name, seq: 0 });
        break;
      case "session.snapshot":
        this.send(socket, { type: "session.snapshot", event_id, session: name, seq: session.values.length, state: JSON.stringify(session.values) });
        break;
      case "session.restore":
        session.values = JSON.parse(message.state);
        session.durable = session.values.length;
        this.send(socket, { type: "session.restored", event_id, session: name, seq: session.values.length });
        break;
      case "session.close":
        this.sessions.delete(name);
        this.send(socket, { type: "session.closed", event_id, session: name, seq: session.values.length, reason: "closed" });
        break;
      case "ping":
        this.send(socket, { type: "pong", event_id });
    }
  }

  #observe(session, name, seq, value) {
    if (session === undefined) {
      return { session: name, seq, error: { type: "/problems/unknown-session", status: 404, detail: "unknown" } };
    }
    if (typeof value === "string") {
      return { session: name, seq, error: { type: "/problems/invalid-request", status: 400, detail: "no number" } };
    }
    if (seq > session.values.length + 1) {
      const expected = session.values.length + 1;
      return { session: name, seq, error: { type: "/problems/unexpected-count", status: 409, detail: "gap", expected } };
    }
    if (seq === session.values.length + 1) {
      session.values.push(value);
      session.durable = Math.max(session.durable, session.values.length - this.durableLag);
    }
    return this.#forecast(session, name);
  }

  /** Another token. */
  sayToken() {
    const { socket, event_id, name, said } = this.generating;
    this.send(socket, { type: "token", event_id, session: name, index: said, text: String.fromCharCode(97 + said) });
    this.generating.said++;
  }

  finish(finish_reason) {
    const { session, socket, event_id, name, said } = this.generating;
    session.values.push({ text: "abc".slice(0, said) });
    session.durable = Math.max(session.durable, session.values.length - this.durableLag);
    const tokens = { prompt: 0, completion: said };
    this.send(socket, { type: "generated", event_id, session: name, seq: session.values.length, durable_seq: session.durable, finish_reason, tokens, seed: 1 });
  }

  /** The label is the whole text. */
  #label(session) {
    const label = session.values.map(({ text }) => text).join("");
    return { label, probabilities: { [label]: 1 } };
  }

  #forecast(session, name) {
    return {
      session: name,
      seq: session.values.length,
      durable_seq: session.durable,
      mean: [session.values.at(-1) ?? 0],
      quantiles: {},
    };
  }
}
