// The main job with openapi-fetch and the types that openapi-typescript makes.
import createClient from "openapi-fetch";
import type { components, paths } from "./contract.js";

const client = createClient<paths>({
  baseUrl: process.env.REWARDS_URL!,
  headers: { Authorization: `Bearer ${process.env.REWARDS_KEY}` },
});

function given<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

const person = given(await client.POST("/v1/participants", { body: { reference: "A-1042" } }));
const program: components["schemas"]["Program"] = {
  name: "vouchers",
  title: "Vouchers",
  unit: "usd",
  weeks: 12,
  targets: [
    {
      name: "negative-test",
      behavior: "test",
      phases: [
        { weeks: [1, 12], earn: { type: "ladder", start: 250, step: 125 }, on_failure: { reset: true } },
      ],
    },
  ],
};
const published = given(await client.POST("/v1/programs", { body: program }));
const enrollment = given(
  await client.POST("/v1/enrollments", {
    body: { participant: person.id, program: published.name, starts_on: process.env.STARTS_ON! },
  }),
);
const receipt = given(
  await client.POST("/v1/events", {
    params: { header: { "Idempotency-Key": "first" } },
    body: {
      outcome: "positive",
      occurred_at: process.env.OCCURRED_AT!,
      enrollment: enrollment.id,
      target: "negative-test",
    },
  }),
);
const corrected = given(
  await client.POST("/v1/events/{event}/corrections", {
    params: { path: { event: receipt.event.id } },
    body: { kind: "lab_overturn", reason: "A false positive.", outcome: "negative" },
  }),
);
const reward = given(
  await client.POST("/v1/rewards", {
    body: { name: "Mug", unit: "usd", price: 200, kind: "item", category: "leisure" },
  }),
);
const wanted = { participant: person.id, reward: reward.id };
const held = given(
  await client.POST("/v1/redemptions", { params: { header: { "Idempotency-Key": "mug" } }, body: wanted }),
);
const taken = given(
  await client.POST("/v1/redemptions/{redemption}/give", { params: { path: { redemption: held.id } } }),
);
const refused = await client.POST("/v1/redemptions", {
  params: { header: { "Idempotency-Key": "another" } },
  body: wanted,
});
const whose = { path: { participant: person.id } };
const sheet = given(await client.GET("/v1/participants/{participant}/balance", { params: whose }));
const statement = given(
  await client.GET("/v1/participants/{participant}/statement", { params: { ...whose, query: { unit: "usd" } } }),
);

console.log(
  JSON.stringify({
    recorded: receipt.total.map((one) => one.amount),
    corrected: corrected.total.map((one) => one.amount),
    statuses: [held.status, taken.status],
    refused: refused.error?.code,
    balance: sheet.balances.map((one) => [one.unit, one.available, one.held, one.given]),
    statement: statement.items.map((one) => [one.cause, one.amount]),
  }),
);
