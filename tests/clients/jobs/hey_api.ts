// The main job with the SDK that @hey-api/openapi-ts makes.
import { client } from "./sdk/client.gen.js";
import {
  addReward,
  correctEvent,
  enrollParticipant,
  giveRedemption,
  publishProgram,
  readBalance,
  readStatement,
  recordEvent,
  redeemReward,
  registerParticipant,
} from "./sdk/index.js";
import type { Program } from "./sdk/index.js";

client.setConfig({ baseUrl: process.env.REWARDS_URL!, auth: () => process.env.REWARDS_KEY! });

function given<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

const person = given(await registerParticipant({ body: { reference: "A-1042" } }));
const program: Program = {
  name: "vouchers",
  title: "Vouchers",
  unit: "usd",
  weeks: 12,
  targets: [
    {
      name: "negative-test",
      behavior: "test",
      phases: [{ weeks: [1, 12], earn: { type: "ladder", start: 250, step: 125 }, on_failure: { reset: true } }],
    },
  ],
};
const published = given(await publishProgram({ body: program }));
const enrollment = given(
  await enrollParticipant({
    body: { participant: person.id, program: published.name, starts_on: process.env.STARTS_ON! },
  }),
);
const receipt = given(
  await recordEvent({
    headers: { "Idempotency-Key": "first" },
    body: {
      outcome: "positive",
      occurred_at: process.env.OCCURRED_AT!,
      enrollment: enrollment.id,
      target: "negative-test",
    },
  }),
);
const corrected = given(
  await correctEvent({
    path: { event: receipt.event.id },
    body: { kind: "lab_overturn", reason: "A false positive.", outcome: "negative" },
  }),
);
const reward = given(
  await addReward({ body: { name: "Mug", unit: "usd", price: 200, kind: "item", category: "leisure" } }),
);
const wanted = { participant: person.id, reward: reward.id };
const held = given(await redeemReward({ headers: { "Idempotency-Key": "mug" }, body: wanted }));
const taken = given(await giveRedemption({ path: { redemption: held.id } }));
const refused = await redeemReward({ headers: { "Idempotency-Key": "another" }, body: wanted });
const whose = { participant: person.id };
const sheet = given(await readBalance({ path: whose }));
const statement = given(await readStatement({ path: whose, query: { unit: "usd" } }));

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
