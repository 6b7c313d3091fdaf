import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetConfigurationSetEventDestinationsCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { clientConfig, type Endpoint } from './endpoint.ts';
import type { Mail, SesEvent } from './ses-events.ts';

const REMEMBERED_MS = 5_000;

/** The default bus, as SES uses it: only the types that a destination of the mail's configuration set asks for. */
export const sesBus = (endpoint: Endpoint) => {
  const events = new EventBridgeClient(clientConfig(endpoint));
  const ses = new SESv2Client(clientConfig(endpoint));
  const known = new Map<string, { readonly types: Promise<ReadonlySet<string>>; readonly until: number }>();

  const wantedTypes = (configurationSet: string) => {
    const found = known.get(configurationSet);
    if (found && found.until > performance.now()) return found.types;
    const types = ask(configurationSet);
    known.set(configurationSet, { types, until: performance.now() + REMEMBERED_MS });
    return types;
  };

  const ask = async (ConfigurationSetName: string): Promise<ReadonlySet<string>> => {
    const { EventDestinations = [] } = await ses.send(
      new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName }),
    );
    const onTheBus = EventDestinations.filter(
      (destination) => destination.Enabled && destination.EventBridgeDestination,
    );
    return new Set(onTheBus.flatMap((destination) => destination.MatchingEventTypes ?? []));
  };

  return {
    async publish(mail: Mail, sesEvents: readonly SesEvent[]): Promise<void> {
      if (!mail.ConfigurationSetName) return;
      const types = await wantedTypes(mail.ConfigurationSetName);
      const entries = sesEvents
        .filter(({ type }) => types.has(type))
        .map(({ detailType, detail }) => ({
          Source: 'aws.ses',
          DetailType: detailType,
          Detail: JSON.stringify(detail),
          Resources: [
            `arn:aws:ses:${endpoint.region}:${endpoint.accountId}:configuration-set/${mail.ConfigurationSetName}`,
          ],
        }));
      if (entries.length > 0) await events.send(new PutEventsCommand({ Entries: entries }));
    },
  };
};

export type SesBus = ReturnType<typeof sesBus>;
