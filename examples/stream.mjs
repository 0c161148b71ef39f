// A live forecast of the airline passengers: each month that comes in gives the next three, and how it compares with what
// had been expected of it.
import { connect } from "../src/main/resources/static/foretide.js";

const foretide = connect(process.argv[2] ?? "ws://localhost:8080/api/v1/stream");
const series = { start: "1959-10", freq: "M", target: [407, 362, 405] };
const session = await foretide.open({ model: "air", horizon: 3, quantiles: [0.1, 0.5, 0.9], series });
for (const value of [417, 391, 419, 461]) {
  const { start, mean, scored } = await session.observe(value);
  console.log(`saw ${value}, expected ${scored.expected.toFixed(0)}; from ${start}: ${mean.map((m) => m.toFixed(0)).join(" ")}`);
}
foretide.close();
