// Sessions of Foretide from a browser or Node, without dependencies.
//
//   import { connect } from "./foretide.js";
//
//   const foretide = connect("ws://localhost:8080/api/v1/stream"); // in Node: connect(url, { WebSocket })
//   const session = await foretide.open({ model: "air", series: { start: "1960-10", freq: "M", target: [461, 390, 432] } });
//   const { mean, quantiles, scored } = await session.observe(449);
//
// A lost connection is made again, and its sessions are resumed. What is not durable yet is kept, and sent again if the
// service does not have it: each observation is applied exactly once, whatever breaks on the way.

const PROTOCOL = "foretide.v1";
const MOST_UNREAD = 1024;

/** What the service refused: `problem` is its RFC 9457 document. */
export class ForetideError extends Error {
  constructor(problem) {
    super(problem.detail);
    this.name = "ForetideError";
    this.problem = problem;
  }
}

/**
 * Connects, now and whenever the connection is lost.
 *
 * @param {string} url such as `wss://example.com/api/v1/stream`
 * @param {object} [options]
 * @param {Function} [options.WebSocket] the constructor; the global one where absent
 * @param {number} [options.backoff] milliseconds before the second attempt; each further one waits about twice as long
 * @param {number} [options.maxBackoff] the longest such wait
 * @param {number} [options.pingInterval] how often to ask a silent service whether it is there, in milliseconds
 * @param {number} [options.maxKept] the most observations of a session that wait to be durable
 * @param {(message: object) => void} [options.onEvent] told of warnings, of other versions, and of errors that answer nothing
 */
export function connect(url, options = {}) {
  return new Client(url, options);
}

class Client {
  #url;
  #options;
  #socket = null;
  #ready = false;
  #ended = false;
  #attempts = 0;
  #heard = true;
  #pings;
  #retry;
  #ids = 0;
  #requests = new Map(); // by event_id: { message, again, sent, resolve, reject, hears }
  #sessions = new Map(); // by name

