// A Medplum bot that hands resources on to a source of the rewards service, as they are.
//
// Subscribe it to what the source's mapping reads: DiagnosticReport?status=final,amended,corrected or Observation. Two
// secrets of the project are needed: REWARDS_ADDRESS, the service's address with the `address` of the source, and
// REWARDS_SECRET, its secret, shown by bearer. A report is sent with the observations that it refers to, as one Bundle.
// What is not taken makes the bot fail, so that Medplum's subscription tries it again; a repeat is recorded once.

const TRIES = 4;
const WAIT_MS = 500;

export async function handler(medplum, event) {
  const address = secretOf(event, 'REWARDS_ADDRESS');
  const secret = secretOf(event, 'REWARDS_SECRET');
  const message = await whole(medplum, event.input);
  const version = event.input.meta?.versionId ?? event.input.meta?.lastUpdated ?? '';
  const headers = {
    authorization: `Bearer ${secret}`,
    'content-type': 'application/fhir+json',
    // The same for each try, so that what was taken and not answered is known again.
    'webhook-id': `${event.input.resourceType}/${event.input.id}/${version}`,
  };
  return post(address, headers, JSON.stringify(message));
}

function secretOf(event, name) {
  const value = event.secrets?.[name]?.valueString;
  if (!value) {
    throw new Error(`The project has no secret ${name}.`);
  }
  return value;
}

async function whole(medplum, resource) {
  if (resource.resourceType !== 'DiagnosticReport') {
    return resource;
  }
  const results = [];
  for (const one of resource.result ?? []) {
    results.push(await medplum.readReference(one));
  }
  const entry = [resource, ...results].map((one) => ({ resource: one }));
  return { resourceType: 'Bundle', type: 'collection', entry };
}

async function post(address, headers, body) {
  let said = 'nothing answered';
  for (let turn = 0; turn < TRIES; turn += 1) {
    if (turn > 0) {
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS * 2 ** turn));
    }
    try {
      const answer = await fetch(address, { method: 'POST', headers, body, redirect: 'error' });
      if (answer.status === 202) {
        return await answer.json();
      }
      said = `it answered ${answer.status}`;
      if (answer.status < 500 && answer.status !== 408 && answer.status !== 429) {
        break;
      }
    } catch (error) {
      said = error.name;
    }
  }
  // No word of the message: an error is kept where others read it.
  throw new Error(`The rewards service did not take ${headers['webhook-id']}: ${said}.`);
}
