import { stages } from '#infra/stages.ts';
import { controlStore } from '#shared/store/control.ts';
import type { Check } from '../check.ts';
import { note } from '../finding.ts';
import { judgeConfigurationSets } from '../judge/configuration-sets.ts';
import { judgeDmarc } from '../judge/dmarc.ts';
import { judgePause } from '../judge/pause.ts';
import { judgeDkim, judgeIdentity, judgeMailFrom } from '../judge/sender.ts';
import { judgeMode, judgeSandbox, judgeSending } from '../judge/ses-account.ts';
import { readDmarc } from '../read/dmarc.ts';
import { readEvents, upcoming } from '../read/events.ts';
import { readMailSettings } from '../read/mail-settings.ts';
import { readConfigurationSets, readSender, readSesAccount } from '../read/ses.ts';

const group = 'Mail';
const READ_FUNCTION = 'lambda:GetFunctionConfiguration';
const outputs = ['SendFunctionName'];
const IDENTITY = [READ_FUNCTION, 'ses:GetEmailIdentity'];

/** Nothing leaves the local AWS, so nothing there is signed and no mailbox asks for it. */
const SIGNS_NOTHING = 'The local AWS signs no mail and asks no DNS: DKIM, MAIL FROM and DMARC mean nothing there.';

/** Whether mail leaves, and arrives. */
export const mail: readonly Check[] = [
  {
    id: 'sending',
    group,
    what: 'whether SES sends for the account',
    rights: ['ses:GetAccount'],
    look: async (patient) => judgeSending(await readSesAccount(patient)),
  },
  {
    id: 'sandbox',
    group,
    what: 'whether the account is in SES’s sandbox',
    rights: ['ses:GetAccount', READ_FUNCTION],
    outputs,
    look: async (patient) => {
      const [{ sandbox }, { mode }] = await Promise.all([readSesAccount(patient), readMailSettings(patient)]);
      return judgeSandbox({ sandbox, mode, said: stages[patient.stage]?.mail.sandbox });
    },
  },
  {
    id: 'mail-mode',
    group,
    what: 'the mail mode',
    rights: [READ_FUNCTION, 'dynamodb:Query'],
    outputs: [...outputs, 'TableName'],
    look: async (patient) => {
      const [{ mode }, events] = await Promise.all([readMailSettings(patient), readEvents(patient)]);
      return judgeMode(mode, upcoming(events, patient.now).length);
    },
  },
  {
    id: 'identity',
    group,
    what: 'the sender’s identity',
    rights: IDENTITY,
    outputs,
    look: async (patient) => judgeIdentity(await readSender(patient)),
  },
  {
    id: 'dkim',
    group,
    what: 'DKIM of the sender',
    rights: IDENTITY,
    outputs,
    look: async (patient) => (patient.local ? [note(SIGNS_NOTHING)] : judgeDkim(await readSender(patient))),
  },
  {
    id: 'mail-from',
    group,
    what: 'the MAIL FROM domain',
    rights: IDENTITY,
    outputs,
    look: async (patient) => (patient.local ? [] : judgeMailFrom(await readSender(patient))),
  },
  {
    id: 'dmarc',
    group,
    what: 'DMARC of the sender',
    rights: [READ_FUNCTION],
    outputs,
    look: async (patient) => {
      if (patient.local) return [];
      const { domain } = await readMailSettings(patient);
      return judgeDmarc(domain, await readDmarc(domain));
    },
  },
  {
    id: 'configuration-sets',
    group,
    what: 'the configuration sets',
    rights: [READ_FUNCTION, 'ses:GetConfigurationSet'],
    outputs,
    look: async (patient) => judgeConfigurationSets(await readConfigurationSets(patient)),
  },
  {
    id: 'pause',
    group,
    what: 'whether sending is paused',
    rights: ['dynamodb:GetItem'],
    outputs: ['TableName'],
    look: async ({ table, now }) => judgePause(await controlStore(table).get(), now),
  },
];