  constructor(url, options) {
    this.#url = url;
    this.#options = {
      WebSocket: globalThis.WebSocket,
      backoff: 200,
      maxBackoff: 10_000,
      pingInterval: 30_000,
      maxKept: 100_000,
      onEvent: () => {},
      ...options,
    };
    this.#pings = setInterval(() => this.#ping(), this.#options.pingInterval);
    this.#pings.unref?.();
    this.#dial();
  }

  /** Begins a session: `{ model, session?, horizon?, quantiles?, emit?, on_version?, series?, seed?, ttl? }`. */
  async open(settings) {
    return this.#adopt(await this.#request({ type: "session.open", ...settings }, "again"));
  }

  /** Goes on with a session that was opened elsewhere, or before. */
  async resume(token) {
    return this.#adopt(await this.#request({ type: "session.resume", token }, "again"));
  }

  /**
   * Adds an observation to each of many sessions, in one message: `[[session, value], …]`.
   *
   * @returns {Promise<PromiseSettledResult<object>[]>} what came of each
   */
  async observeMany(points) {
    await Promise.all(points.map(([session]) => session._moved()));
    const id = this.#id();
    const kept = points.map(([session, value]) => [session, session._keep({ value }, id)]);
    const now = kept.filter(([session, item]) => this.#ready && session._takes(item));
    if (now.length > 0) {
      this.#send({
        type: "observe.many",
        event_id: id,
        points: now.map(([session, item]) => [session.name, item.seq, item.fields.value]),
      });
    }
    return Promise.allSettled(kept.map(([, item]) => item.promise));
  }

  /** Leaves: sessions stay, and can be resumed with their tokens. */
  close() {
    this.#ended = true;
    clearInterval(this.#pings);
    clearTimeout(this.#retry);
    this.#socket?.close(1000);
    const left = new Error("the client was closed");
    this.#requests.forEach(({ reject }) => reject(left));
    this.#requests.clear();
    this.#sessions.forEach((session) => session._end(left));
    this.#sessions.clear();
  }

  #id() {
    return String(++this.#ids);
  }

  #dial() {
    const socket = new this.#options.WebSocket(this.#url, PROTOCOL);
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => socket === this.#socket && this.#received(JSON.parse(data));
    socket.onerror = () => {}; // a close follows
    socket.onclose = () => socket === this.#socket && this.#lost();
  }

  #opened() {
    this.#ready = true;
    this.#heard = true;
    for (const session of this.#sessions.values()) {
      this.#resumeAgain(session);
    }
    // What is about a session waits until that is resumed.
    this.#sendWaiting(({ session }) => !this.#sessions.has(session));
  }

  #sendWaiting(isMeant) {
    for (const [id, request] of this.#requests) {
      if (!request.sent && isMeant(request.message)) {
        request.sent = true;
        this.#send({ ...request.message, event_id: id });
      }
    }
  }

  #resumeAgain(session) {
    session._pause();
    this.#request({ type: "session.resume", token: session.token, last_seq: session.seq }).then(
      (resumed) => {
        session._resumed(resumed);
        this.#sendWaiting((message) => message.session === session.name);
      },
      (error) => this.#notResumed(session, error),
    );
  }

  #notResumed(session, error) {
    const status = error.problem?.status;
    if (status === 429 || status === 503) {
      setTimeout(() => this.#ready && this.#resumeAgain(session), this.#delay(error.problem));
    } else if (status !== undefined) {
      this.#forget(session, error);
    } // else the connection was lost once more
  }

  #lost() {
    this.#ready = false;
    this.#socket = null;
    if (this.#ended) {
      return;
    }
    for (const [id, request] of this.#requests) {
      if (request.sent && !request.again) {
        this.#requests.delete(id);
        request.reject(new Error("the connection was lost before the answer"));
      }
      request.sent = false;
    }
    this.#sessions.forEach((session) => session._pause());
    this.#attempts++;
    const wait = Math.min(this.#options.maxBackoff, this.#options.backoff * 2 ** (this.#attempts - 1));
    this.#retry = setTimeout(() => this.#dial(), wait * (0.5 + Math.random() / 2));
  }

  #ping() {
    if (!this.#ready) {
      return;
    }
    if (!this.#heard) {
      const socket = this.#socket;
      this.#lost();
      socket.close();
    } else {
      this.#heard = false;
      this.#send({ type: "ping" });
    }
  }

  #delay(problem) {
    return problem.retry_after === undefined ? this.#options.backoff : 1000 * problem.retry_after;
  }

  /** Sends a request, and promises its answer; one that changes nothing when it comes twice may be sent again. */
  #request(message, again, { hears, signal } = {}) {
    if (this.#ended) {
      return Promise.reject(new Error("the client was closed"));
    }
    return new Promise((resolve, reject) => {
      const id = this.#id();
      const sent = this.#ready && !this.#sessions.get(message.session)?._isPaused();
      this.#requests.set(id, { message, again, sent, resolve, reject, hears });
      signal?.addEventListener("abort", () => this.#requests.get(id)?.sent && this.#send({ type: "cancel", event_id: id }));
      if (sent) {
        this.#send({ ...message, event_id: id });
      }
    });
  }

  #send(message) {
    this.#socket.send(JSON.stringify(message));
  }

  #received(message) {
    this.#heard = true;
    this.#attempts = 0;
    const request = this.#requests.get(message.event_id);
    if (message.type === "token") {
      request?.hears?.(message);
      return;
    }
    if (request !== undefined && message.type !== "warning") {
      this.#requests.delete(message.event_id);
      if (message.type === "error") {
        request.reject(new ForetideError(message.error));
      } else {
        request.resolve(message);
      }
      return;
    }
    const session = this.#sessions.get(message.session);
    switch (message.type) {
      case "forecast":
      case "classification":
      case "ack":
        session?._answered(message);
        break;
      case "forecast.many":
        message.forecasts.forEach((one) =>
          this.#sessions.get(one.session)?._answered({
            type: one.label === undefined ? "forecast" : "classification",
            event_id: message.event_id,
            ...one,
          }),
        );
        message.errors.forEach((one) => this.#sessions.get(one.session)?._refused(message.event_id, one.error, one.seq));
        break;
      case "ack.many":
        message.acks.forEach(([name, , durable]) => this.#sessions.get(name)?._durable(durable));
        break;
      case "session.closed":
        if (session !== undefined) {
          this.#forget(session, new Error(`the session is ${message.reason.replace("_", " ")}`));
        }
        break;
      case "model.switched":
        session?._switched(message);
        this.#options.onEvent(message);
        break;
      case "draining":
        this.#leave();
        break;
      case "error":
        if (!session?._refused(message.event_id, message.error)) {
          this.#options.onEvent(message);
        }
        break;
      case "warning":
        this.#options.onEvent(message);
    }
  }

  /** The service is about to end: goes elsewhere, but not at once with all others. */
  #leave() {
    const socket = this.#socket;
    setTimeout(() => socket === this.#socket && socket?.close(1000), Math.random() * this.#options.backoff);
  }

  #forget(session, error) {
    this.#sessions.delete(session.name);
    session._end(error);
  }

  #adopt(opened) {
    const session = new Session(opened, {
      maxKept: this.#options.maxKept,
      id: () => this.#id(),
      ready: () => this.#ready,
      send: (message) => this.#send(message),
      request: (message, again, beside) => this.#request(message, again, beside),
      adopt: (forked) => this.#adopt(forked),
      delay: (problem) => this.#delay(problem),
      forget: () => this.#sessions.delete(opened.session),
    });
    this.#sessions.set(session.name, session);
    return session;
  }
}

/** A state that is kept between messages. What begins with `_` is for the client alone. */
class Session {
  #client;
  #kept = []; // not durable or not answered, by seq: { seq, id, fields, resolve, reject, promise, answered }
  #next;
  #durable;
  #paused = false; // until it is resumed
  #stalled = null; // until a refused observation is sent again
  #moving = null;
  #since = 0; // answers to messages up to that id are of before it went back
  #ended = null;
  #readers = new Set();

  constructor(opened, client) {
    this.name = opened.session;
    this.token = opened.token;
    this.model = opened.model;
    this.version = opened.version;
    this.limits = opened.limits;
    /** The count of the last observation that was applied. */
    this.seq = opened.seq;
    this.#next = opened.seq + 1;
    this.#durable = opened.durable_seq ?? opened.seq;
    this.#client = client;
  }

  /** Up to here, observations are there after any crash of the service. */
  get durableSeq() {
    return this.#durable;
  }

  /**
   * Adds the next observation; null is a missing one, and a model that classifies takes the list of its channels.
   *
   * @param {{time?: string, past?: object, future?: object}} [beside]
   * @returns {Promise<object>} the forecast or label from here on, or what was acknowledged. To a slow reader it can be that of a
   *     later one
   */
  observe(value, beside = {}) {
    return this.#add({ value, ...beside });
  }

  /** Adds a piece of text, cut anywhere, for a model that reads texts. */
  text(text) {
    return this.#add({ text });
  }

  #add(fields) {
    if (this.#moving !== null) {
      return this.#moving.then(() => this.#add(fields));
    }
    const item = this._keep(fields, this.#client.id());
    if (this.#client.ready() && this._takes(item)) {
      this.#transmit(item);
    }
    return item.promise;
  }

  /** Forecasts from where the session stands: `{ horizon?, quantiles?, future? }`. */
  forecast(asked = {}) {
    return this.#request("forecast", asked, "again");
  }

  /** The label of what the session has walked. */
  classify() {
    return this.#request("classify", {}, "again");
  }

  /**
   * Continues the text that the session has read, and has it read what it said:
   * `{ max_tokens?, temperature?, top_k?, top_p?, seed?, stop?, onToken?, signal? }`.
   *
   * One that is cut off with the connection never was, unless the answer alone was lost: then `seq` has gone on.
   *
   * @param {object} [asked] `onToken(text, index)` hears each token, `signal` is that of an AbortController and ends it early
   * @returns {Promise<object>} how it ended, with the whole `text`
   */
  async generate({ onToken = () => {}, signal, ...asked } = {}) {
    while (this.#moving !== null) {
      await this.#moving;
    }
    signal?.throwIfAborted();
    let text = "";
    const hears = (token) => {
      text += token.text;
      onToken(token.text, token.index);
    };
    const seq = this.#next;
    const answered = this.#request("generate", { seq, ...asked }, undefined, { hears, signal }).then((answer) => {
      this.seq = Math.max(this.seq, answer.seq);
      this.#next = Math.max(this.#next, answer.seq + 1);
      this._durable(answer.durable_seq);
      return { ...answer, text };
    });
    this.#wait(answered);
    return answered;
  }

  /** Begins another session in the state of this one. */
  async fork(newSession) {
    const forked = await this.#request("session.fork", newSession === undefined ? {} : { new_session: newSession });
    return this.#client.adopt({ ...forked, session: forked.new_session, model: this.model, version: this.version, limits: this.limits });
  }

  /** Goes back to the state right after observation `seq`. */
  rewind(seq) {
    return this.#move("session.rewind", { to_seq: seq });
  }

  /** Goes back to the state right after opening. */
  reset() {
    return this.#move("session.reset", {});
  }

  /** Puts the session in a state that a snapshot told. */
  restore(state) {
    return this.#move("session.restore", { state });
  }

  /** The state, to be restored later or elsewhere. */
  async snapshot() {
    return (await this.#request("session.snapshot", {}, "again")).state;
  }

  /** Ends the session for good. */
  async close() {
    const closed = await this.#request("session.close", {});
    this.#client.forget();
    this._end(new Error("the session is closed"));
    return closed;
  }

  /** Forecasts or labels as they come, without those that came before; of those that nobody read, the newest. */
  async *[Symbol.asyncIterator]() {
    const reader = { unread: [], wake: () => {} };
    this.#readers.add(reader);
    try {
      while (this.#ended === null || reader.unread.length > 0) {
        if (reader.unread.length > 0) {
          yield reader.unread.shift();
        } else {
          await new Promise((resolve) => (reader.wake = resolve));
        }
      }
    } finally {
      this.#readers.delete(reader);
    }
  }

  #request(type, fields, again, beside) {
    return this.#ended === null
      ? this.#client.request({ type, session: this.name, ...fields }, again, beside)
      : Promise.reject(this.#ended);
  }

  /** Changes the count; observations wait until it is known. */
  #move(type, fields) {
    const moved = this.#request(type, fields).then((answer) => {
      this.#settle(answer);
      this.#kept = [];
      this.seq = answer.seq;
      this.#durable = answer.seq;
      this.#next = answer.seq + 1;
      this.#since = Number(this.#client.id());
      return answer;
    });
    this.#wait(moved);
    return moved;
  }

  /** Observations wait until that is over, as their counts depend on it. */
  #wait(over) {
    const moving = over.catch(() => {}).then(() => {
      if (this.#moving === moving) {
        this.#moving = null;
      }
    });
    this.#moving = moving;
  }

  #settle(answer) {
    this.#kept.filter(({ answered }) => !answered).forEach(({ resolve }) => resolve(answer));
  }

  #transmit(item) {
    const type = item.fields.text === undefined ? "observe" : "text";
    this.#client.send({ type, event_id: item.id, session: this.name, seq: item.seq, ...item.fields });
  }

  #transmitFrom(seq) {
    for (const item of this.#kept.filter((one) => one.seq >= seq)) {
      item.id = this.#client.id(); // so that errors that are still on their way are known to be old
      this.#transmit(item);
    }
  }

  _keep(fields, id) {
    const item = { fields, id, answered: false, seq: this.#next };
    item.promise = new Promise((resolve, reject) => Object.assign(item, { resolve, reject }));
    if (this.#ended !== null) {
      item.reject(this.#ended);
    } else if (this.#kept.length >= this.#client.maxKept) {
      item.reject(new Error(`${this.#kept.length} observations wait to be durable`));
    } else {
      this.#next++;
      this.#kept.push(item);
    }
    return item;
  }

  /** Nothing is sent until the session is resumed. */
  _pause() {
    this.#paused = true;
    clearTimeout(this.#stalled);
    this.#stalled = null;
  }

  _isPaused() {
    return this.#paused;
  }

  /** Resolves when the count is known. */
  _moved() {
    return this.#moving;
  }

  /** Whether an observation can be sent now. */
  _takes(item) {
    return !this.#paused && this.#stalled === null && this.#kept.at(-1) === item;
  }

  _resumed(resumed) {
    this.#paused = false;
    this.version = resumed.version;
    this.seq = resumed.seq;
    this.#next = Math.max(this.#next, resumed.seq + 1);
    this._durable(resumed.durable_seq);
    const applied = { type: "ack", session: this.name, seq: resumed.seq, durable_seq: this.#durable };
    this.#kept.filter((item) => item.seq <= resumed.seq && !item.answered).forEach((item) => this.#answer(item, applied));
    this.#transmitFrom(resumed.seq + 1);
  }

  _switched({ to }) {
    this.version = to;
  }

  _answered(message) {
    if (Number(message.event_id) <= this.#since) {
      return; // the answer to many observations waits for all their sessions
    }
    this.seq = Math.max(this.seq, message.seq);
    // Kept in order, and most often only the first few are meant.
    for (const item of this.#kept) {
      if (item.seq > message.seq) {
        break;
      }
      if (!item.answered) {
        this.#answer(item, message);
      }
    }
    if (message.mean !== undefined || message.label !== undefined) {
      this.#readers.forEach((reader) => {
        reader.unread.push(message);
        reader.unread.splice(0, reader.unread.length - MOST_UNREAD);
        reader.wake();
      });
    }
    this._durable(message.durable_seq);
  }

  #answer(item, message) {
    item.answered = true;
    item.resolve(message);
  }

  _durable(seq) {
    this.#durable = Math.max(this.#durable, seq);
    const first = this.#kept.findIndex((item) => item.seq > this.#durable);
    const durable = this.#kept.splice(0, first < 0 ? this.#kept.length : first);
    const applied = { type: "ack", session: this.name, seq: this.seq, durable_seq: this.#durable };
    durable.filter((item) => !item.answered).forEach((item) => this.#answer(item, applied));
  }

  /** Takes an error about an observation; says whether it was one. */
  _refused(id, problem, seq) {
    const index = this.#kept.findIndex((item) => item.id === id && (seq === undefined || item.seq === seq));
    if (index < 0) {
      return id !== undefined && seq === undefined && problem.type === "/problems/unexpected-count"; // an old one
    }
    if (this.#paused || this.#stalled !== null) {
      return true; // sent again anyway
    }
    const item = this.#kept[index];
    if (problem.status === 429 || problem.status === 503) {
      this.#stalled = setTimeout(() => this.#goOn(item), this.#client.delay(problem));
    } else if (problem.type === "/problems/unexpected-count" && this.#kept[0].seq <= problem.expected && problem.expected < item.seq) {
      this.#transmitFrom(problem.expected);
    } else {
      // It takes no count; those behind it move up.
      this.#kept.splice(index, 1);
      this.#kept.slice(index).forEach((later) => later.seq--);
      this.#next--;
      item.reject(new ForetideError(problem));
      this.#transmitFrom(item.seq);
    }
    return true;
  }

  #goOn(item) {
    this.#stalled = null;
    this.#transmitFrom(item.seq);
  }

  _end(error) {
    this._pause();
    this.#ended = error;
    this.#kept.filter(({ answered }) => !answered).forEach(({ reject }) => reject(error));
    this.#kept = [];
    this.#readers.forEach((reader) => reader.wake());
  }
}
